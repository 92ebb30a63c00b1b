import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { Database } from './database/pool.ts';
import type { SessionListener, TicketListener } from './database/transact.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Mails } from './mail/mails.ts';
import type { FileStorage } from './ports/storage.ts';
import type { Room } from './realtime/rooms.ts';
import type { TellNow } from './realtime/tell.ts';

/** What every feature gets from the composition; a feature keeps nothing else from outside. */
export interface FeatureParts {
  readonly config: Config;
  readonly database: Database;
  readonly log: Logger;
  readonly clock: () => Date;
  readonly tell: TellNow;
  readonly storage: FileStorage;
  readonly jobs: Jobs;
  readonly mails: Mails;
  /** Features add theirs while they are registered. */
  readonly sessionListeners: SessionListener[];
  readonly ticketListeners: TicketListener[];
  /** Ends the sockets in a room, because what they may hear has changed. */
  readonly disconnect: (room: Room) => void;
  /** Whether any page is in the room right now. */
  readonly isHeard: (room: Room) => boolean;
  /** Puts everybody out of a room; their connections stay. */
  readonly empty: (room: Room) => void;
  /** The origin that phones reach this server at, such as https://192.168.1.20:8443; QR codes carry it. */
  readonly phoneOrigin: () => string;
  /** Ends with the server. */
  readonly signal: AbortSignal;
}
