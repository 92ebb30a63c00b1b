import type { ComponentType, ReactNode } from 'react';
import type { RecordHost } from './record.ts';

/** What stands in the place of a session that is asked for, planned, called for, or never took place. */
export interface AheadProps {
  readonly host: RecordHost;
  /** The way to where this person came from. */
  readonly back: ReactNode;
  /** Opens camera and microphone before joining; null once the session is over. */
  readonly prepare: (() => void) | null;
  /** One's own picture with its switches and troubles, where camera and microphone are open already. */
  readonly ownPicture: ReactNode;
  /** What to show where this page knows nothing more about the session. */
  readonly otherwise: ReactNode;
}

/** Loads its file; the composition knows which. */
export type LoadAhead = () => Promise<{ readonly SessionAhead: ComponentType<AheadProps> }>;
