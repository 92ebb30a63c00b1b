/** Marks that this device keeps files that are not on the server yet: pages load what sends them only then. */
const KEY = 'sightglass.keeps-files';

/** Whether something is kept, as far as this device remembers. */
export function keepsFiles(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

/** Remembers whether something is kept. */
export function markKeptFiles(some: boolean): void {
  try {
    if (some) localStorage.setItem(KEY, 'yes');
    else localStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing has kept no files either.
  }
}
