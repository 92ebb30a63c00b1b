import { i18n } from '@lingui/core';
import { eraseRecording, listRecordings, listSessionRecordings, type Recording } from '#contract/recording/http.ts';
import { useRefresh } from '#web/desk-ui/asking.ts';
import { ConfirmDialog } from '#web/desk-ui/confirm-dialog.tsx';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { say } from '#web/desk-ui/notices.ts';
import { useDeed } from '#web/desk-ui/use-deed.ts';
import { fullTimeWords } from '#web/ui/time-words.ts';

/** Asks before a recording is erased for good. */
export function EraseDialog({ recording, onClose }: { recording: Recording; onClose(): void }) {
  const ask = useAsk();
  const refresh = useRefresh();
  const erase = useDeed((_: undefined, requestId) =>
    ask(eraseRecording, { params: { recordingId: recording.id }, body: { requestId } }),
  );
  const confirm = async () => {
    const outcome = await erase.run(undefined);
    if (outcome?.ok !== true) return;
    refresh(listRecordings, listSessionRecordings);
    say(i18n._('The recording is erased.'));
    onClose();
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={i18n._('Delete this recording?')}
      deed={i18n._('Delete')}
      danger
      busy={erase.busy}
      trouble={erase.trouble}
      onConfirm={() => void confirm()}
    >
      <p>
        {i18n._('{subject}, {time}', {
          subject: recording.session.subject,
          time: fullTimeWords(recording.startedAt),
        })}
      </p>
      <p>
        {i18n._(
          'The video is erased for good. The transcript keeps a line that it was there, and who agreed stays noted.',
        )}
      </p>
    </ConfirmDialog>
  );
}
