/** Asks for what screens take longest to be told, while nobody asks for anything else. */
import { ask, resting } from '../backend';

/** So long nothing was asked before, in milliseconds. */
const REST_MS = 300;

const ASKS = [
  () => ask('procedures', null),
  () => ask('checklist', null),
  () => ask('review', null),
  () => ask('gate', null)
];

/** Begins when an exam was opened, once; returns the way to stop. */
export function foresee(): () => void {
  const left = [...ASKS];
  let before = resting();
  const timer = setInterval(() => {
    const now = resting();
    // A screen that needs one of them says so itself when it fails.
    if (now !== null && now === before) void left.shift()?.().catch(() => {});
    before = now === null ? null : resting();
    if (!left.length) clearInterval(timer);
  }, REST_MS);
  return () => clearInterval(timer);
}
