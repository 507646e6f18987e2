/** The one door to the host. Everything else in the window calls these functions and knows no host. */
import type { Backend, CommandName, Unlisten } from './backend';
import type { Commands, ErrorView } from './bindings';
import { tauriBackend } from './tauri';

export type * from './bindings';

/** Set by the build: false in the program that is shipped, which has no invented answers in it. */
declare const __FAKE_BACKEND__: boolean;

let backend: Backend = tauriBackend;
let locked: () => void = () => {};

/** Chooses the host; call it once, before the window is shown. */
export async function startBackend(): Promise<void> {
  if (__FAKE_BACKEND__ && !('__TAURI_INTERNALS__' in window)) backend = (await import('./fake')).makeFake();
}

/** Takes another host, for tests. */
export function useBackend(other: Backend): void {
  backend = other;
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
    return await backend.call(name, request);
  } catch (thrown) {
    const error = asError(thrown);
    if (error.code === 'locked') locked();
    throw error;
  }
}

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
