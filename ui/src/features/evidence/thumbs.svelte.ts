/** Small pictures of pieces, asked for one at a time, so that what is clicked meanwhile does not wait for all of them. */
import type { PictureView } from '../../backend';

/** Pictures that are kept; what was not seen for longest goes first. */
const KEPT = 200;

export class Thumbs {
  #data = $state.raw<ReadonlyMap<number, string>>(new Map());
  #asked = new Set<number>();
  #waiting: [number, () => Promise<PictureView>][] = [];
  #busy = false;

  of(id: number): string | null {
    return this.#data.get(id) ?? null;
  }

  want(id: number, ask: () => Promise<PictureView>): void {
    if (this.#asked.has(id)) return;
    this.#asked.add(id);
    this.#waiting.push([id, ask]);
    void this.#next();
  }

  async #next(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let one = this.#waiting.shift(); one; one = this.#waiting.shift()) {
      const [id, ask] = one;
      try {
        const { data } = await ask();
        const kept = [...this.#data].slice(-(KEPT - 1));
        for (const [gone] of [...this.#data].slice(0, -(KEPT - 1))) this.#asked.delete(gone);
        this.#data = new Map([...kept, [id, data]]);
      } catch {
        // What cannot be pictured shows its kind.
      }
    }
    this.#busy = false;
  }
}
