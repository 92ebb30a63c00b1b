import { i18n } from '@lingui/core';
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { RingingCall } from '#contract/direct-call/http.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { useConnection } from '#web/desk-ui/live-context.tsx';
import { say, sayTrouble } from '#web/desk-ui/notices.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { createStore } from '#web/state/store.ts';
import { useStore } from '#web/state/use-store.ts';
import { IconHangUp } from '#web/ui/call-icons.tsx';
import { IconCall } from '../icons.tsx';
import { openAnswered } from '../open-session.ts';
import { useSeconds } from '../use-seconds.ts';
import { blinkTitle } from './blink-title.ts';
import { openRings, type RingModel, type RingNews, type Rings } from './ring-model.ts';
import { ringAloud, type SoundState } from './ring-sound.ts';
import { noticeOutside } from './system-notice.ts';

const NONE = createStore<Rings>({ calls: [], ahead: 0 });

/** A12: a call that rings for this employee, at the head of every page of the desk. It takes its own room and covers nothing. */
export function RingBar() {
  const rings = useRings();
  const { calls, ahead } = useStore(rings ?? NONE);
  const [call] = calls;
  if (rings === null || call === undefined) return null;
  return <Ringing key={call.sessionId} call={call} more={calls.length - 1} ahead={ahead} rings={rings} />;
}

function useRings(): RingModel | null {
  const ask = useAsk();
  const connection = useConnection();
  const [rings, setRings] = useState<RingModel | null>(null);
  useEffect(() => {
    const life = new AbortController();
    setRings(openRings(life.signal, { ask, connection, tell: (news) => say(newsWords(news)) }));
    return () => life.abort();
  }, [ask, connection]);
  return rings;
}

function newsWords(news: RingNews): string {
  const { caller } = news.call;
  return news.kind === 'answered'
    ? i18n._('{name} has answered the call from {caller}.', { name: news.by, caller })
    : i18n._('The call from {caller} does not ring any more.', { caller });
}

interface RingingProps {
  readonly call: RingingCall;
  readonly more: number;
  readonly ahead: number;
  readonly rings: RingModel;
}

function Ringing({ call, more, ahead, rings }: RingingProps) {
  const seconds = useSeconds(Date.parse(call.calledAt) - ahead);
  const sound = useAlarm(call);
  const answer = async () => {
    const outcome = await rings.answer(call);
    if (!outcome.ok) sayTrouble(refusalWords(outcome));
    else if (outcome.value) openAnswered(call.sessionId);
  };
  const decline = async () => {
    const outcome = await rings.decline(call);
    if (!outcome.ok) sayTrouble(refusalWords(outcome));
  };
  useRingKeys(answer, decline);
  const machine = call.subject === call.code.name ? null : call.code.name;
  return (
    <section
      className="ring"
      role="alertdialog"
      aria-labelledby="ring-title"
      aria-describedby="ring-about"
      data-sound={sound}
    >
      <span className="ring-mark">
        <IconCall size={26} />
      </span>
      <div className="ring-words">
        <p className="ring-title" id="ring-title" role="alert">
          {i18n._('{caller} is calling', { caller: call.caller })}
        </p>
        <p id="ring-about" className="ring-about">
          {machine === null ? null : <span>{machine}</span>}
          <span>{call.subject}</span>
          <span className="ring-seconds">{i18n._('waiting for {seconds} s', { seconds })}</span>
          {more === 0 ? null : (
            <span>{i18n._('{more, plural, one {# more call} other {# more calls}}', { more })}</span>
          )}
        </p>
      </div>
      <div className="ring-deeds">
        <Button
          size="lg"
          color="red"
          leftSection={<IconHangUp size={22} />}
          onClick={() => void decline()}
          aria-keyshortcuts="Alt+Backspace"
          title={i18n._('Decline (Alt + Backspace)')}
        >
          {i18n._('Decline')}
        </Button>
        <Button
          size="lg"
          color="green"
          leftSection={<IconCall size={22} />}
          onClick={() => void answer()}
          aria-keyshortcuts="Alt+Enter"
          title={i18n._('Answer (Alt + Enter)')}
        >
          {i18n._('Answer')}
        </Button>
      </div>
      {sound === 'blocked' ? (
        <p className="ring-note" role="status">
          {i18n._('Your browser keeps this page silent until you click in it. Click anywhere to hear it ring.')}
        </p>
      ) : null}
      <AskForNotices />
    </section>
  );
}

/** Sound, title and system notice as long as it rings here. */
function useAlarm(call: RingingCall): SoundState {
  const [state, setState] = useState<SoundState>('silent');
  const { sessionId, caller, code } = call;
  useEffect(() => {
    const end = new AbortController();
    const sound = ringAloud(end.signal);
    setState(sound.get());
    const stop = sound.subscribe(() => setState(sound.get()));
    const title = i18n._('{caller} is calling', { caller });
    blinkTitle(end.signal, title);
    noticeOutside(end.signal, { tag: sessionId, title, text: code.name });
    return () => {
      stop();
      end.abort();
    };
  }, [sessionId, caller, code.name]);
  return state;
}

/** From anywhere on the page, also out of a field: with Alt, so that nobody answers by typing on. */
function useRingKeys(answer: () => Promise<void>, decline: () => Promise<void>): void {
  useEffect(() => {
    const life = new AbortController();
    const hear = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
      const deed = event.key === 'Enter' ? answer : event.key === 'Backspace' ? decline : null;
      if (deed === null) return;
      event.preventDefault();
      event.stopPropagation();
      void deed();
    };
    window.addEventListener('keydown', hear, { signal: life.signal, capture: true });
    return () => life.abort();
  });
}

/** Once per browser: whether calls may be shown while another window is in front. */
function AskForNotices() {
  const [asked, setAsked] = useState(
    () => typeof Notification === 'undefined' || Notification.permission !== 'default',
  );
  if (asked) return null;
  return (
    <p className="ring-note">
      <button
        type="button"
        className="ring-allow"
        onClick={() => {
          setAsked(true);
          void Notification.requestPermission();
        }}
      >
        {i18n._('Show calls also while another window is in front')}
      </button>
    </p>
  );
}
