/** Locks after ten minutes in which nobody touched a key or the mouse. */

const IDLE_MS = 10 * 60 * 1000;
const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/** Calls `lock` after the idle time; returns the way to stop. */
export function startAutoLock(lock: () => void, idle = IDLE_MS): () => void {
  let last = Date.now();
  const alive = (): void => void (last = Date.now());
  for (const sign of SIGNS) window.addEventListener(sign, alive, { passive: true, capture: true });
  const watch = setInterval(
    () => {
      if (Date.now() - last < idle) return;
      alive();
      lock();
    },
    Math.min(idle, 5000)
  );
  return () => {
    clearInterval(watch);
    for (const sign of SIGNS) window.removeEventListener(sign, alive, { capture: true });
  };
}
