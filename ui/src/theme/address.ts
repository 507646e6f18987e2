/** What outlives a lock, which begins the page anew: the language and the theme with its contrast, in the page's address. Nothing of an exam. */

const read = (): URLSearchParams => new URLSearchParams(location.hash.replace(/^#/, ''));

export const recall = (key: 'language' | 'theme' | 'contrast'): string | null => read().get(key);

export function remember(key: 'language' | 'theme' | 'contrast', value: string): void {
  const all = read();
  all.set(key, value);
  history.replaceState(null, '', `#${all.toString()}`);
}
