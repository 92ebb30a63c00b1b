import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { IconButton } from './button.tsx';
import { IconCheck } from './icons.tsx';
import * as css from './menu.module.css';

const sides = { above: css.above, below: css.below, start: css.start, end: css.end } as const;

export interface MenuItem {
  readonly key: string;
  readonly label: string;
  readonly onSelect: () => void;
  /** Only for choices: ticked or not. */
  readonly checked?: boolean;
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
}

export interface MenuSection {
  readonly key: string;
  readonly heading?: string;
  readonly items: readonly MenuItem[];
}

interface MenuProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly sections: readonly MenuSection[];
  /** Where it opens, seen from its button. */
  readonly side?: 'above' | 'below';
  readonly align?: 'start' | 'end';
  readonly onOpen?: () => void;
}

/** An icon button that opens a list of choices: arrows, Home, End move, Escape closes and gives the focus back. */
export function Menu({ label, icon, sections, side = 'below', align = 'end', onOpen }: MenuProps) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const buttonId = useId();

  useEffect(() => {
    if (!open) return;
    const here = itemsOf(list.current);
    (here.find((item) => item.ariaChecked === 'true') ?? here[0])?.focus();
    const end = new AbortController();
    const elsewhere = (event: Event) => {
      if (event.target instanceof Node && anchor.current?.contains(event.target) !== true) setOpen(false);
    };
    document.addEventListener('pointerdown', elsewhere, { signal: end.signal });
    document.addEventListener('focusin', elsewhere, { signal: end.signal });
    return () => end.abort();
  }, [open]);

  const close = () => {
    setOpen(false);
    document.getElementById(buttonId)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const items = itemsOf(list.current);
    const at = items.findIndex((item) => item.matches(':focus'));
    const next = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    }
    if (event.key === 'Tab') setOpen(false);
    if (next === undefined || items.length === 0) return;
    event.preventDefault();
    items[next % items.length]?.focus();
  };

  return (
    <span className={css.anchor} ref={anchor}>
      <IconButton
        id={buttonId}
        label={label}
        icon={icon}
        expanded={open}
        onClick={() => {
          if (!open) onOpen?.();
          setOpen(!open);
        }}
      />
      {open && (
        <div
          ref={list}
          role="menu"
          tabIndex={-1}
          aria-labelledby={buttonId}
          className={`${css.menu} ${sides[side]} ${sides[align]}`}
          onKeyDown={onKeyDown}
        >
          {sections.map((section) => (
            <Section key={section.key} section={section} onDone={close} />
          ))}
        </div>
      )}
    </span>
  );
}

function Section({ section, onDone }: { readonly section: MenuSection; readonly onDone: () => void }) {
  const headingId = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; groups inside a menu are ARIA's
    <div role="group" aria-labelledby={section.heading === undefined ? undefined : headingId}>
      {section.heading !== undefined && (
        <div className={css.heading} id={headingId}>
          {section.heading}
        </div>
      )}
      {section.items.map((item) => (
        <button
          key={item.key}
          type="button"
          tabIndex={-1}
          className={css.item}
          disabled={item.disabled}
          {...(item.checked === undefined
            ? { role: 'menuitem' }
            : { role: 'menuitemradio', 'aria-checked': item.checked })}
          onClick={() => {
            onDone();
            item.onSelect();
          }}
        >
          {item.checked !== undefined && <span className={css.tick}>{item.checked && <IconCheck size={20} />}</span>}
          {item.icon}
          {item.label}
        </button>
      ))}
    </div>
  );
}

function itemsOf(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[role^=menuitem]:not(:disabled)') ?? [])];
}
