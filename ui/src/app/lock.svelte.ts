/**
 * The window's side of a lock. The host keeps the time and locks whether the window answers or not; the window says that
 * somebody is there, shows the countdown, and stores what was begun before it locks.
 */
import { call, onLock, type LockNoticeView } from '../backend';
import { desk } from '../shared/state/desk.svelte';

/** How often the host is told that somebody is there. */
const TOUCH_MS = 15_000;
const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

export const lock = $state<{ notice: LockNoticeView | null }>({ notice: null });

async function take(notice: LockNoticeView): Promise<void> {
  lock.notice = notice.step === 'stay' ? null : notice;
  if (notice.step !== 'now') return;
  try {
    await desk.lock(notice.by);
  } catch {
    // The host locks by itself.
  } finally {
    lock.notice = null;
  }
}

/** Listens to the host and to the keys; returns the way to stop. */
export function startLock(): () => void {
  let told = -Infinity;
  const alive = (): void => {
    if (!desk.vault || lock.notice?.step === 'now') return;
    if (!lock.notice && performance.now() - told < TOUCH_MS) return;
    told = performance.now();
    lock.notice = null;
    call('session_touch', null).catch(() => {});
  };
  for (const sign of SIGNS) window.addEventListener(sign, alive, { passive: true, capture: true });
  const unlisten = onLock((notice) => void take(notice));
  return () => {
    unlisten();
    lock.notice = null;
    for (const sign of SIGNS) window.removeEventListener(sign, alive, { capture: true });
  };
}
