/** Asks for what screens take longest to be told, while nobody asks for anything else. */
import { ask, resting } from '../backend';

/** So long nothing was asked before, in milliseconds. */
const REST_MS = 300;

/** Begins when an exam was opened, once; returns the way to stop. */
export function foresee(): () => void {
  const left: (() => Promise<unknown>)[] = [
    () => ask('procedures', null),
    () => ask('checklist', null),
    () => ask('review', null),
    () => ask('gate', null)
  ];
  let before = resting();
  const timer = setInterval(() => {
    const now = resting();
    if (now !== null && now === before) void next();
    before = now;
  }, REST_MS);
  const stop = (): void => clearInterval(timer);

  /** One after the other, so that whoever asks for something else waits for one of them at most. */
  async function next(): Promise<void> {
    while (resting() !== null) {
      const one = left.shift();
      if (!one) return stop();
      // The screen that needs it says so itself when it fails.
      await one().catch(() => {});
    }
  }

  return () => {
    left.length = 0;
    stop();
  };
}
