import { i18n } from '@lingui/core';
import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef } from 'react';
import { accepted, type Outcome } from '#contract/errors.ts';
import { linkRecording, type Recording } from '#contract/recording/http.ts';
import { formatDuration } from '#core/session/duration.ts';
import type { Ask } from '#web/http/client.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { regionTag } from '#web/i18n.ts';
import { useStore } from '#web/state/use-store.ts';
import { Button, IconButton } from '#web/ui/button.tsx';
import { IconSpeaker } from '#web/ui/call-icons.tsx';
import { IconRetry } from '#web/ui/icons.tsx';
import { ChapterList } from './chapter-list.tsx';
import { type Chapter, chapterAt } from './chapters.ts';
import { IconPause, IconPlay, IconSilent, IconWhole } from './icons.tsx';
import { createPlayerModel, type FileLink, type PlayerModel, type PlayerState, SPEEDS } from './player-model.ts';
import * as css from './record.module.css';

interface PlayerProps {
  readonly ask: Ask;
  readonly recording: Recording;
  readonly chapters: readonly Chapter[];
  /** What it is called for those who don't see it. */
  readonly label: string;
}

/** Plays a recording, with the transcript as chapters beside it. */
export function Player({ ask, recording, chapters, label }: PlayerProps) {
  const { id, durationMs } = recording;
  const frame = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const player = useMemo(
    () => createPlayerModel({ lengthMs: durationMs ?? 0, link: () => askForLink(ask, id), now: Date.now }),
    [ask, id, durationMs],
  );
  useEffect(() => {
    const life = new AbortController();
    if (video.current !== null) player.attach(life.signal, video.current);
    return () => life.abort();
  }, [player]);
  const state = useStore(player.state);
  const current = chapterAt(chapters, state.ms);
  return (
    <div className={css.watch}>
      <div className={css.side} data-chapters={chapters.length > 0}>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this groups a video with its controls */}
        <div
          ref={frame}
          className={css.player}
          role="group"
          aria-label={label}
          onKeyDown={(event) => hearKey(event, player, frame)}
        >
          <div className={css.picture}>
            {/* biome-ignore lint/a11y/useMediaCaption: what was said is in the transcript beside */}
            <video ref={video} playsInline preload="metadata" onClick={player.toggle} />
            <Over state={state} player={player} />
          </div>
          <Controls state={state} player={player} chapters={chapters} frame={frame} />
        </div>
        {chapters.length === 0 ? null : <ChapterList chapters={chapters} current={current} onChoose={player.seek} />}
      </div>
    </div>
  );
}

/** A fresh link, with its end by this computer's clock: half of its life is safe even where that one is wrong. */
export async function askForLink(ask: Ask, recordingId: Recording['id']): Promise<Outcome<FileLink>> {
  const answer = await ask(linkRecording, { params: { recordingId } });
  if (!answer.ok) return answer;
  const { watch, download, until } = answer.value;
  return accepted({ watch, download, until: Date.parse(until) });
}

/** What is to be said over the picture: that it is loading, or why it can't be played. */
function Over({ state, player }: { state: PlayerState; player: PlayerModel }) {
  if (state.at === 'failed')
    return (
      <div className={css.overPicture} role="alert">
        <p>
          {state.refusal === null
            ? i18n._('This browser cannot play the recording. It can still be downloaded.')
            : refusalWords(state.refusal)}
        </p>
        <Button icon={<IconRetry size={20} />} onClick={player.retry}>
          {i18n._('Try again')}
        </Button>
      </div>
    );
  if (state.at !== 'ready' || state.waiting)
    return (
      <div className={css.overPicture} role="status" aria-label={i18n._('Loading')}>
        <span className={css.turning} />
      </div>
    );
  if (state.playing) return null;
  return (
    <button type="button" className={css.bigPlay} aria-hidden="true" tabIndex={-1} onClick={player.toggle}>
      <IconPlay size={40} />
    </button>
  );
}

