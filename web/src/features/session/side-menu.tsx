import { i18n } from '@lingui/core';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useStore } from '#web/state/use-store.ts';
import { IconButton } from '#web/ui/button.tsx';
import { IconClose } from '#web/ui/icons.tsx';
import type { MenuModel, Panel } from './menu-model.ts';
import * as css from './screen.module.css';

const panels: readonly Panel[] = ['chat', 'participants', 'settings'];

/** The name of a panel of the side menu. */
export function panelWords(panel: Panel): string {
  if (panel === 'chat') return i18n._('Chat');
  return panel === 'participants' ? i18n._('Participants') : i18n._('Settings');
}

/** B11: Chat, Participants, Settings; folds away. On a phone it is a sheet over the picture. */
export function SideMenu({
  menu,
  head,
  render,
}: {
  menu: MenuModel;
  /** Fixed above the panels. */
  head: ReactNode;
  render: (panel: Panel) => ReactNode;
}) {
  const { open, panel } = useStore(menu.menu);
  const tabs = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(open);

  // Opened by a person, the focus goes along; a menu that was open from the start must not take it.
  useEffect(() => {
    if (open && !wasOpen.current) tabs.current?.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
    wasOpen.current = open;
  }, [open]);

  if (!open) return null;
  const fold = () => {
    menu.fold();
    document.getElementById(`show-${panel}`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // A dialog that was opened from here closes by itself.
    const inDialog = event.target instanceof Element && event.target.closest('dialog') !== null;
    if (event.key === 'Escape' && !inDialog) fold();
  };
  const onTabKey = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = panels[(panels.indexOf(panel) + step + panels.length) % panels.length];
    if (next === undefined) return;
    menu.show(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <aside className={css.menu} aria-label={i18n._('Side menu')} onKeyDown={onKeyDown}>
      <div className={css.menuHead}>
        <div className={css.tabs} role="tablist" ref={tabs} onKeyDown={onTabKey}>
          {panels.map((one) => (
            <button
              key={one}
              id={`tab-${one}`}
              type="button"
              role="tab"
              className={css.tab}
              aria-selected={one === panel}
              aria-controls="panel"
              tabIndex={one === panel ? 0 : -1}
              onClick={() => menu.show(one)}
            >
              {panelWords(one)}
            </button>
          ))}
        </div>
        <IconButton label={i18n._('Fold away')} icon={<IconClose />} onClick={fold} />
      </div>
      {head}
      <div className={css.panel} id="panel" role="tabpanel" aria-labelledby={`tab-${panel}`}>
        {render(panel)}
      </div>
    </aside>
  );
}
