import { type ReactNode, useId } from 'react';

interface SwitchRowProps {
  readonly title: string;
  readonly about?: ReactNode;
  readonly on: boolean;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  onChange(on: boolean): void;
}

/** One thing that is on or off, with what that means. */
export function SwitchRow({ title, about, on, busy = false, disabled = false, onChange }: SwitchRowProps) {
  const aboutId = useId();
  return (
    <label className="switch-row" data-disabled={disabled}>
      <span className="grow">
        <span className="menu-title">{title}</span>
        {about === undefined ? null : (
          <span className="menu-about" id={aboutId}>
            {about}
          </span>
        )}
      </span>
      <input
        type="checkbox"
        role="switch"
        className="switch"
        aria-label={title}
        aria-describedby={about === undefined ? undefined : aboutId}
        aria-checked={on}
        checked={on}
        aria-busy={busy}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </label>
  );
}
