import { i18n } from '@lingui/core';
import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react';
import { listScreenshots } from '#contract/file/http.ts';
import { RequestId } from '#contract/ids.ts';
import { changesPixels, shownDrawings, shownSize } from '#core/file/editing.ts';
import type { Shot, ShotVersion } from '#core/file/screenshots.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { newRequestId } from '#web/http/request-id.ts';
import { useStore } from '#web/state/use-store.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import type { Album } from './album.ts';
import * as css from './editor.module.css';
import { EditorCanvas } from './editor-canvas.tsx';
import { createEditorModel, type EditorModel } from './editor-model.ts';
import { EditorTools } from './editor-tools.tsx';
import { FullDialog } from './full-dialog.tsx';
import { filesOf, referenceOf } from './paint.ts';
import { paintSheet, patchOf } from './paint-sheet.ts';
import { fileAddress } from './ways.ts';

interface EditorProps {
  readonly album: Album;
  readonly shot: Shot;
  readonly version: ShotVersion;
  readonly onDone: () => void;
}

interface Opened {
  readonly model: EditorModel;
  readonly source: ImageBitmap;
}

/** A6: draws on a screenshot, cuts, turns and blurs it; saved as a new version. */
export function Editor({ album, shot, version, onDone }: EditorProps) {
  const [opened, setOpened] = useState<Opened | 'opening' | { readonly refused: string }>('opening');
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a version never changes; `tries` asks again
  useEffect(() => {
    const life = new AbortController();
    void openVersion(life.signal, album, shot, version).then((made) => {
      if (!life.signal.aborted) setOpened(made);
    });
    return () => life.abort();
  }, [version.number, tries]);
  const title = i18n._('Edit screenshot {number}', { number: shot.number });
  if (opened === 'opening' || 'refused' in opened) {
    return (
      <FullDialog title={title} onClose={onDone}>
        <div className={css.wait} role="status">
          {opened === 'opening' ? i18n._('Opening…') : <p>{opened.refused}</p>}
          {opened === 'opening' ? null : (
            <Button
              onClick={() => {
                setOpened('opening');
                setTries(tries + 1);
              }}
            >
              {i18n._('Try again')}
            </Button>
          )}
        </div>
      </FullDialog>
    );
  }
  return <OpenEditor title={title} album={album} shot={shot} version={version} onDone={onDone} opened={opened} />;
}

async function openVersion(
  life: AbortSignal,
  { ask, sessionId }: Album,
  shot: Shot,
  { number }: ShotVersion,
): Promise<Opened | { readonly refused: string }> {
  const listed = await ask(listScreenshots, { params: { sessionId }, signal: life });
  if (!listed.ok) return { refused: refusalWords(listed) };
  const version = listed.value.screenshots
    .find(({ id }) => id === shot.id)
    ?.versions.find((one) => one.number === number);
  try {
    const answer = await fetch(fileAddress(sessionId, shot.id, number, 'picture'), { signal: life });
    if (version === undefined || !answer.ok) return { refused: i18n._('This picture can’t be loaded') };
    const source = await createImageBitmap(await answer.blob());
    life.addEventListener('abort', () => source.close(), { once: true });
    return { source, model: createEditorModel(version.drawings, referenceOf(source)) };
  } catch {
    return { refused: i18n._('This picture can’t be loaded. Please check your network.') };
  }
}

