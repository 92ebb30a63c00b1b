/** Deterministic random numbers in 0..1 (mulberry32, public domain, Tommy Ettinger). */
export function random(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** FNV-1a of a name: the seed of everything that is called by it. */
export function seedOf(name: string): number {
  let h = 2166136261;
  for (const c of name) h = Math.imul(h ^ c.charCodeAt(0), 16777619);
  return h >>> 0;
}

export type Curve = (t: number) => number;

const ease = (x: number): number => {
  const k = Math.max(0, Math.min(1, x));
  return k * k * (3 - 2 * k);
};

/** Smooth curve through (time, value) pairs, constant outside. */
export function knots(...pairs: readonly (readonly [number, number])[]): Curve {
  return (t) => {
    const next = pairs.findIndex(([time]) => t <= time);
    const last = pairs.at(-1)?.[1] ?? 0;
    if (next < 0) return last;
    const [t1, v1] = pairs[next] ?? [0, 0];
    const [t0, v0] = pairs[next - 1] ?? [t1, v1];
    return t1 === t0 ? v1 : v0 + (v1 - v0) * ease((t - t0) / (t1 - t0));
  };
}

/** Sum of sinusoids, (frequency Hz, amplitude) each, frequencies within 20 %, phases by the seed: the tremor of a hand. */
export function wobble(seed: number, ...parts: readonly (readonly [number, number])[]): Curve {
  const next = random(seed);
  const waves = parts.map(([f, a]) => ({ f: f * (0.8 + 0.4 * next()), a, phase: next() * 2 * Math.PI }));
  return (t) => waves.reduce((sum, w) => sum + w.a * Math.sin(2 * Math.PI * w.f * t + w.phase), 0);
}

/** Percentile by linear interpolation; NaN of nothing. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = Float64Array.from(values).sort();
  const k = ((sorted.length - 1) * p) / 100;
  const i = Math.floor(k);
  const low = sorted[i];
  if (low === undefined) return Number.NaN;
  const high = sorted[Math.min(i + 1, sorted.length - 1)] ?? low;
  return high === low ? low : low + (high - low) * (k - i);
}

export const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
