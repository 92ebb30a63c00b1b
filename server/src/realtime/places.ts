/** Hands out so many places per address at the same time. */
export interface Places {
  /** Takes one and returns what gives it back; null when all of the address are taken. */
  take(address: string): (() => void) | null;
}

/** A book of places, all free; an address without a taken one is not in it. */
export function openPlaces(perAddress: number): Places {
  const taken = new Map<string, number>();
  return {
    take(address) {
      const before = taken.get(address) ?? 0;
      if (before >= perAddress) return null;
      taken.set(address, before + 1);
      return () => {
        const left = (taken.get(address) ?? 0) - 1;
        if (left > 0) taken.set(address, left);
        else taken.delete(address);
      };
    },
  };
}
