import { i18n } from '@lingui/core';
import { Button, NumberInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { changePolicies, type LateJoiner, type Policies, readPolicies } from '#contract/access/policies.ts';
import { keyOf, useAnswer } from '#web/desk-ui/asking.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { say } from '#web/desk-ui/notices.ts';
import { Page, Section } from '#web/desk-ui/page.tsx';
import { FailedState, LoadingRows } from '#web/desk-ui/states.tsx';
import { useUnsaved } from '#web/desk-ui/unsaved.tsx';
import { useDeed } from '#web/desk-ui/use-deed.ts';
import { mayManage, useMe } from '#web/features/access/desk/index.ts';
import { daysOf, isSame, MOST_DAYS, type RetentionKind, withDays } from './privacy-form.ts';

/** Admins and co-admins: who is asked before a recording, and how long things are kept. */
export function PrivacyPage() {
  const me = useMe();
  const answer = useAnswer(readPolicies, {});
  if (!mayManage(me.member)) return <Navigate to="/tickets" replace />;
  return (
    <Page
      title={i18n._('Privacy')}
      width="narrow"
      about={i18n._('What people are asked, and how long things are kept.')}
    >
      {answer.state === 'loading' ? <LoadingRows rows={3} height={84} /> : null}
      {answer.state === 'failed' ? <FailedState answer={answer} /> : null}
      {answer.state === 'ready' ? <PrivacyForm key={JSON.stringify(answer.data)} kept={answer.data} /> : null}
    </Page>
  );
}

function PrivacyForm({ kept }: { kept: Policies }) {
  const ask = useAsk();
  const client = useQueryClient();
  const [policies, setPolicies] = useState(kept);
  const { recording, retentionDays } = policies;
  useUnsaved(!isSame(kept, policies));
  const save = useDeed((next: Pick<Policies, 'recording' | 'retentionDays'>, requestId) =>
    ask(changePolicies, { body: { requestId, policies: next } }),
  );
  const send = async () => {
    const outcome = await save.run({ recording, retentionDays });
    if (outcome?.ok !== true) return;
    client.setQueryData(keyOf(readPolicies, {}), outcome.value);
    say(i18n._('Saved. It holds from the next recording on.'));
  };
  const setRecording = (change: Partial<Policies['recording']>) =>
    setPolicies({ ...policies, recording: { ...recording, ...change } });

  return (
    <form
      className="privacy"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Section title={i18n._('Before a recording')}>
        <Choices legend={i18n._('Before a recording')}>
          <Choice
            name="consent"
            chosen={recording.consent}
            onChoose={() => setRecording({ consent: true })}
            title={i18n._('Ask everybody')}
            about={i18n._('Nobody is recorded before their own yes. One no, and there is no recording.')}
          />
          <Choice
            name="consent"
            chosen={!recording.consent}
            onChoose={() => setRecording({ consent: false })}
            title={i18n._('Only tell everybody')}
            about={i18n._(
              'The recording begins at once; everybody is told and sees the red mark, nobody can refuse but by leaving. In many countries this is allowed only if they have agreed in another way.',
            )}
          />
        </Choices>
      </Section>
      {recording.consent ? (
        <Section title={i18n._('When somebody joins during a recording')}>
          <Choices legend={i18n._('When somebody joins during a recording')}>
            <LateChoice value="pause" now={recording.lateJoiner} choose={setRecording} />
            <LateChoice value="leave-out" now={recording.lateJoiner} choose={setRecording} />
          </Choices>
        </Section>
      ) : null}
      <Section
        title={i18n._('How long things are kept')}
        about={i18n._(
          'Counted from the end of a session. Then they are erased automatically; the transcript keeps a line.',
        )}
      >
        <div className="retention">
          {kinds().map(({ kind, title, about }) => (
            <Retention
              key={kind}
              title={title}
              about={about}
              days={retentionDays[kind]}
              onDays={(days) => setPolicies(withDays(policies, kind, days))}
            />
          ))}
        </div>
      </Section>
      {save.trouble === null ? null : (
        <p className="trouble" role="alert">
          {save.trouble}
        </p>
      )}
      <div className="privacy-foot">
        <Button type="submit" disabled={isSame(kept, policies)} loading={save.busy}>
          {i18n._('Save')}
        </Button>
        {isSame(kept, policies) ? null : (
          <Button variant="default" onClick={() => setPolicies(kept)}>
            {i18n._('Undo changes')}
          </Button>
        )}
      </div>
    </form>
  );
}

const kinds = (): readonly { kind: RetentionKind; title: string; about: string }[] => [
  { kind: 'recordings', title: i18n._('Recordings'), about: i18n._('The videos; who agreed stays noted.') },
  { kind: 'screenshots', title: i18n._('Screenshots'), about: i18n._('With all their versions.') },
  {
    kind: 'sessions',
    title: i18n._('Whole sessions'),
    about: i18n._('Transcript, drawings, recordings, screenshots: all of it.'),
  },
];

function Choices({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className="roles">
      <legend className="only-heard">{legend}</legend>
      {children}
    </fieldset>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly chosen: boolean;
  readonly title: string;
  readonly about: string;
  onChoose(): void;
}

function Choice({ name, chosen, title, about, onChoose }: ChoiceProps) {
  return (
    <label className="role-choice">
      <input type="radio" name={name} checked={chosen} onChange={onChoose} />
      <span>
        <span className="menu-title">{title}</span>
        <span className="menu-about">{about}</span>
      </span>
    </label>
  );
}

function LateChoice({
  value,
  now,
  choose,
}: {
  value: LateJoiner;
  now: LateJoiner;
  choose(change: { lateJoiner: LateJoiner }): void;
}) {
  const pauses = value === 'pause';
  return (
    <Choice
      name="late"
      chosen={now === value}
      onChoose={() => choose({ lateJoiner: value })}
      title={pauses ? i18n._('Pause until they have answered') : i18n._('Go on without them')}
      about={
        pauses
          ? i18n._('Nobody is recorded meanwhile. A no ends the recording.')
          : i18n._('They are neither seen nor heard in it until their yes. After a no they stay left out.')
      }
    />
  );
}

function Retention({
  title,
  about,
  days,
  onDays,
}: {
  title: string;
  about: string;
  days: number | null;
  onDays(days: number | null): void;
}) {
  return (
    <div className="retention-row">
      <span className="grow">
        <span className="menu-title">{title}</span>
        <span className="menu-about">{about}</span>
      </span>
      <NumberInput
        className="retention-days"
        aria-label={i18n._('{title}: days kept', { title })}
        placeholder={i18n._('No limit (days)')}
        suffix={days === 1 ? ` ${i18n._('day')}` : ` ${i18n._('days')}`}
        allowDecimal={false}
        allowNegative={false}
        min={1}
        max={MOST_DAYS}
        clampBehavior="strict"
        value={days ?? ''}
        onChange={(typed) => onDays(daysOf(typed))}
      />
    </div>
  );
}
