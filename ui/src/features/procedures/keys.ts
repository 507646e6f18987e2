/** The keys that dispose of an exception. */
import type { DispositionWord } from '../../backend';

export const DISPOSITION_KEYS: Record<DispositionWord, string> = {
  confirmed: 'c',
  explained: 'e',
  false_positive: 'x',
  open: 'o'
};

export function kindOfKey(key: string): DispositionWord | null {
  const found = Object.entries(DISPOSITION_KEYS).find(([, letter]) => letter === key);
  return found ? (found[0] as DispositionWord) : null;
}
