/** What outlives a lock, which begins the page anew: the language and the theme, in the page's address. Nothing of an exam. */

const read = (): URLSearchParams => new URLSearchParams(location.hash.replace(/^#/, ''));

export const recall = (key: 'language' | 'theme'): string | null => read().get(key);

export function remember(key: 'language' | 'theme', value: string): void {
  const all = read();
  all.set(key, value);
  history.replaceState(null, '', `#${all.toString()}`);
}