function Controls({
  state,
  player,
  chapters,
  frame,
}: {
  state: PlayerState;
  player: PlayerModel;
  chapters: readonly Chapter[];
  frame: RefObject<HTMLDivElement | null>;
}) {
  const { ms, lengthMs, playing, volume, muted } = state;
  const off = state.at !== 'ready';
  const share = (at: number) => `${lengthMs === 0 ? 0 : Math.min(100, (at / lengthMs) * 100)}%`;
  const silent = muted || volume === 0;
  return (
    <div className={css.bar}>
      <IconButton
        label={playing ? i18n._('Pause') : i18n._('Play')}
        icon={playing ? <IconPause /> : <IconPlay />}
        disabled={off}
        onClick={player.toggle}
      />
      <span className={css.seek}>
        <span className={css.marks} aria-hidden="true">
          {chapters.map(({ event, ms: at }) => (
            <i key={event.seq} style={{ left: share(at) }} />
          ))}
        </span>
        <input
          type="range"
          min={0}
          max={lengthMs}
          step={100}
          value={ms}
          disabled={off}
          aria-label={i18n._('Position')}
          aria-valuetext={i18n._('{at} of {length}', { at: formatDuration(ms), length: formatDuration(lengthMs) })}
          onChange={(event) => player.seek(Number(event.currentTarget.value))}
        />
      </span>
      <span className={css.time}>
        {formatDuration(ms)} / {formatDuration(lengthMs)}
      </span>
      <select
        className={css.speed}
        aria-label={i18n._('Speed')}
        value={String(state.speed)}
        onChange={(event) => player.setSpeed(Number(event.currentTarget.value))}
      >
        {SPEEDS.map((speed) => (
          <option key={speed} value={String(speed)}>
            {`${speed.toLocaleString(regionTag())} ×`}
          </option>
        ))}
      </select>
      <span className={css.loudness}>
        <IconButton
          label={silent ? i18n._('Switch the sound on') : i18n._('Switch the sound off')}
          icon={silent ? <IconSilent /> : <IconSpeaker />}
          onClick={player.toggleMuted}
        />
        <input
          type="range"
          min={0}
          max={1}
          step={0.05}
          value={muted ? 0 : volume}
          aria-label={i18n._('Volume')}
          onChange={(event) => player.setVolume(Number(event.currentTarget.value))}
        />
      </span>
      <IconButton label={i18n._('Full screen')} icon={<IconWhole />} onClick={() => toggleWhole(frame.current)} />
    </div>
  );
}

const STEP_MS = 5_000;

/** The keys that people know from other players, while the focus is inside. */
function hearKey(event: KeyboardEvent, player: PlayerModel, frame: RefObject<HTMLDivElement | null>): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const at = event.target;
  // A button takes its space bar, a choice its arrows.
  if (event.key === ' ' && at instanceof HTMLButtonElement) return;
  if (at instanceof HTMLSelectElement) return;
  const { volume, lengthMs } = player.state.get();
  const deeds: Readonly<Record<string, () => void>> = {
    ' ': player.toggle,
    k: player.toggle,
    arrowleft: () => player.skip(-STEP_MS),
    arrowright: () => player.skip(STEP_MS),
    arrowup: () => player.setVolume(volume + 0.1),
    arrowdown: () => player.setVolume(volume - 0.1),
    home: () => player.seek(0),
    end: () => player.seek(lengthMs),
    '<': () => player.stepSpeed(-1),
    '>': () => player.stepSpeed(1),
    m: player.toggleMuted,
    f: () => toggleWhole(frame.current),
  };
  const deed = deeds[event.key.toLowerCase()];
  if (deed === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  deed();
}

function toggleWhole(element: HTMLElement | null): void {
  // Where a browser has no full screen (an iPhone), the picture stays as it is.
  if (document.fullscreenElement !== null) void document.exitFullscreen();
  else void element?.requestFullscreen?.().catch(() => undefined);
}
