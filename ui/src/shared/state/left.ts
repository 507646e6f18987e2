/** How long a job still takes, from the part of it that is done and the time that it took; rounded, and steady. */

import { m } from '../../i18n';

/** Nothing is said before this part is done. */
const LEAST = 0.03;
/** Nothing is said before, in milliseconds. */
const SOON_MS = 2_000;
/** The weight of what the latest part says against what was thought before. */
const EASE = 0.35;
/** More is only said when it is clearly more. */
const CLEARLY = 1.25;
/** So long after its end was expected nothing is known any longer, in milliseconds. */
const LATE_MS = 5_000;

/** Steps of seconds, of minutes in seconds, and of hours in seconds, each with what it holds up to. */
const STEPS: [upTo: number, step: number][] = [
  [20, 5],
  [60, 10],
  [600, 60],
  [3_600, 300],
  [Infinity, 600]
];

/** Seconds as somebody would say them: the next whole 5, 10 seconds, 1, 5 or 10 minutes. At least 5. */
export function friendly(seconds: number): number {
  const [, step] = STEPS.find(([upTo]) => seconds <= upTo)!;
  return Math.max(5, Math.ceil(seconds / step) * step);
}

/** Times are milliseconds of one clock, which whoever asks hands in. */
export class TimeLeft {
  #begun: number;
  #fraction = 0;
  #end: number | null = null;
  #said: number | null = null;

  constructor(now: number) {
    this.#begun = now;
  }

  /** Takes the part that is done, 0–1; a smaller one than before is another step, which begins now. */
  tell(fraction: number | null, now: number): void {
    if (fraction === null || fraction < this.#fraction) {
      this.#begun = now;
      this.#end = this.#said = null;
    }
    this.#fraction = fraction ?? 0;
    const spent = now - this.#begun;
    if (this.#fraction < LEAST || spent < SOON_MS) return;
    const end = now + (spent / this.#fraction) * (1 - this.#fraction);
    // An end that is past weighs nothing.
    const before = this.#end !== null && this.#end > now ? this.#end : end;
    this.#end = before + (end - before) * EASE;
  }

  /** Seconds to go; `null` where that is not known. */
  at(now: number): number | null {
    if (this.#end === null || now - this.#end > LATE_MS) return (this.#said = null);
    const seconds = Math.max(0, this.#end - now) / 1000;
    const said = friendly(seconds);
    if (this.#said === null || said < this.#said || seconds > this.#said * CLEARLY) this.#said = said;
    return this.#said;
  }
}

/** `剩約 20 秒`, `剩約 3 分`; nothing where it is not known. */
export function leftWord(seconds: number | null): string {
  if (seconds === null) return '';
  const minutes = Math.round(seconds / 60);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (seconds < 60) return m.left_seconds({ n: seconds });
  if (hours === 0) return m.left_minutes({ n: minutes });
  return rest === 0 ? m.left_hours({ n: hours }) : m.left_hours_minutes({ n: hours, rest });
}
