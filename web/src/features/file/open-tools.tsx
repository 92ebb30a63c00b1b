import { i18n } from '@lingui/core';
import { useEffect, useRef, useState } from 'react';
import type { ScreenshotId } from '#contract/file/ids.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { language } from '#web/i18n.ts';
import { createStore, type ReadableStore, watch } from '#web/state/store.ts';
import { useStore } from '#web/state/use-store.ts';
import type { Studio } from '../annotation/index.ts';
import { Note, type PictureTools, type ToolButton } from '../session/index.ts';
import { type Album, openAlbum } from './album.ts';
import * as css from './file.module.css';
import { IconScreenshot } from './icons.tsx';
import { ShotComing, ShotInTranscript } from './in-transcript.tsx';
import { LazyViewer } from './lazy-viewer.tsx';
import { aimWords, createTaking, type Taking } from './taking.ts';
import { keptWords } from './words.ts';

const WRITING = 'input, textarea, select, [contenteditable], dialog, [role=menu]';

/** Screenshots of the pictures of a session, for as long as `life`. */
export function screenshotTools(life: AbortSignal, studio: Studio): Partial<PictureTools> {
  const { host } = studio;
  const { facts } = host;
  const album = openAlbum(life, host, (_version, refusal) =>
    host.toasts.say(i18n._('A screenshot could not be kept. {words}', { words: refusalWords(refusal) }), 'trouble'),
  );
  const { sender } = album;
  const taking = createTaking(life, studio, album);
  const opened = createStore<ScreenshotId | null>(null);
  watch(life, host.connection.state, (state) => state === 'connected' && sender.hurry());

  const buttons = createStore<readonly ToolButton[]>([]);
  const put = () => {
    const aim = taking.aim();
    const unavailable = aim.at === 'off' || aim.at === 'nothing';
    const [before] = buttons.get();
    if (before !== undefined && before.label === aimWords(aim) && before.unavailable === unavailable) return;
    buttons.set([
      {
        id: 'screenshot',
        caption: i18n._('Screenshot'),
        label: aimWords(aim),
        shortcut: 'S',
        icon: <IconScreenshot />,
        unavailable,
        onClick: taking.take,
      },
    ]);
  };
  for (const store of [studio.board.board, studio.stage, host.call.peers, host.own.state, language]) {
    put();
    const stop = store.subscribe(put);
    life.addEventListener('abort', stop, { once: true });
  }
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key.toLowerCase() !== 's' || !host.shortcuts.enabled.get() || studio.pen.writing.get() !== null) return;
      if (event.target instanceof Element && event.target.closest(WRITING) !== null) return;
      event.preventDefault();
      taking.take();
    },
    { signal: life },
  );

  return {
    buttons,
    over: () => <OverStage taking={taking} buttons={buttons} onItsWay={sender.onItsWay} />,
    beside(what) {
      if (what.kind !== 'screenshot-taken') return null;
      return <ShotInTranscript album={album} screenshotId={what.screenshotId} open={opened.set} />;
    },
    underWay: () => <UnderWay taking={taking} album={album} name={facts.session.get().you.name} />,
    dialogs: () => <LazyViewer album={album} opened={opened} />,
  };
}

/** A short flash when it is taken, the big button of a phone, and what this device still keeps. */
function OverStage(parts: {
  readonly taking: Taking;
  readonly buttons: ReadableStore<readonly ToolButton[]>;
  readonly onItsWay: Album['sender']['onItsWay'];
}) {
  const [button] = useStore(parts.buttons);
  const kept = keptWords(useStore(parts.onItsWay));
  return (
    <>
      <Flash taking={parts.taking} />
      {button === undefined ? null : (
        <button
          type="button"
          className={css.shutter}
          aria-label={button.label}
          aria-disabled={button.unavailable === true ? 'true' : undefined}
          onClick={button.onClick}
        >
          <IconScreenshot size={28} />
        </button>
      )}
      {kept === null ? null : (
        <p className={css.kept} role="status">
          {kept}
        </p>
      )}
    </>
  );
}

function Flash({ taking }: { taking: Taking }) {
  const flashes = useStore(taking.flashes);
  const element = useRef<HTMLDivElement>(null);
  const [seen] = useState(flashes);
  useEffect(() => {
    if (flashes === seen || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    element.current?.animate([{ opacity: 0.75 }, { opacity: 0 }], { duration: 260, easing: 'ease-out' });
  }, [flashes, seen]);
  return <div ref={element} className={css.flash} aria-hidden="true" />;
}

/** One's own screenshots that the log does not know yet: in the transcript at once all the same. */
function UnderWay({ taking, album, name }: { taking: Taking; album: Album; name: string }) {
  const untold = useStore(taking.untold);
  const onItsWay = useStore(album.sender.onItsWay);
  if (untold.length === 0) return null;
  return (
    <ol className={css.untold}>
      {untold.map(({ screenshotId }) => (
        <Note key={screenshotId}>
          {i18n._('{name} took a screenshot', { name })}
          <ShotComing onItsWay={onItsWay.find((one) => one.screenshotId === screenshotId)} />
        </Note>
      ))}
    </ol>
  );
}
