export interface IconProps {
  readonly size?: number;
}

/**
 * Makes an icon from one path: 24 units, stroke 1.75. Icons are hidden from those who hear the page; the button or the
 * text beside has the words.
 */
export const drawn =
  (path: string, stroke = 1.75) =>
  ({ size = 24 }: IconProps) => (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={stroke}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
