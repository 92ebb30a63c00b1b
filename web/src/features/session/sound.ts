import { playThrough } from '#web/call/index.ts';
import { createStore, type Readable } from '#web/state/store.ts';

/** The others' voices, played by elements of their own. */
export interface Sound {
  /** The browser plays nothing until the person has touched the page. */
  readonly blocked: Readable<boolean>;
  /** Plays a stream until the returned function is called. */
  play(stream: MediaStream, speakerId: string): () => void;
  /** The person wants to hear: call it from their tap. */
  unblock(): void;
  /** All through another speaker. */
  moveTo(speakerId: string): void;
}

/** As much of an audio element as is needed. */
type Player = Pick<HTMLAudioElement, 'play' | 'pause' | 'srcObject'>;

/** Makes the player; `make` gives elements, which need not be in the page to be heard. */
export function createSound(
  make: () => Player = () => new Audio(),
  aim: (player: Player, speakerId: string) => void = (player, id) => {
    if (player instanceof HTMLMediaElement) void playThrough(player, id);
  },
): Sound {
  const blocked = createStore(false);
  const players = new Set<Player>();

  const begin = (player: Player) => {
    player.play().catch((error: unknown) => {
      // Anything else (the stream went, the element was paused) repairs itself with the next stream.
      if (error instanceof DOMException && error.name === 'NotAllowedError' && players.has(player)) blocked.set(true);
    });
  };

  return {
    blocked,
    play(stream, speakerId) {
      const player = make();
      players.add(player);
      player.srcObject = stream;
      aim(player, speakerId);
      begin(player);
      return () => {
        players.delete(player);
        player.pause();
        player.srcObject = null;
        if (players.size === 0) blocked.set(false);
      };
    },
    unblock() {
      blocked.set(false);
      for (const player of players) begin(player);
    },
    moveTo(speakerId) {
      for (const player of players) aim(player, speakerId);
    },
  };
}
