/** The one door to the host. Everything else in the window calls these functions and knows no host. */
import type { Backend, CommandName, Unlisten } from './backend';
import type { Commands, ErrorView } from './bindings';
import { Held } from './held';
import { tauriBackend } from './tauri';

export type * from './bindings';

/** Set by the build: false in the program that is shipped, which has no invented answers in it. */
declare const __FAKE_BACKEND__: boolean;

let backend: Backend = tauriBackend;
let locked: () => void = () => {};
let held = new Held();

/** Chooses the host; call it once, before the window is shown. */
export async function startBackend(): Promise<void> {
  if (__FAKE_BACKEND__ && !('__TAURI_INTERNALS__' in window)) backend = (await import('./fake')).makeFake();
}

/** Takes another host, for tests. */
export function useBackend(other: Backend): void {
  backend = other;
  held = new Held();
}

/** Says what to do when the host answers that the vault was locked meanwhile. */
export function onLocked(listener: () => void): void {
  locked = listener;
}

/** Anything thrown, as the two lines that the window shows. */
export function asError(thrown: unknown): ErrorView {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'message' in thrown) {
    const { code, message, hint } = thrown as Partial<ErrorView>;
    return { code: String(code), message: String(message), hint: String(hint ?? '') };
  }
  return { code: 'internal', message: String(thrown instanceof Error ? thrown.message : thrown), hint: '' };
}

/** Runs a command; throws an `ErrorView`. */
export async function call<K extends CommandName>(
  name: K,
  request: Commands[K]['request']
): Promise<Commands[K]['view']> {
  try {
    return await held.run(name, () => backend.call(name, request));
  } catch (thrown) {
    const error = asError(thrown);
    if (error.code === 'locked') {
      held.forget();
      locked();
    }
    throw error;
  }
}

const question = (name: CommandName, request: unknown): string => `${name} ${JSON.stringify(request)}`;

/** What a command that only reads answered since something was last written, or else answers now. */
export function ask<K extends CommandName>(
  name: K,
  request: Commands[K]['request']
): Promise<Commands[K]['view']> {
  const asked = question(name, request);
  return held.known<Commands[K]['view']>(asked) ?? held.keep(asked, call(name, request));
}

/** The same for what may change without a command, as files on the disk do: what is known, then what holds now. */
export async function* askAnew<K extends CommandName>(
  name: K,
  request: Commands[K]['request']
): AsyncGenerator<Commands[K]['view'], void> {
  const asked = question(name, request);
  const known = held.known<Commands[K]['view']>(asked);
  if (known) yield await known;
  yield await held.keep(asked, call(name, request));
}

/** Whether the host has nothing to do. */
export const idle = (): boolean => held.idle;
/** Calls each time that nothing was asked of the host for a while; returns the way to stop. */
export const whenResting = (rested: () => void): Unlisten => held.whenResting(rested);

export const onProgress = (listener: Parameters<Backend['onProgress']>[0]): Unlisten =>
  backend.onProgress(listener);
export const onRunProgress = (listener: Parameters<Backend['onRunProgress']>[0]): Unlisten =>
  backend.onRunProgress(listener);
export const onEvidenceProgress = (listener: Parameters<Backend['onEvidenceProgress']>[0]): Unlisten =>
  backend.onEvidenceProgress(listener);
export const onHandoverProgress = (listener: Parameters<Backend['onHandoverProgress']>[0]): Unlisten =>
  backend.onHandoverProgress(listener);
export const onIntegrity = (listener: Parameters<Backend['onIntegrity']>[0]): Unlisten =>
  backend.onIntegrity(listener);
export const onLock = (listener: Parameters<Backend['onLock']>[0]): Unlisten => backend.onLock(listener);
export const onDrop = (listener: Parameters<Backend['onDrop']>[0]): Unlisten => backend.onDrop(listener);
export const pickFiles = (): Promise<string[]> => backend.pickFiles();
export const pickFolder = (): Promise<string | null> => backend.pickFolder();
export const pickSaveFile = (name: string): Promise<string | null> => backend.pickSaveFile(name);
export const openPath = (path: string): Promise<void> => backend.openPath(path);
export const givenFile = (): Promise<string | null> => backend.givenFile();
