import type { ReactNode } from 'react';

/** The desk's icons: 24 units, stroke 1.75, coloured by the text around them, silent for screen readers. */
function icon(paths: ReactNode) {
  return function Icon({ size = 18 }: { size?: number }) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.75}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
      >
        {paths}
      </svg>
    );
  };
}

export const TicketIcon = icon(
  <>
    <path d="M4 13.5 6.4 6a1.5 1.5 0 0 1 1.4-1h8.4a1.5 1.5 0 0 1 1.4 1L20 13.5" />
    <path d="M4 13.5h4.2l1.4 2.4h4.8l1.4-2.4H20V18a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18z" />
  </>,
);
export const CodeIcon = icon(
  <>
    <rect x="4" y="4" width="6" height="6" rx="1" />
    <rect x="14" y="4" width="6" height="6" rx="1" />
    <rect x="4" y="14" width="6" height="6" rx="1" />
    <path d="M14 14h2.5v2.5M20 14v2M14 20h2M18.5 18.5H20V20" />
  </>,
);
export const MembersIcon = icon(
  <>
    <circle cx="9" cy="8.5" r="3.25" />
    <path d="M3 19.5c.4-3.3 2.8-5.25 6-5.25s5.6 1.95 6 5.25" />
    <path d="M15.5 5.6a3.25 3.25 0 0 1 0 5.8M17.6 14.9c1.9.7 3.1 2.3 3.4 4.6" />
  </>,
);
export const PersonIcon = icon(
  <>
    <circle cx="12" cy="8.25" r="3.75" />
    <path d="M4.75 20c.5-3.8 3.4-6 7.25-6s6.75 2.2 7.25 6" />
  </>,
);
export const SearchIcon = icon(
  <>
    <circle cx="10.75" cy="10.75" r="6" />
    <path d="m15.25 15.25 4.5 4.5" />
  </>,
);
export const PlusIcon = icon(<path d="M12 5v14M5 12h14" />);
export const CopyIcon = icon(
  <>
    <rect x="8.5" y="8.5" width="11" height="11" rx="2" />
    <path d="M15.5 8.5v-2a2 2 0 0 0-2-2h-7a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h2" />
  </>,
);
export const CheckIcon = icon(<path d="m5 12.5 4.5 4.5L19 7.5" />);
export const ChevronDownIcon = icon(<path d="m6.5 9.5 5.5 5.5 5.5-5.5" />);
export const ChevronRightIcon = icon(<path d="m9.5 6.5 5.5 5.5-5.5 5.5" />);
export const BackIcon = icon(<path d="M19 12H5.5M11 6l-6 6 6 6" />);
export const MoreIcon = icon(
  <g fill="currentColor" stroke="none">
    <circle cx="5.5" cy="12" r="1.5" />
    <circle cx="12" cy="12" r="1.5" />
    <circle cx="18.5" cy="12" r="1.5" />
  </g>,
);
export const SignOutIcon = icon(<path d="M10 4.5H6.5a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2H10M15 8l4 4-4 4M19 12H9.5" />);
export const VideoIcon = icon(
  <>
    <rect x="3.5" y="6.5" width="11.5" height="11" rx="2.25" />
    <path d="m15 11 5.5-3v8L15 13" />
  </>,
);
export const PrinterIcon = icon(
  <>
    <path d="M7.5 8.5v-4h9v4M7.5 16.5h-2a2 2 0 0 1-2-2v-4a2 2 0 0 1 2-2h13a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2h-2" />
    <path d="M7.5 13.5h9v6h-9z" />
  </>,
);
export const DownloadIcon = icon(<path d="M12 4.5V15M7.5 11l4.5 4.5 4.5-4.5M5 19.5h14" />);
export const RotateIcon = icon(
  <path d="M19.5 5v4.5H15M4.5 19v-4.5H9M6.2 9a6.5 6.5 0 0 1 11.3-1.6l2 2.1M17.8 15a6.5 6.5 0 0 1-11.3 1.6l-2-2.1" />,
);
export const PencilIcon = icon(
  <path d="m14.5 6.5 3 3M5 19l.7-3.6L16 5.1a1.4 1.4 0 0 1 2 0l.9.9a1.4 1.4 0 0 1 0 2L8.6 18.3z" />,
);
export const CloseIcon = icon(<path d="m6.5 6.5 11 11M17.5 6.5l-11 11" />);
export const PowerIcon = icon(<path d="M12 4v7.5M7.2 7a7 7 0 1 0 9.6 0" />);
export const ExternalIcon = icon(
  <path d="M13 5h6v6M19 5l-8.5 8.5M17 14.5V17a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2h2.5" />,
);
export const WarningIcon = icon(<path d="M12 4.5 3.5 19h17zM12 10v4.25M12 16.75v.1" />);
export const OfflineIcon = icon(
  <path d="M4 4.5 20 19.5M8.5 15.5a5 5 0 0 1 6-.8M5.5 12a9.3 9.3 0 0 1 4-2.3M18.5 12a9.2 9.2 0 0 0-4.7-2.5M3 8.5a13 13 0 0 1 3.6-2.3M21 8.5a13.2 13.2 0 0 0-9-3.3M12 19v.1" />,
);
export const PanelIcon = icon(
  <>
    <rect x="4" y="5" width="16" height="14" rx="2" />
    <path d="M14.5 5v14" />
  </>,
);
export const KeyboardIcon = icon(
  <>
    <rect x="3.5" y="6.5" width="17" height="11" rx="2" />
    <path d="M7 10h.1M10.3 10h.1M13.6 10h.1M17 10h.1M8.5 14h7" />
  </>,
);
