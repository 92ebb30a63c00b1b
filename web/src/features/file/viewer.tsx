import { i18n } from '@lingui/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { eraseScreenshot } from '#contract/file/http.ts';
import { RequestId } from '#contract/ids.ts';
import { type Shot, type ShotVersion, versionsFor } from '#core/file/screenshots.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { newRequestId } from '#web/http/request-id.ts';
import { useStore } from '#web/state/use-store.ts';
import { Button, IconButton } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { IconBack } from '#web/ui/icons.tsx';
import { clockWords, fullTimeWords } from '#web/ui/time-words.ts';
import type { Album, ViewerProps } from './album.ts';
import { Editor } from './editor.tsx';
import * as css from './file.module.css';
import { FullDialog } from './full-dialog.tsx';
import { IconBin, IconDownload, IconEdit, IconIn, IconNext, IconOut } from './icons.tsx';
import { ShotComing } from './in-transcript.tsx';
import { ShotImage } from './shot-image.tsx';
import { downloadAddress, fileAddress } from './ways.ts';
import { nameOf } from './words.ts';
import { type Zoom, zoomable } from './zoom.ts';

/** One screenshot as large as the page: its versions, with and without drawings, before and after it. */
export function Viewer({ album, opened, open }: ViewerProps) {
  const shots = useStore(album.shots);
  const at = shots.findIndex(({ id }) => id === opened);
  const shot = shots[at];
  const [editing, edit] = useState<ShotVersion | null>(null);
  const close = () => open(null);
  if (shot === undefined) return null;
  if (editing !== null) return <Editor album={album} shot={shot} version={editing} onDone={() => edit(null)} />;
  const [before, after] = [shots[at - 1], shots[at + 1]];
  const byKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft' && before !== undefined) open(before.id);
    if (event.key === 'ArrowRight' && after !== undefined) open(after.id);
  };
  return (
    <FullDialog
      title={i18n._('Screenshot {number}', { number: shot.number })}
      about={i18n._('{name}, {time}', { name: nameOf(shot.author), time: fullTimeWords(shot.at) })}
      onClose={close}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys are a shortcut of the two buttons inside */}
      <div className={css.viewer} onKeyDown={byKey}>
        <OneShot key={shot.id} album={album} shot={shot} edit={edit} />
        {before === undefined ? null : (
          <span className={css.before}>
            <IconButton label={i18n._('Previous screenshot')} icon={<IconBack />} onClick={() => open(before.id)} />
          </span>
        )}
        {after === undefined ? null : (
          <span className={css.after}>
            <IconButton label={i18n._('Next screenshot')} icon={<IconNext />} onClick={() => open(after.id)} />
          </span>
        )}
      </div>
    </FullDialog>
  );
}

interface OneShotProps {
  readonly album: Album;
  readonly shot: Shot;
  readonly edit: (version: ShotVersion) => void;
}

