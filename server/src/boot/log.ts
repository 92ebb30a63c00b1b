import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';
import type { Config } from '../config.ts';

/**
 * The server's log. What a query was asked with stays out of it: when the database fails those values are addresses'
 * secrets, hashes of passwords and cookies, and what people wrote to each other.
 */
export function openLog(level: Config['logLevel'], to?: DestinationStream): Logger {
  const options = { level, base: null, serializers: { err: withoutValues } };
  return to === undefined ? pino(options) : pino(options, to);
}

/** Drizzle puts the values into the message, Postgres the row into `detail` and the value into `where`. */
const valued = new Set(['params', 'detail', 'where', 'hint', 'aggregateErrors']);

function withoutValues(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const secrets = valuesIn(error);
  const told: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(stdSerializers.err(error))) {
    if (valued.has(key)) continue;
    told[key] = typeof value === 'string' ? secrets.reduce((text, one) => text.replaceAll(one, ''), value) : value;
  }
  return told;
}

/** The lines with values in the messages of an error and its causes; the stack repeats them. */
function valuesIn(error: Error): string[] {
  const found: string[] = [];
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const start = 'params' in at && 'query' in at ? at.message.indexOf('\nparams:') : -1;
    if (start >= 0) found.push(at.message.slice(start));
  }
  return found;
}
