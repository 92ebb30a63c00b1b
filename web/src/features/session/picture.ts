import type { Presence } from '#contract/session/http.ts';
import type { Condition } from '#core/call/index.ts';

/** What is known of one person's picture. */
export interface PictureFacts {
  readonly own: boolean;
  readonly camera: 'on' | 'off' | 'none' | 'opening' | 'unknown';
  /** How the connection to them stands; null before there is one, and for oneself. */
  readonly condition: Condition | null;
  readonly presence: Presence;
}

/**
 * What is to be said over a picture; `fine` says nothing.
 * `away`: their browser is gone for the moment. `interrupted`: they are there, the picture is on its way back.
 */
export type Picture =
  | 'fine'
  | 'connecting'
  | 'interrupted'
  | 'away'
  | 'failed'
  | 'opening'
  | 'camera-off'
  | 'no-camera';

/**
 * A picture that comes is fine whatever the server thinks of its sender: the call goes on while the server is away.
 * Only when the connection between the browsers is down, presence tells why.
 */
export function pictureOf({ own, camera, condition, presence }: PictureFacts): Picture {
  if (!own && condition !== 'connected') {
    if (presence !== 'here') return 'away';
    if (condition === 'failed') return 'failed';
    return condition === 'reconnecting' ? 'interrupted' : 'connecting';
  }
  if (camera === 'opening') return 'opening';
  if (camera === 'off') return 'camera-off';
  if (camera === 'none') return 'no-camera';
  return 'fine';
}
