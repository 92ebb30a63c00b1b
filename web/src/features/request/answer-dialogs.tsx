import { i18n } from '@lingui/core';
import { useState } from 'react';
import { requestLimits } from '#contract/request/limits.ts';
import { Reason } from '#contract/text.ts';
import type { ReadableStore } from '#web/state/store.ts';
import { useStore } from '#web/state/use-store.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import type { DeedState } from './deeds.ts';
import * as css from './request.module.css';
import { TimeFields } from './time-fields.tsx';
import { instantsOf, suggestedField } from './times.ts';

interface AnswerDialogProps {
  /** The deeds whose trouble is shown here. */
  readonly state: ReadableStore<DeedState>;
  readonly onClose: () => void;
}

/** The asker's part has room for fewer times: somebody has to look at each. */
const COUNTER_TIMES = 3;

interface ProposeDialogProps extends AnswerDialogProps {
  readonly side: 'expert' | 'codeUser';
  readonly onPropose: (times: readonly string[], words: string) => void;
}

/** Other times to choose from, by either side. */
export function ProposeDialog({ side, state, onPropose, onClose }: ProposeDialogProps) {
  const { busy, trouble } = useStore(state);
  const [fields, setFields] = useState<readonly string[]>(() => [suggestedField(new Date(), undefined)]);
  const [words, setWords] = useState('');
  const [tried, setTried] = useState(false);
  const tooLong = !Reason.safeParse(words).success;
  const send = () => {
    setTried(true);
    const times = instantsOf(fields, Date.now());
    if (times !== null && !tooLong) onPropose(times, words);
  };
  return (
    <Dialog
      title={side === 'expert' ? i18n._('Propose times') : i18n._('Propose another time')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{i18n._('Cancel')}</Button>
          <Button kind="primary" busy={busy?.kind === 'propose'} onClick={send}>
            {i18n._('{count, plural, one {Send this time} other {Send # times}}', { count: fields.length })}
          </Button>
        </>
      }
    >
      <div className={css.stack}>
        <p className={css.soft}>
          {side === 'expert'
            ? i18n._('The customer picks one of them, or proposes others.')
            : i18n._('The service team picks one of them, or proposes others.')}
        </p>
        <TimeFields
          values={fields}
          onChange={setFields}
          most={side === 'expert' ? requestLimits.proposedTimes : COUNTER_TIMES}
          tried={tried}
        />
        <TextField
          label={i18n._('A word with it (may stay empty)')}
          value={words}
          lines={2}
          onChange={setWords}
          error={tried && tooLong ? i18n._('This is too long to be sent.') : undefined}
        />
        <Trouble text={trouble} />
      </div>
    </Dialog>
  );
}

interface DeclineDialogProps extends AnswerDialogProps {
  readonly onDecline: (words: string) => void;
}

/** Says no, with a word for the customer. */
export function DeclineDialog({ state, onDecline, onClose }: DeclineDialogProps) {
  const { busy, trouble } = useStore(state);
  const [words, setWords] = useState('');
  const tooLong = !Reason.safeParse(words).success;
  return (
    <Dialog
      title={i18n._('Decline this request?')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{i18n._('Cancel')}</Button>
          <Button kind="danger" busy={busy?.kind === 'decline'} onClick={() => tooLong || onDecline(words)}>
            {i18n._('Decline')}
          </Button>
        </>
      }
    >
      <div className={css.stack}>
        <TextField
          label={i18n._('A word for the customer (may stay empty)')}
          hint={i18n._('Say why, and what to do instead.')}
          value={words}
          lines={3}
          onChange={setWords}
          error={tooLong ? i18n._('This is too long to be sent.') : undefined}
          begin
        />
        <Trouble text={trouble} />
      </div>
    </Dialog>
  );
}

interface WithdrawDialogProps extends AnswerDialogProps {
  readonly planned: boolean;
  readonly onWithdraw: () => void;
}

/** Not needed any more. */
export function WithdrawDialog({ state, planned, onWithdraw, onClose }: WithdrawDialogProps) {
  const { busy, trouble } = useStore(state);
  return (
    <Dialog
      title={planned ? i18n._('Cancel this session?') : i18n._('Take this request back?')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{i18n._('No, keep it')}</Button>
          <Button kind="danger" busy={busy?.kind === 'withdraw'} onClick={onWithdraw}>
            {planned ? i18n._('Cancel the session') : i18n._('Take it back')}
          </Button>
        </>
      }
    >
      <div className={css.stack}>
        <p>{i18n._('The service team is told that it is not needed any more.')}</p>
        <Trouble text={trouble} />
      </div>
    </Dialog>
  );
}

/** Why the last deed did not work. */
export function Trouble({ text }: { readonly text: string | null }) {
  if (text === null) return null;
  return (
    <p className={css.trouble} role="alert">
      {text}
    </p>
  );
}
