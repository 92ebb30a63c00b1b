/** Things to close in the end, the last opened first. */
export class Closing {
  readonly #works: (() => Promise<void> | void)[] = [];

  /** Remembers to do this when closing. */
  add(work: () => Promise<void> | void): void {
    this.#works.push(work);
  }

  /** Closes everything, also when closing one of them fails; the failures come back. */
  async run(): Promise<unknown[]> {
    const failures: unknown[] = [];
    for (let work = this.#works.pop(); work !== undefined; work = this.#works.pop()) {
      try {
        await work();
      } catch (error) {
        failures.push(error);
      }
    }
    return failures;
  }
}
