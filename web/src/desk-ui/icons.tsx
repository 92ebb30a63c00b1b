import type { ComponentType } from 'react';
import { drawn, type IconProps } from '#web/ui/icon-frame.tsx';
import {
  IconBack,
  IconCheck,
  IconDown,
  IconMessage,
  IconMore,
  IconOffline,
  IconPerson,
  IconPlus,
  IconTicket,
  IconVideo,
} from '#web/ui/icons.tsx';

const DESK_SIZE = 18;

/** The product's icons at the size of the desk's text and buttons. */
const atDesk =
  (Icon: ComponentType<IconProps>) =>
  ({ size = DESK_SIZE }: IconProps) => <Icon size={size} />;

export const BackIcon = atDesk(IconBack);
export const CheckIcon = atDesk(IconCheck);
export const ChevronDownIcon = atDesk(IconDown);
export const MessageIcon = atDesk(IconMessage);
export const MoreIcon = atDesk(IconMore);
export const OfflineIcon = atDesk(IconOffline);
export const PersonIcon = atDesk(IconPerson);
export const PlusIcon = atDesk(IconPlus);
export const TicketIcon = atDesk(IconTicket);
export const VideoIcon = atDesk(IconVideo);

// What only the desk has.
export const ChevronRightIcon = atDesk(drawn('M9 5l7 7-7 7'));
export const PencilIcon = atDesk(
  drawn('M4 20l1-4.2L16.3 4.5a1.7 1.7 0 0 1 2.4 0l.8.8a1.7 1.7 0 0 1 0 2.4L8.2 19 4 20zM14.5 6.3l3.2 3.2'),
);
export const WarningIcon = atDesk(drawn('M12 4l9 16H3zM12 10v4.5M12 17.4v.1'));
export const CodeIcon = atDesk(
  drawn(
    'M5 4h4a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM15 4h4a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1h-4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM5 14h4a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-4a1 1 0 0 1 1-1zM14 14h2.5v2.5M20 14v2M14 20h2M18.5 18.5H20V20',
  ),
);
export const MembersIcon = atDesk(
  drawn(
    'M9 11.75a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5zM3 19.5c.4-3.3 2.8-5.25 6-5.25s5.6 1.95 6 5.25M15.5 5.6a3.25 3.25 0 0 1 0 5.8M17.6 14.9c1.9.7 3.1 2.3 3.4 4.6',
  ),
);
export const SearchIcon = atDesk(drawn('M10.75 16.75a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM15.25 15.25l4.5 4.5'));
export const CopyIcon = atDesk(
  drawn(
    'M10.5 8.5h7a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-7a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM15.5 8.5v-2a2 2 0 0 0-2-2h-7a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h2',
  ),
);
export const SignOutIcon = atDesk(drawn('M10 4.5H6.5a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2H10M15 8l4 4-4 4M19 12H9.5'));
export const PrinterIcon = atDesk(
  drawn(
    'M7.5 8.5v-4h9v4M7.5 16.5h-2a2 2 0 0 1-2-2v-4a2 2 0 0 1 2-2h13a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2h-2M7.5 13.5h9v6h-9z',
  ),
);
export const DownloadIcon = atDesk(drawn('M12 4.5V15M7.5 11l4.5 4.5 4.5-4.5M5 19.5h14'));
export const RotateIcon = atDesk(
  drawn('M19.5 5v4.5H15M4.5 19v-4.5H9M6.2 9a6.5 6.5 0 0 1 11.3-1.6l2 2.1M17.8 15a6.5 6.5 0 0 1-11.3 1.6l-2-2.1'),
);
export const PowerIcon = atDesk(drawn('M12 4v7.5M7.2 7a7 7 0 1 0 9.6 0'));
export const PhoneIcon = atDesk(
  drawn('M6.5 4h3l1.5 4-2 1.5a12 12 0 0 0 5.5 5.5l1.5-2 4 1.5v3a2 2 0 0 1-2.2 2A16 16 0 0 1 4.5 6.2 2 2 0 0 1 6.5 4z'),
);
export const InboxIcon = atDesk(drawn('M4 13.5l2.5-8h11l2.5 8v5.5H4zM4 13.5h4.5l1.5 2.5h4l1.5-2.5H20'));
export const PanelIcon = atDesk(
  drawn('M6 5h12a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM14.5 5v14'),
);
export const KeyboardIcon = atDesk(
  drawn(
    'M5.5 6.5h13a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM7 10h.1M10.3 10h.1M13.6 10h.1M17 10h.1M8.5 14h7',
  ),
);
export const RecordIcon = atDesk(
  drawn('M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z'),
);
export const PrivacyIcon = atDesk(
  drawn('M12 3.5l7 2.6v5.2c0 4.4-2.9 7.7-7 9.2-4.1-1.5-7-4.8-7-9.2V6.1zM9 12l2.2 2.2L15.2 10'),
);
export const ReportIcon = atDesk(drawn('M4.5 19.5h15M7 16.5v-5M12 16.5v-11M17 16.5V9'));
export const TrashIcon = atDesk(drawn('M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 12.5h9.4L17.5 7M10 10.5v5.5M14 10.5v5.5'));
export const SettingsIcon = atDesk(
  drawn(
    'M4.5 7.5h8M18 7.5h1.5M15.25 10.25a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5zM4.5 16.5H6M11.5 16.5h8M8.75 19.25a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5z',
  ),
);
