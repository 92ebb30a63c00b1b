import { i18n } from '@lingui/core';
import { useState } from 'react';
import type { SessionId } from '#contract/ids.ts';
import { withdrawConsent } from '#contract/recording/http.ts';
import type { RecordingId } from '#contract/recording/ids.ts';
import type { Ask } from '#web/http/client.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { newRequestId } from '#web/http/request-id.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import * as css from './record.module.css';

interface WithdrawDialogProps {
  readonly ask: Ask;
  readonly sessionId: SessionId;
  readonly recordingId: RecordingId;
  /** The recording has been stopped by the same wish a moment ago. */
  readonly stopped: boolean;
  /** Called when it is decided, or closed without a decision. */
  readonly onDone: (answer: 'kept' | 'erased' | null) => void;
}

/** Somebody takes their yes back: is what exists kept or erased? */
export function WithdrawDialog({ ask, sessionId, recordingId, stopped, onDone }: WithdrawDialogProps) {
  const [busy, setBusy] = useState<'kept' | 'erased' | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const decide = async (answer: 'kept' | 'erased') => {
    // The recording has been stopped as one that is kept: there is nothing left to say.
    if (stopped && answer === 'kept') return onDone(answer);
    setBusy(answer);
    setTrouble(null);
    const outcome = await ask(withdrawConsent, {
      params: { sessionId, recordingId },
      body: { requestId: newRequestId(), keep: answer === 'kept' },
    });
    setBusy(null);
    if (outcome.ok) onDone(answer);
    else setTrouble(refusalWords(outcome));
  };
  return (
    <Dialog
      title={stopped ? i18n._('The recording has stopped') : i18n._('Take your yes back')}
      onClose={() => onDone(null)}
      actions={
        <>
          <Button busy={busy === 'kept'} onClick={() => void decide('kept')}>
            {i18n._('Keep it')}
          </Button>
          <Button busy={busy === 'erased'} onClick={() => void decide('erased')}>
            {i18n._('Erase it')}
          </Button>
        </>
      }
    >
      <div className={css.said}>
        <p>
          {stopped
            ? i18n._('Your yes is taken back: nothing more is recorded. What should become of what has been recorded?')
            : i18n._('What should become of the recording?')}
        </p>
        <p>{i18n._('Erased means for everybody and for good. That you took your yes back is noted in both cases.')}</p>
        {trouble === null ? null : <p role="alert">{trouble}</p>}
      </div>
    </Dialog>
  );
}
