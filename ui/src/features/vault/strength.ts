/** A hint about a passphrase. Length is what counts; the host refuses what is too short. */

export const MIN_LENGTH = 12;

export interface Strength {
  length: number;
  /** Characters that are still missing. */
  left: number;
  /** Long and not made of a few repeated characters. */
  good: boolean;
}

export function strength(passphrase: string): Strength {
  const letters = [...passphrase];
  const length = letters.length;
  const left = Math.max(0, MIN_LENGTH - length);
  return { length, left, good: length >= 16 && new Set(letters).size >= 8 };
}
