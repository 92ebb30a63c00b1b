import { i18n } from '@lingui/core';
import { useState } from 'react';
import type { Refusal } from '#contract/errors.ts';
import type { Visibility } from '#contract/session/visibility.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import * as css from './visibility.module.css';
import { visibilityDeedWords, visibilityWords } from './visibility-words.ts';

interface VisibilityProps {
  readonly isPublic: boolean;
  /** People may be in it now. */
  readonly isOpen: boolean;
  /** Resolves to why it could not be changed, null when it is. */
  readonly set: (to: Visibility) => Promise<Refusal | null>;
}

/** Says who can see a session, and changes it after a dialog that says what that does. For employees. */
export function VisibilitySwitch({ isPublic, isOpen, set }: VisibilityProps) {
  const [asking, setAsking] = useState(false);
  return (
    <div className={css.row}>
      <span className={css.now} data-visibility={isPublic ? 'public' : 'internal'}>
        {visibilityWords(isPublic)}
      </span>
      <Button onClick={() => setAsking(true)}>{visibilityDeedWords(isPublic)}</Button>
      {asking ? (
        <VisibilityDialog isPublic={isPublic} isOpen={isOpen} set={set} onClose={() => setAsking(false)} />
      ) : null}
    </div>
  );
}

/** Says what the change does, then does it. */
export function VisibilityDialog({ isPublic, isOpen, set, onClose }: VisibilityProps & { onClose: () => void }) {
  // What was asked about stays in the words while it is being done, and when somebody else does it meanwhile.
  const [hides] = useState(isPublic);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const confirm = async () => {
    setBusy(true);
    const refused = await set(hides ? 'internal' : 'public');
    setBusy(false);
    setRefusal(refused);
    if (refused === null) onClose();
  };
  return (
    <Dialog
      title={hides ? i18n._('Hide this session from the customer?') : i18n._('Show this session to the customer?')}
      onClose={onClose}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {i18n._('Cancel')}
          </Button>
          <Button kind="primary" busy={busy} onClick={() => void confirm()}>
            {hides ? i18n._('Hide') : i18n._('Show')}
          </Button>
        </>
      }
    >
      <div className={css.words}>
        {(hides ? hidingWords(isOpen) : showingWords()).map((words) => (
          <p key={words}>{words}</p>
        ))}
        {refusal === null ? null : <p role="alert">{refusalWords(refusal)}</p>}
      </div>
    </Dialog>
  );
}

const hidingWords = (isOpen: boolean) => [
  i18n._(
    'It disappears for the customer at once: from their lists and their ticket, with its messages, pictures and recordings. What they have open closes, and links they have stop working.',
  ),
  ...(isOpen
    ? [
        i18n._(
          'It goes on for those who are in it now. When they leave, they can’t come back, and it is gone for them too.',
        ),
      ]
    : []),
  i18n._('Employees keep everything. You can show it to the customer again at any time.'),
];

const showingWords = () => [
  i18n._('Everybody who uses this code sees it again, with all that was said, drawn, photographed and recorded in it.'),
];
