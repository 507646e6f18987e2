/** Asks for what screens take longest to be told, while nobody asks for anything else. */
import { ask, idle, whenResting } from '../backend';

/** What takes longer would keep whoever asks next waiting, in milliseconds. */
const QUICK_MS = 150;

/** Begins when an exam was opened; returns the way to stop. */
export function foresee(): () => void {
  let asks: (() => Promise<unknown>)[] = [
    () => ask('procedures', null),
    () => ask('checklist', null),
    () => ask('review', null),
    () => ask('gate', null)
  ];

  /** One after the other; what still holds is not asked for. */
  async function all(): Promise<void> {
    for (const one of asks) {
      if (!idle()) return;
      const begun = performance.now();
      // What fails is left to the screen that needs it, which says so.
      const fine = await one().then(
        () => true,
        () => false
      );
      if (!fine || performance.now() - begun > QUICK_MS) asks = asks.filter((other) => other !== one);
    }
  }

  const stop = whenResting(() => void all());
  return () => {
    asks = [];
    stop();
  };
}
