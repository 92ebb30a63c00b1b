/** Why there is no picture or no sound from this device, as far as the browser tells. */
export type Reason =
  /** The person or the system refused it. */
  | 'denied'
  /** There is no such device. */
  | 'missing'
  /** Another program has it. */
  | 'in-use'
  /** The page did not come over https. */
  | 'insecure'
  /** The browser cannot do it at all. */
  | 'no-support'
  /** It was there and went away. */
  | 'unplugged'
  | 'unknown';

const REASONS: Readonly<Record<string, Reason>> = {
  NotAllowedError: 'denied',
  PermissionDeniedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  DevicesNotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'in-use',
  TrackStartError: 'in-use',
  AbortError: 'in-use',
};

/** The reason behind what getUserMedia threw. */
export function reasonOf(error: unknown): Reason {
  const name = typeof error === 'object' && error !== null && 'name' in error ? error.name : null;
  return (typeof name === 'string' ? REASONS[name] : undefined) ?? 'unknown';
}
