/**
 * A reason not to start that a person can act on. Its message is one whole sentence: it is printed alone, without a
 * stack, and the process ends with exit code 1.
 */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

/** The `code` of a Node or Postgres error (`EACCES`, `28P01`), or an empty string. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** What an unknown thrown thing says. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
