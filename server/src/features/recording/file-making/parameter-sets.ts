/**
 * H.264 as MP4 keeps it: the decoder's configuration (ISO/IEC 14496-15, avcC) stands once at the front of the file, units have
 * their length before them. Encoders of two browsers have two configurations.
 */

const LENGTH_BYTES = 4;

/** The parameter sets of a configuration, each with its length before it; null for one that is malformed or has other lengths. */
export function parameterSetsOf(avcc: Uint8Array): Uint8Array | null {
  const view = new DataView(avcc.buffer, avcc.byteOffset, avcc.byteLength);
  const sets: Uint8Array[] = [];
  try {
    if ((view.getUint8(4) & 3) + 1 !== LENGTH_BYTES) return null;
    let at = 5;
    for (const mask of [0x1f, 0xff]) {
      const many = view.getUint8(at) & mask;
      at += 1;
      for (let n = 0; n < many; n += 1) {
        const length = view.getUint16(at);
        const set = avcc.subarray(at + 2, at + 2 + length);
        if (set.length !== length) return null;
        sets.push(set);
        at += 2 + length;
      }
    }
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
  return withLengths(sets);
}

function withLengths(units: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(units.reduce((sum, unit) => sum + LENGTH_BYTES + unit.length, 0));
  const view = new DataView(joined.buffer);
  let at = 0;
  for (const unit of units) {
    view.setUint32(at, unit.length);
    joined.set(unit, at + LENGTH_BYTES);
    at += LENGTH_BYTES + unit.length;
  }
  return joined;
}

/** Bytes before other bytes. */
export function joinBytes(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}

export const areSameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);
