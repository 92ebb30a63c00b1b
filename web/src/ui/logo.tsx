/** The sight glass: a window into a vessel, half full. */
export function LogoMark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#0b7285" />
      <g fill="none" stroke="#fff" strokeLinecap="round">
        <circle cx="16" cy="16" r="8.5" strokeWidth="2.6" />
        <path d="M9.5 18.5c2.2-1.6 4.3-1.6 6.5 0s4.3 1.6 6.5 0" strokeWidth="2.4" />
      </g>
    </svg>
  );
}
