/** Lengths in bytes and milliseconds. */
export const recordingLimits = {
  /** 4 hours at 3 Mbit/s. */
  partBytes: 5_400_000_000,
  partsPerRecording: 50,
  recordingsPerSession: 50,
  /** Of one PATCH: some seconds, after a lost connection. */
  patchBytes: 16_000_000,
  /** For which one PATCH is taken in; then it is asked anew whether it may go on: a right may be gone, a login be over. */
  patchMs: 10_000,
  /** A part whose recorder is silent for this long has ended; somebody else may carry on. */
  silenceMs: 8_000,
  /** How long an interrupted recording waits to be carried on before it is finished, unless the operator says otherwise. */
  carryOnMs: 60_000,
  /** How long a link to a file is good. */
  linkMs: 10 * 60_000,
} as const;
