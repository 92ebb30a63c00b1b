import type { ReactNode } from 'react';
import * as css from './button.module.css';

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger';

const kinds = { primary: css.primary, plain: css.plain, quiet: css.quiet, danger: css.danger } as const;

interface Common {
  readonly kind?: ButtonKind;
  readonly disabled?: boolean;
  readonly onClick?: () => void;
  readonly id?: string;
}

interface ButtonProps extends Common {
  readonly children: ReactNode;
  readonly icon?: ReactNode;
  readonly submit?: boolean;
  readonly wide?: boolean;
  /** Something is on its way: shows a turning ring and takes no second click, but keeps the focus. */
  readonly busy?: boolean;
}

/** A button with words. */
export function Button({ kind = 'plain', icon, submit, wide, busy, disabled, onClick, id, children }: ButtonProps) {
  return (
    <button
      type={submit ? 'submit' : 'button'}
      id={id}
      className={names(css.button, kinds[kind], wide && css.wide)}
      disabled={disabled}
      aria-disabled={busy}
      aria-busy={busy}
      onClick={busy ? swallow : onClick}
    >
      {busy ? <span className={css.spinner} /> : icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends Common {
  /** What it does, for those who don't see the icon and as the tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  /** Only for buttons that switch something on and off. */
  readonly pressed?: boolean;
  readonly expanded?: boolean;
}

/** A button with an icon only. */
export function IconButton({ kind = 'quiet', label, icon, pressed, expanded, disabled, onClick, id }: IconButtonProps) {
  return (
    <button
      type="button"
      id={id}
      className={names(css.icon, kinds[kind], pressed && css.pressed)}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      disabled={disabled}
      onClick={onClick}
    >
      {icon}
    </button>
  );
}

interface ButtonLinkProps {
  readonly href: string;
  readonly kind?: ButtonKind;
  readonly icon?: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A link that looks like a button: it leads to another page. */
export function ButtonLink({ href, kind = 'plain', icon, wide, children }: ButtonLinkProps) {
  return (
    <a href={href} className={names(css.button, kinds[kind], wide && css.wide)}>
      {icon}
      {children}
    </a>
  );
}

/** A link with an icon only. */
export function IconLink({
  href,
  label,
  icon,
}: {
  readonly href: string;
  readonly label: string;
  readonly icon: ReactNode;
}) {
  return (
    <a href={href} className={names(css.icon, css.quiet)} aria-label={label} title={label}>
      {icon}
    </a>
  );
}

/** Joins class names, leaving out what does not apply. */
export function names(...all: readonly (string | false | undefined)[]): string {
  return all.filter(Boolean).join(' ');
}

function swallow(event: { preventDefault(): void }): void {
  event.preventDefault();
}
