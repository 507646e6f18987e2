/**
 * Scrolling over any number of rows. A browser cannot make an element of more than some 33 million pixels, and loses
 * exact positions long before. So the rows are placed by a number of our own (`y`), and the scroll bar, of at most
 * `LONGEST` pixels, only follows it. Small moves (wheel, page, arrow) count pixel by pixel; a leap (the thumb dragged) goes
 * to the same share of the rows. Both ends are exact.
 */

/** Longest scroll bar in pixels; up to it the bar is as long as the rows. */
export const LONGEST = 4_000_000;

const clamp = (n: number, low: number, high: number): number => Math.min(high, Math.max(low, n));

export class Track {
  #rows = 0;
  #height = 1;
  #view = 0;
  #y = 0;
  /** Where the bar was last seen. */
  #bar = 0;

  /** Pixels of the rows above the first one in sight. */
  get y(): number {
    return this.#y;
  }

  /** Largest `y`: the last row ends at the lower edge. */
  get most(): number {
    return Math.max(0, this.#rows * this.#height - this.#view);
  }

  /** Length of what the bar scrolls, in pixels. */
  get length(): number {
    return Math.min(this.#rows * this.#height, Math.max(LONGEST, this.#view));
  }

  /** Largest position of the bar. */
  get #end(): number {
    return Math.max(0, this.length - this.#view);
  }

  /** The bar is as long as the rows. */
  get #true(): boolean {
    return this.#rows * this.#height <= Math.max(LONGEST, this.#view);
  }

  /** Takes the number of rows, their height and the height in sight; returns where the bar belongs. */
  fit(rows: number, height: number, view: number): number {
    this.#rows = rows;
    this.#height = height;
    this.#view = view;
    return this.go(this.#y);
  }

  /** Goes to a position; returns where the bar belongs. */
  go(y: number): number {
    this.#y = clamp(Math.round(y), 0, this.most);
    this.#bar = this.#belongs();
    return this.#bar;
  }

  /** The bar was moved by hand. Returns where it must be put at once, `null` when it may stay. */
  moved(bar: number): number | null {
    const step = bar - this.#bar;
    this.#bar = bar;
    if (this.#true) this.#y = clamp(Math.round(bar), 0, this.most);
    else if (Math.abs(step) < 1) return null;
    else if (Math.abs(step) < Math.min(1500, 1.5 * this.#view)) this.#y = clamp(this.#y + step, 0, this.most);
    else this.#y = this.#end > 0 ? clamp(Math.round((bar / this.#end) * this.most), 0, this.most) : 0;
    const stuck = (bar <= 0 && this.#y > 0) || (bar >= this.#end && this.#y < this.most);
    return stuck ? this.settle() : null;
  }

  /** The bar came to rest; returns where it belongs. */
  settle(): number {
    this.#bar = this.#belongs();
    return this.#bar;
  }

  /** The browser rounded what it was told. */
  seen(bar: number): void {
    this.#bar = bar;
  }

  /** At an end of the bar only when at that end of the rows, so that it can always be moved on. */
  #belongs(): number {
    if (this.#true || this.most === 0) return this.#y;
    if (this.#y === 0) return 0;
    if (this.#y === this.most) return this.#end;
    return clamp(Math.round((this.#y / this.most) * this.#end), 1, this.#end - 1);
  }

  /** First and last row of which anything is in sight; last < first when there is none. */
  get window(): { first: number; last: number } {
    const first = Math.floor(this.#y / this.#height);
    const last = Math.ceil((this.#y + this.#view) / this.#height) - 1;
    return { first, last: Math.min(this.#rows - 1, last) };
  }

  /** Where to go so that a row is wholly in sight: no further than needed, in the middle after a leap. */
  reveal(row: number): number {
    const top = row * this.#height;
    // A view that is lower than a row, or not there yet, shows its top.
    const low = Math.min(top, top + this.#height - this.#view);
    if (top >= this.#y && low <= this.#y) return this.#y;
    const leap = top < this.#y - this.#view || low > this.#y + this.#view;
    if (leap) return clamp(Math.round(top - (this.#view - this.#height) / 2), 0, this.most);
    return clamp(top < this.#y ? top : low, 0, this.most);
  }
}
