import { i18n } from '@lingui/core';

/** The faces of one to five stars, from a mouth that hangs to one that laughs. */
const mouths = [
  'M7.6 16.8c.9-2.1 2.4-3.2 4.4-3.2s3.5 1.1 4.4 3.2',
  'M8.4 16.2c1-1 2.2-1.5 3.6-1.5s2.6.5 3.6 1.5',
  'M8.4 15.4h7.2',
  'M8.4 14.4c1 1.1 2.2 1.6 3.6 1.6s2.6-.5 3.6-1.6',
  'M7.4 13.4h9.2c-.5 2.6-2.2 4.2-4.6 4.2s-4.1-1.6-4.6-4.2z',
] as const;

/** A face for a rating; whoever doesn't see it reads the words beside. */
export function Smiley({ stars, size = 24 }: { readonly stars: number; readonly size?: number }) {
  const mouth = mouths[Math.min(5, Math.max(1, Math.round(stars))) - 1];
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <circle cx="12" cy="12" r="9.6" />
      <path d="M8.9 9.2v1.2M15.1 9.2v1.2" strokeWidth={2.1} />
      <path d={mouth} />
    </svg>
  );
}

/** One to five stars as a person says it. */
export function starsWords(stars: number): string {
  if (stars <= 1) return i18n._('Very bad');
  if (stars === 2) return i18n._('Bad');
  if (stars === 3) return i18n._('So-so');
  if (stars === 4) return i18n._('Good');
  return i18n._('Very good');
}