function OpenEditor({ title, album, shot, version, onDone, opened }: EditorProps & { title: string; opened: Opened }) {
  const { model, source } = opened;
  const { history, tool, cropping } = useStore(model.state);
  const [asking, ask] = useState(false);
  const [saving, setSaving] = useState<'no' | 'saving' | 'failed'>('no');
  const changed = history.past.length > 0;
  useWarning(changed);

  const close = () => {
    if (changed && saving !== 'saving') ask(true);
    else if (!changed) onDone();
  };
  const save = async () => {
    setSaving('saving');
    try {
      await keepVersion(album, shot, version, opened);
      onDone();
    } catch {
      setSaving('failed');
    }
  };
  const byKey = (event: KeyboardEvent) => {
    const key = event.key.toLowerCase();
    if (event.target instanceof HTMLTextAreaElement) return;
    if ((event.ctrlKey || event.metaKey) && (key === 'z' || key === 'y')) {
      if (key === 'y' || event.shiftKey) model.redo();
      else model.undo();
    } else if (key === 'delete' || key === 'backspace') model.remove();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <FullDialog title={title} about={aboutTool(tool)} onClose={close}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys that every editor has, besides their buttons */}
      <div className={css.editor} onKeyDown={byKey}>
        <EditorCanvas model={model} source={source} />
        <EditorTools model={model} />
        <footer className={css.foot}>
          {saving === 'failed' ? (
            <p role="alert">{i18n._('This device has no memory left for a picture of this size.')}</p>
          ) : null}
          {tool === 'crop' ? (
            <Button kind="primary" disabled={cropping === null} onClick={model.crop}>
              {i18n._('Cut to this')}
            </Button>
          ) : (
            <>
              <Button onClick={close}>{i18n._('Cancel')}</Button>
              <Button kind="primary" disabled={!changed} busy={saving === 'saving'} onClick={() => void save()}>
                {i18n._('Save as a new version')}
              </Button>
            </>
          )}
        </footer>
      </div>
      {asking ? <AskToLeave stay={() => ask(false)} leave={onDone} /> : null}
    </FullDialog>
  );
}

function AskToLeave({ stay, leave }: { stay: () => void; leave: () => void }): ReactNode {
  return (
    <Dialog
      title={i18n._('Throw your changes away?')}
      onClose={stay}
      actions={
        <>
          <Button kind="danger" onClick={leave}>
            {i18n._('Throw away')}
          </Button>
          <Button kind="primary" onClick={stay}>
            {i18n._('Go on editing')}
          </Button>
        </>
      }
    >
      <p>{i18n._('What you have changed on this screenshot is not saved yet.')}</p>
    </Dialog>
  );
}

/** The browser asks before it closes the page on what is not saved. */
function useWarning(changed: boolean): void {
  useEffect(() => {
    if (!changed) return;
    const life = new AbortController();
    addEventListener('beforeunload', (event) => event.preventDefault(), { signal: life.signal });
    return () => life.abort();
  }, [changed]);
}

/** Makes the new version and keeps it on this device, from where it goes up. */
async function keepVersion(album: Album, shot: Shot, version: ShotVersion, { model, source }: Opened): Promise<void> {
  const sheet = model.sheet();
  const size = shownSize(sheet, source);
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no memory for the picture');
  const patches = sheet.blurs.map((blur) => patchOf(source, source, blur));
  paintSheet(context, source, sheet, patches, { left: 0, top: 0, right: size.width, bottom: size.height });
  const drawings = [...shownDrawings(sheet)];
  const { picture, painted, thumbnail } = await filesOf(canvas, size, drawings);
  await album.sender.keep({
    requestId: RequestId.parse(newRequestId()),
    sessionId: album.sessionId,
    screenshotId: shot.id,
    as: album.speaker,
    taken: null,
    from: version.number,
    blurred: version.blurred || sheet.blurs.length > 0,
    drawings,
    picture: changesPixels(sheet) ? picture : null,
    painted,
    thumbnail,
    uploads: {},
    notBefore: 0,
  });
}

/** What is to be done with the tool in the hand. */
function aboutTool(tool: ReturnType<EditorModel['state']['get']>['tool']): string {
  switch (tool) {
    case 'select':
      return i18n._('Tap a drawing to move or delete it');
    case 'blur':
      return i18n._('Drag over what nobody may see. It is removed for good');
    case 'crop':
      return i18n._('Drag over what is to stay');
    case 'highlight':
      return i18n._('Drag over what matters');
    case 'text':
      return i18n._('Tap where the text begins');
    case 'mark':
      return i18n._('Tap where the number belongs');
    default:
      return i18n._('Draw on the picture');
  }
}