function OneShot({ album, shot, edit }: OneShotProps) {
  const versions = versionsFor(shot.versions, album.as);
  const [chosen, choose] = useState<number | null>(null);
  const [drawings, showDrawings] = useState(true);
  const onItsWay = useStore(album.sender.onItsWay).filter((one) => one.screenshotId === shot.id);
  const version = versions.find(({ number }) => number === chosen) ?? versions.at(-1);
  const file = drawings ? 'painted' : 'picture';
  if (shot.erased !== null || version === undefined) {
    return (
      <div className={css.nothing}>
        {shot.erased === null ? (
          <ShotComing onItsWay={onItsWay[0]} />
        ) : (
          <p>{i18n._('This screenshot was erased. The transcript says when.')}</p>
        )}
      </div>
    );
  }
  const address = [album.sessionId, shot.id, version.number, file] as const;
  return (
    <>
      <Picture src={fileAddress(...address)} number={shot.number} />
      <div className={css.foot}>
        <fieldset className={css.versions} aria-label={i18n._('Versions')}>
          {versions.map((one) => (
            <button
              key={one.number}
              type="button"
              className={css.version}
              aria-pressed={one === version}
              onClick={() => choose(one.number)}
            >
              <ShotImage src={fileAddress(album.sessionId, shot.id, one.number, 'thumbnail')} {...one} />
              <span>
                <strong>
                  {one.number === 1 ? i18n._('Original') : i18n._('Version {number}', { number: one.number })}
                </strong>
                {nameOf(one.number === 1 ? shot.author : one.author)}, {clockWords(one.at)}
              </span>
            </button>
          ))}
          {onItsWay.map((one) => (
            <ShotComing key={one.requestId} onItsWay={one} />
          ))}
        </fieldset>
        <div className={css.deeds}>
          <label className={css.check}>
            <input type="checkbox" checked={drawings} onChange={(event) => showDrawings(event.currentTarget.checked)} />
            {i18n._('Drawings')}
          </label>
          <a className={css.deed} href={downloadAddress(...address)} download>
            <IconDownload size={20} />
            {i18n._('Download')}
          </a>
          {album.as === 'expert' ? <Erase album={album} shot={shot} /> : null}
          <Button kind="primary" icon={<IconEdit size={20} />} onClick={() => edit(version)}>
            {i18n._('Edit')}
          </Button>
        </div>
      </div>
    </>
  );
}

function Picture({ src, number }: { src: string; number: number }) {
  const box = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLImageElement>(null);
  const [zoom, setZoom] = useState<Zoom | null>(null);
  const [state, setState] = useState<'loading' | 'there' | 'failed'>('loading');
  useEffect(() => {
    if (box.current === null || picture.current === null) return;
    const life = new AbortController();
    setZoom(zoomable(life.signal, box.current, picture.current));
    return () => life.abort();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another picture is loading from now on
  useEffect(() => setState(picture.current?.complete ? 'there' : 'loading'), [src]);
  return (
    <div className={css.zoomBox} ref={box} data-state={state}>
      <img
        ref={picture}
        src={src}
        alt={i18n._('Screenshot {number}', { number })}
        draggable={false}
        onLoad={() => setState('there')}
        onError={() => setState('failed')}
      />
      {state === 'there' ? null : (
        <p className={css.over} role="status">
          {state === 'loading'
            ? i18n._('Loading…')
            : i18n._('This picture can’t be loaded. Please check your network.')}
        </p>
      )}
      <div className={css.zooms}>
        <IconButton label={i18n._('Larger')} icon={<IconIn />} onClick={() => zoom?.by(1.6)} />
        <IconButton label={i18n._('Smaller')} icon={<IconOut />} onClick={() => zoom?.by(1 / 1.6)} />
      </div>
    </div>
  );
}

function Erase({ album, shot }: { album: Album; shot: Shot }) {
  const [state, setState] = useState<'no' | 'asking' | 'erasing' | { readonly refused: string }>('no');
  const erase = async () => {
    setState('erasing');
    const outcome = await album.ask(eraseScreenshot, {
      params: { sessionId: album.sessionId, screenshotId: shot.id },
      body: { requestId: RequestId.parse(newRequestId()) },
    });
    setState(outcome.ok ? 'no' : { refused: refusalWords(outcome) });
  };
  return (
    <>
      <Button icon={<IconBin size={20} />} onClick={() => setState('asking')}>
        {i18n._('Erase')}
      </Button>
      {state === 'no' ? null : (
        <Dialog
          title={i18n._('Erase screenshot {number}?', { number: shot.number })}
          onClose={() => setState('no')}
          actions={
            <>
              <Button onClick={() => setState('no')}>{i18n._('Keep it')}</Button>
              <Button kind="danger" busy={state === 'erasing'} onClick={() => void erase()}>
                {i18n._('Erase for everybody')}
              </Button>
            </>
          }
        >
          <p>{i18n._('All its versions are gone for good. The transcript keeps a line that it was there.')}</p>
          {typeof state === 'object' ? <p role="alert">{state.refused}</p> : null}
        </Dialog>
      )}
    </>
  );
}
