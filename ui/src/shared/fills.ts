/** How the parts of bars are filled. */

/** By pattern first, so that it reads in black and white. */
export type Fill = 'solid' | 'hatch' | 'light' | 'dots' | 'cross' | 'lines' | 'empty';

/** Part of a bar. */
export interface Part {
  fill: Fill;
  n: number;
}
