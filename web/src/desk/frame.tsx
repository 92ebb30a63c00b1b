import { i18n } from '@lingui/core';
import { ActionIcon, Menu } from '@mantine/core';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { ChevronDownIcon, KeyboardIcon, MoreIcon, PersonIcon, SearchIcon, SignOutIcon } from '#web/desk-ui/icons.tsx';
import { useShortcuts } from '#web/desk-ui/shortcuts.ts';
import { UnsavedGuard } from '#web/desk-ui/unsaved.tsx';
import { roleWords, useMe, useSignOut } from '#web/features/access/desk/index.ts';
import { AvailabilitySwitch, RingBar } from '#web/features/direct-call/desk/index.ts';
import { language } from '#web/i18n.ts';
import { useStore } from '#web/state/use-store.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { LogoMark } from '#web/ui/logo.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { onPhone, placesOf } from './navigation.ts';
import { Palette } from './palette.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';

const onMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The frame around every page of a signed-in member: navigation, palette, keys, connection. */
export function Frame() {
  const me = useMe();
  const spoken = useStore(language);
  const places = placesOf(me);
  const phone = onPhone(places);
  const navigate = useNavigate();
  const here = useRouterState({ select: ({ location }) => location.pathname });
  const [open, setOpen] = useState<'palette' | 'shortcuts' | null>(null);
  const showPalette = () => setOpen('palette');
  useShortcuts({
    'mod+k': () => setOpen((now) => (now === 'palette' ? null : 'palette')),
    '?': () => setOpen('shortcuts'),
    c: () => void navigate({ to: '/tickets', search: { dialog: 'new' } }),
  });
  const close = () => setOpen(null);
  const main = useMainFocus(here);

  return (
    <div className="frame">
      <a className="skip" href="#main">
        {i18n._('Skip to the page')}
      </a>
      <aside className="side">
        <div className="brand">
          <LogoMark size={24} />
          <span className="clip">{me.organization.name}</span>
        </div>
        <button type="button" className="jump" onClick={showPalette}>
          <SearchIcon size={16} />
          <span className="grow">{i18n._('Search or go to')}</span>
          <kbd className="kbd">{onMac ? '⌘' : 'Ctrl'} K</kbd>
        </button>
        <nav className="nav" aria-label={i18n._('Main')}>
          {places.map((place) => (
            <Place key={place.to} {...place} />
          ))}
        </nav>
        <div className="side-foot">
          <AvailabilitySwitch />
          <SelfMenu showShortcuts={() => setOpen('shortcuts')} />
        </div>
      </aside>
      <div className="main">
        <RingBar />
        <section className="top-bar" aria-label={i18n._('Organization')}>
          <div className="brand">
            <LogoMark size={24} />
            <span className="clip">{me.organization.name}</span>
          </div>
          <AvailabilitySwitch />
          <ActionIcon aria-label={i18n._('Search or go to')} onClick={showPalette} size={48}>
            <SearchIcon size={22} />
          </ActionIcon>
        </section>
        <ConnectionBanner />
        <main id="main" ref={main} tabIndex={-1}>
          {/* The router keeps what it has drawn: a page is put together anew, from the answers that are there. */}
          <Outlet key={spoken} />
        </main>
      </div>
      <nav className="tabs" aria-label={i18n._('Main')}>
        {phone.shown.map(({ to, label, Icon, Mark }) => (
          <Link key={to} to={to} data-here={here.startsWith(to)}>
            <Icon size={22} />
            {label}
            {Mark === undefined ? null : <Mark />}
          </Link>
        ))}
        {phone.more.length === 0 ? null : <MorePlaces places={phone.more} here={here} />}
      </nav>
      <Palette opened={open === 'palette'} onClose={close} />
      <ShortcutsDialog opened={open === 'shortcuts'} onClose={close} />
      <UnsavedGuard />
    </div>
  );
}

/** Another page begins where it begins: for the keyboard and for those who hear it, too. */
function useMainFocus(pathname: string) {
  const main = useRef<HTMLElement>(null);
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}

interface MorePlacesProps {
  readonly places: ReturnType<typeof placesOf>;
  readonly here: string;
}

/** On a phone: the places that have no room at its foot. */
function MorePlaces({ places, here }: MorePlacesProps) {
  const navigate = useNavigate();
  return (
    <Menu position="top-end" width={220}>
      <Menu.Target>
        <button type="button" data-here={places.some(({ to }) => here.startsWith(to))}>
          <MoreIcon size={22} />
          {i18n._('More')}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {places.map(({ to, label, Icon }) => (
          <Menu.Item key={to} leftSection={<Icon />} onClick={() => void navigate({ to })}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Place({ to, label, Icon, Mark }: ReturnType<typeof placesOf>[number]) {
  const me = useMe();
  const here = useRouterState({ select: ({ location }) => location });
  const search: { assignee?: string } = here.search;
  const onList = here.pathname === '/tickets';
  if (to !== '/tickets')
    return (
      <Link to={to} data-here={here.pathname.startsWith(to)}>
        <Icon />
        {label}
        {Mark === undefined ? null : <Mark />}
      </Link>
    );
  const views = [
    { label: i18n._('Mine'), assignee: me.member.id },
    { label: i18n._('Unassigned'), assignee: 'none' },
  ] as const;
  const inView = views.some(({ assignee }) => search.assignee === assignee);
  return (
    <>
      <Link
        to="/tickets"
        activeOptions={{ exact: true, includeSearch: true }}
        data-here={here.pathname.startsWith('/tickets') && !(onList && inView)}
      >
        <Icon />
        {label}
      </Link>
      {views.map((view) => (
        <Link
          key={view.assignee}
          className="sub"
          to="/tickets"
          search={{ assignee: view.assignee }}
          activeOptions={{ exact: true, includeSearch: true }}
          data-here={onList && search.assignee === view.assignee}
        >
          {view.label}
        </Link>
      ))}
    </>
  );
}

function SelfMenu({ showShortcuts }: { showShortcuts(): void }) {
  const { member } = useMe();
  const navigate = useNavigate();
  const signOut = useSignOut();
  return (
    <Menu position="top-start" width={207}>
      <Menu.Target>
        <button type="button" className="self">
          <Avatar name={member.name} size={30} />
          <span className="only-heard">{i18n._('You:')} </span>
          <span className="who">
            <span className="clip">{member.name}</span>
            <span className="role">{roleWords(member.role)}</span>
          </span>
          <ChevronDownIcon size={16} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<PersonIcon />} onClick={() => void navigate({ to: '/account' })}>
          {i18n._('Account')}
        </Menu.Item>
        <Menu.Item leftSection={<KeyboardIcon />} onClick={showShortcuts}>
          {i18n._('Keyboard shortcuts')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<SignOutIcon />} onClick={() => void signOut()}>
          {i18n._('Sign out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
