import { type RefObject, useEffect, useRef } from 'react';
import type { ParticipantId } from '#contract/ids.ts';
import { useStore } from '#web/state/use-store.ts';
import * as css from './annotation.module.css';
import { Dock } from './dock.tsx';
import { Palette } from './palette.tsx';
import { PhoneBar } from './phone-bar.tsx';
import type { Studio } from './studio.ts';
import { TextEntry } from './text-entry.tsx';

interface OverProps {
  readonly studio: Studio;
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly participantId: ParticipantId;
  readonly own: boolean;
  readonly mirrored: boolean;
}

/** What lies over the picture on stage: the frame with its drawings, what is on its way, the tools. */
export function Over({ studio, video, participantId, own, mirrored }: OverProps) {
  const ground = useRef<HTMLCanvasElement>(null);
  const glass = useRef<HTMLCanvasElement>(null);
  const { on, choice } = useStore(studio.tools.tools);
  useEffect(() => {
    if (video.current === null || ground.current === null || glass.current === null) return;
    const life = new AbortController();
    const elements = { video: video.current, ground: ground.current, glass: glass.current };
    studio.show(life.signal, elements, { participantId, mirrored });
    return () => life.abort();
  }, [studio, video, participantId, mirrored]);
  return (
    <>
      <canvas ref={ground} className={css.ground} />
      <canvas ref={glass} className={css.glass} data-drawing={on} data-tool={choice} />
      <TextEntry studio={studio} />
      <Dock studio={studio} own={own} />
      <PhoneBar studio={studio} />
      {on ? (
        <div className={css.beside}>
          <Palette studio={studio} />
        </div>
      ) : null}
    </>
  );
}
