/** How the parts of bars are filled. */
import type { SeverityWord } from '../backend';

/** By pattern first, so that it reads in black and white. */
export type Fill = 'solid' | 'hatch' | 'light' | 'dots' | 'cross' | 'lines' | 'empty';

/** Part of a bar. */
export interface Part {
  fill: Fill;
  n: number;
}

export const SEVERITY_FILLS: Record<SeverityWord, Fill> = {
  critical: 'solid',
  high: 'hatch',
  medium: 'dots',
  low: 'lines'
};
