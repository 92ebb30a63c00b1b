import { useEffect, useState } from 'react';
import type { ScreenshotId } from '#contract/file/ids.ts';
import { type Album, Gallery, LazyViewer, openAlbum, ShotInTranscript } from './features/file/index.ts';
import { SessionRecordings } from './features/recording/index.ts';
import type { RecordProps } from './features/session/index.ts';
import { RatingOnRecord } from './features/session/rating-page.tsx';
import { RecordPage } from './features/session/record-page.tsx';
import { createStore } from './state/store.ts';

export { bringKept } from './features/file/index.ts';

/** The composition of a session's record: what was said, and what its features have left. */
export function SessionRecord({ host, back }: RecordProps) {
  const [opened] = useState(() => createStore<ScreenshotId | null>(null));
  const [album, setAlbum] = useState<Album | null>(null);
  useEffect(() => {
    const life = new AbortController();
    setAlbum(openAlbum(life.signal, host));
    return () => life.abort();
  }, [host]);
  if (album === null) return null;
  const { id, you } = host.facts.session.get();
  return (
    <>
      <RecordPage
        host={host}
        back={back}
        rating={<RatingOnRecord host={host} />}
        beside={(what) =>
          what.kind === 'screenshot-taken' ? (
            <ShotInTranscript album={album} screenshotId={what.screenshotId} open={opened.set} />
          ) : null
        }
      >
        <SessionRecordings ask={host.ask} sessionId={id} self={you.participantId} />
        <Gallery album={album} open={opened.set} />
      </RecordPage>
      <LazyViewer album={album} opened={opened} />
    </>
  );
}
