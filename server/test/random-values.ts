/** Values that nobody expects, from a seed: the same each time. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number below this. */
  below(end: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
}

/** A small generator (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (end: number) => Math.floor(next() * end);
  return { next, below, pick: (from) => from[below(from.length)] ?? from[0] };
}

const texts = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfffy',
  '\u202e\u2066',
  '\r\n\r\n',
  '<script>alert(1)</script>',
  "'; drop table ticket; --",
  '%00',
  '../../../etc/passwd',
  '{{7*7}}',
  '__proto__',
  'constructor',
  'NaN',
  '-0',
  '1e999',
  '2147483648',
  '99999999999',
  '9007199254740993',
  '2031-02-30T25:61:61Z',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '6e4e0b0e-58b4-4c1a-8a7e-0a3b6f7f9d11',
  '👩‍🔧'.repeat(50),
  'ß'.normalize('NFD'),
] as const;
const numbers = [0, -0, 1, -1, 0.5, 2 ** 31, -(2 ** 31), 2 ** 53, -(2 ** 53), 1e308, 5e-324] as const;

/** A text: strange, long, or of random units, halves of pairs among them. */
export function randomText(random: Random, longest = 10_000): string {
  const kind = random.below(4);
  if (kind === 0) return random.pick(texts).slice(0, longest);
  if (kind === 1) return random.pick(['a', '\u0000', '\ud800', '𝄞', '"\\']).repeat(random.below(longest / 2));
  const length = random.below(kind === 2 ? 20 : Math.min(200, longest));
  return Array.from({ length }, () => String.fromCharCode(random.below(65_536))).join('');
}

/** Any JSON value, of bounded size. */
export function randomValue(random: Random, longest = 10_000, depth = 0): unknown {
  switch (random.below(depth > 4 ? 4 : 9)) {
    case 0:
      return random.pick([null, true, false]);
    case 1:
      return random.pick(numbers);
    case 2:
    case 3:
      return randomText(random, longest);
    case 4:
      return nested(random.below(Math.min(1500, longest)));
    case 5:
      return Array.from({ length: random.below(Math.min(1000, longest / 10)) }, () => 0);
    case 6:
      return Array.from({ length: random.below(5) }, () => randomValue(random, longest / 5, depth + 1));
    case 7:
      return manyKeys(random.below(Math.min(500, longest / 30)));
    default:
      return Object.fromEntries(
        Array.from({ length: random.below(5) }, () => [
          randomText(random, 40),
          randomValue(random, longest / 5, depth + 1),
        ]),
      );
  }
}

/** One thing in another in another. */
function nested(depth: number): unknown {
  let value: unknown = 0;
  for (let at = 0; at < depth; at++) value = at % 2 === 0 ? [value] : { a: value };
  return value;
}

const manyKeys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`key${at}`, at]));

/** A good thing with one part of it, at any depth, turned into something else, taken away, or joined by a stranger. */
export function spoil(random: Random, good: unknown, longest = 10_000): unknown {
  if (typeof good !== 'object' || good === null || random.below(6) === 0) return randomValue(random, longest);
  const entries = Object.entries(good);
  if (entries.length === 0 || random.below(8) === 0) {
    return { ...good, [randomText(random, 30)]: randomValue(random, longest) };
  }
  const [key, value] = entries[random.below(entries.length)] ?? ['', null];
  if (Array.isArray(good)) return good.map((one: unknown) => (one === value ? spoil(random, one, longest) : one));
  const { [key]: _gone, ...rest } = Object.fromEntries(entries);
  return random.below(5) === 0 ? rest : { ...rest, [key]: spoil(random, value, longest) };
}
