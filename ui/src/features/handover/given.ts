/** A package that somebody opened from the desktop: the window was started with it. */
import { givenFile } from '../../backend';
import { desk } from '../../shared/state/desk.svelte';

let path = '';

/** Opens the window that takes in, where there is such a file. The host gives it once. */
export async function takeGiven(): Promise<void> {
  path = (await givenFile()) ?? '';
  if (path !== '') desk.floating = 'take-in';
}

/** The file, once; empty where there is none. */
export function given(): string {
  const file = path;
  path = '';
  return file;
}
