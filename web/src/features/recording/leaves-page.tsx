import { i18n } from '@lingui/core';
import { useEffect, useState } from 'react';
import type { SessionId } from '#contract/ids.ts';
import { listSessionRecordings, type Recording } from '#contract/recording/http.ts';
import { formatDuration } from '#core/session/duration.ts';
import type { Ask } from '#web/http/client.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { IconPlay } from './icons.tsx';
import type { SessionRecordings } from './session-recordings.tsx';

interface RecordingsOfCardProps {
  readonly ask: Ask;
  readonly sessionId: SessionId;
  /** Who looks: a member or device by their id; finds their own yes. */
  readonly self: string | null;
}

/** A7: what was recorded in a session that is over, on its card: one click plays it. */
export function RecordingsOfCard({ ask, sessionId, self }: RecordingsOfCardProps) {
  const [recordings, setRecordings] = useState<readonly Recording[]>([]);
  const [Player, setPlayer] = useState<{ readonly of: typeof SessionRecordings } | null>(null);
  useEffect(() => {
    const life = new AbortController();
    void ask(listSessionRecordings, { params: { sessionId }, signal: life.signal }).then((outcome) => {
      // What can't be loaded now is on the record, which the card leads to.
      if (outcome.ok && !life.signal.aborted) setRecordings(outcome.value.recordings);
    });
    return () => life.abort();
  }, [ask, sessionId]);
  // The player's files come when somebody wants to see something.
  const open = async () => setPlayer({ of: (await import('./session-recordings.tsx')).SessionRecordings });
  const playable = recordings.filter(({ state }) => state === 'ready' || state === 'finishing');
  if (playable.length === 0) return null;
  const lasts = playable.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);
  return (
    <>
      <Button icon={<IconPlay size={20} />} onClick={() => void open()}>
        {i18n._('{count, plural, one {Recording} other {# recordings}}, {length}', {
          count: playable.length,
          length: formatDuration(lasts),
        })}
      </Button>
      {Player === null ? null : (
        <Dialog title={playable[0]?.session.subject ?? ''} onClose={() => setPlayer(null)} wide>
          <Player.of ask={ask} sessionId={sessionId} self={self} />
        </Dialog>
      )}
    </>
  );
}
