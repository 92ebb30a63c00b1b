import { i18n } from '@lingui/core';
import type { ReactNode } from 'react';
import { names } from '#web/ui/button.tsx';
import { IconCamera, IconCameraOff, IconMicrophone, IconMicrophoneOff } from '#web/ui/call-icons.tsx';
import * as css from './switches.module.css';

/** Switches the microphone; the key M does the same. */
export function MicrophoneButton({ on, toggle, level }: { on: boolean; toggle: () => void; level?: ReactNode }) {
  return (
    <Control
      id="microphone"
      caption={i18n._('Microphone')}
      label={on ? i18n._('Switch the microphone off') : i18n._('Switch the microphone on')}
      shortcut="M"
      icon={on ? <IconMicrophone /> : <IconMicrophoneOff />}
      off={!on}
      onClick={toggle}
    >
      {level}
    </Control>
  );
}

/** Switches the camera; the key C does the same. */
export function CameraButton({ on, toggle }: { on: boolean; toggle: () => void }) {
  return (
    <Control
      id="camera"
      caption={i18n._('Camera')}
      label={on ? i18n._('Switch the camera off') : i18n._('Switch the camera on')}
      shortcut="C"
      icon={on ? <IconCamera /> : <IconCameraOff />}
      off={!on}
      onClick={toggle}
    />
  );
}

interface ControlProps {
  readonly caption: string;
  readonly icon: ReactNode;
  readonly onClick: () => void;
  readonly id?: string;
  /** Longer than the caption: what it does now. */
  readonly label?: string;
  readonly shortcut?: string;
  readonly className?: string | undefined;
  readonly badge?: number;
  readonly off?: boolean;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  /** There is nothing for it to do now. */
  readonly unavailable?: boolean;
  readonly children?: ReactNode;
}

/** A button of the control bar: icon over caption. */
export function Control(props: ControlProps) {
  const {
    caption,
    icon,
    onClick,
    id,
    label,
    shortcut,
    className,
    badge = 0,
    off,
    pressed,
    expanded,
    unavailable,
    children,
  } = props;
  const said = label ?? caption;
  return (
    <button
      type="button"
      id={id}
      className={names(css.control, className)}
      aria-label={said}
      title={shortcut === undefined ? said : `${said} (${shortcut})`}
      aria-keyshortcuts={shortcut}
      aria-expanded={expanded}
      aria-pressed={pressed}
      aria-disabled={unavailable === true ? 'true' : undefined}
      data-off={off}
      onClick={onClick}
    >
      {icon}
      <span>{caption}</span>
      {children}
      {badge > 0 ? (
        <span className={css.badge} aria-hidden="true">
          {badge > 99 ? '99+' : badge}
        </span>
      ) : null}
    </button>
  );
}
