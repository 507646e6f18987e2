/** How the invented host judges a passphrase: by its different characters, which is enough to look at. */
import type { StrengthView } from '../bindings';

export function strengthOf(passphrase: string): StrengthView {
  const letters = [...passphrase];
  const han = letters.filter((letter) => /\p{Script=Han}/u.test(letter)).length;
  const missing = han >= 8 ? 0 : Math.max(0, (han * 2 > letters.length ? 8 : 12) - letters.length);
  const different = new Set(letters).size;
  const score = [4, 6, 8, 12].filter((n) => different >= n).length;
  return {
    score,
    missing,
    too_long: false,
    taken: missing === 0 && score >= 2,
    warning: letters.length > 3 && different < 3 ? 'repeats' : null,
    advice: score < 2 ? ['more_words'] : []
  };
}
