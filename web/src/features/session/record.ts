import type { ComponentType, ReactNode } from 'react';
import type { Ask } from '#web/http/client.ts';
import type { SessionModel } from './session-model.ts';

/** What the record of a session, after its end, is made from. */
export interface RecordHost {
  readonly ask: Ask;
  /** How the page's requests say who is speaking. */
  readonly speaker: { readonly as?: 'code' };
  readonly facts: SessionModel;
  /** The session's description is out of date: asks for it anew. */
  reread(): void;
}

export interface RecordProps {
  readonly host: RecordHost;
  /** The way to where this person came from. */
  readonly back: ReactNode;
}

/** Loads the record's file; the composition knows which. */
export type LoadRecord = () => Promise<{ readonly SessionRecord: ComponentType<RecordProps> }>;
