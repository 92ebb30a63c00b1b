import { i18n } from '@lingui/core';
import { Modal } from '@mantine/core';
import type { Recording } from '#contract/recording/http.ts';
import { sessionEvents } from '#contract/session/http.ts';
import { useAnswer } from '#web/desk-ui/asking.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { OneRecording } from '../session-recordings.tsx';

/** A recording from the admin's list: player, chapters, people, ledger. */
export function WatchDialog({ recording, onClose }: { recording: Recording; onClose(): void }) {
  const ask = useAsk();
  const { sessionId, session, people } = recording;
  const events = useAnswer(sessionEvents, { params: { sessionId }, query: {} });
  return (
    <Modal
      opened
      onClose={onClose}
      title={session.subject}
      size={900}
      closeButtonProps={{ 'aria-label': i18n._('Close') }}
    >
      {people.length === 0 ? null : (
        <p className="muted recording-people">{i18n._('In it: {people}', { people: people.join(', ') })}</p>
      )}
      <OneRecording
        ask={ask}
        recording={recording}
        events={events.data?.events ?? []}
        agreed={false}
        onChanged={onClose}
      />
    </Modal>
  );
}
