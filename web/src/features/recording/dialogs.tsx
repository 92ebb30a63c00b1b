import { i18n } from '@lingui/core';
import { CONSENT_VERSION, consentWording } from '#contract/recording/wording.ts';
import { useStore } from '#web/state/use-store.ts';
import { Button } from '#web/ui/button.tsx';
import { answerButtons, noticeWording } from './consent-words.ts';
import { namesOf, type RecordingParts, termsOf } from './parts.ts';
import { Question } from './question.tsx';
import * as css from './recording.module.css';
import { WithdrawDialog } from './withdraw-dialog.tsx';

/** What lies over the session because of a recording: a question, a notice, an offer. */
export function Dialogs({ parts }: { parts: RecordingParts }) {
  const { host, model } = parts;
  const language = useStore(parts.language);
  const { now, asked, told, offered, doing, withdrawn } = useStore(model.view);
  const words = answerButtons(language);
  if (withdrawn !== null)
    return (
      <WithdrawDialog
        ask={host.ask}
        sessionId={host.facts.session.get().id}
        recordingId={withdrawn}
        stopped
        onDone={model.withdrawalDone}
      />
    );
  if (now === null) return null;
  if (asked)
    return (
      <Question
        key={now.id}
        wording={consentWording({ version: CONSENT_VERSION, language }, termsOf(host, now))}
        language={language}
      >
        {(['no', 'yes'] as const).map((answer) => (
          <Button key={answer} busy={doing === answer} onClick={() => model.answer(answer)}>
            {words[answer]}
          </Button>
        ))}
      </Question>
    );
  if (told) {
    const { title, paragraphs } = noticeWording(language, termsOf(host, now));
    return (
      <aside className={css.card} role="alert" lang={language}>
        <h2>{title}</h2>
        {paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <div className={css.answers}>
          <Button onClick={model.heard}>{words.read}</Button>
        </div>
      </aside>
    );
  }
  if (offered || doing === 'carrying-on')
    return (
      <aside className={css.card} role="alert">
        <h2>{i18n._('The recording was interrupted')}</h2>
        <p>
          {i18n._('{name} no longer records. You can carry on in this browser; it becomes one recording.', {
            name: namesOf(host, [now.recorder]),
          })}
        </p>
        <div className={css.answers}>
          <Button onClick={model.notHere}>{i18n._('Not now')}</Button>
          <Button kind="primary" busy={doing === 'carrying-on'} onClick={model.carryOn}>
            {i18n._('Carry on recording')}
          </Button>
        </div>
      </aside>
    );
  return null;
}
