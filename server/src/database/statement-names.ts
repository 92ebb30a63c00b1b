/** A database keeps every named statement as long as the connection lives: what is made of parts has no end of texts. */
const MOST = 1_000;
const LONGEST = 4_000;

const names = new Map<string, string>();

/**
 * The query as `pg` takes it, with a name if its text can come again: one with values, which is how ours are written. What has no
 * values may be several statements, which can't have a name.
 */
export function named(query: unknown, values: unknown): unknown {
  if (!Array.isArray(values) || values.length === 0) return query;
  if (typeof query === 'string') return nameFor(query, { text: query });
  if (typeof query !== 'object' || query === null || !('text' in query) || 'submit' in query) return query;
  if (('name' in query && query.name !== undefined) || typeof query.text !== 'string') return query;
  return nameFor(query.text, query);
}

function nameFor(text: string, query: object): object {
  const known = names.get(text);
  if (known !== undefined) return { ...query, name: known };
  if (names.size >= MOST || text.length > LONGEST) return query;
  const name = `s${names.size}`;
  names.set(text, name);
  return { ...query, name };
}
