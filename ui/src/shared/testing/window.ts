/** The whole window on the invented host, as a test drives it. */
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import App from '../../app/App.svelte';
import { useBackend } from '../../backend';
import type { FoundView, LockNoticeView } from '../../backend';
import type { Backend } from '../../backend/backend';
import { makeFake, PASSPHRASE } from '../../backend/fake';
import { desk, type Stage } from '../state/desk.svelte';

export const user = userEvent.setup();
export const get = (id: string): Promise<HTMLElement> => screen.findByTestId(id);
export const has = (id: string): boolean => screen.queryByTestId(id) !== null;
export const press = async (id: string): Promise<void> => user.click(await get(id));

/** Shows the window; `calls` collects what it asks of the host, `change` may alter what the host answers. */
export function openWindow(
  options: {
    empty?: boolean;
    rows?: number;
    begun?: boolean;
    found?: FoundView[];
    /** The file that the window is started with. */
    given?: string;
    change?: (name: string, answer: unknown) => void;
  } = {}
): {
  calls: [string, unknown][];
  container: HTMLElement;
  /** Tells the window of a lock, as the host does. */
  tell: (notice: LockNoticeView) => void;
} {
  desk.cleared(null);
  desk.session = null;
  desk.jobs.patience = 0;
  const fake = makeFake(options);
  const calls: [string, unknown][] = [];
  const told = new Set<(notice: LockNoticeView) => void>();
  const spying: Backend = {
    ...fake,
    givenFile: async () => options.given ?? null,
    onLock: (listener) => {
      told.add(listener);
      return () => void told.delete(listener);
    },
    call: async (name, request) => {
      calls.push([name, JSON.parse(JSON.stringify(request))]);
      const answer = await fake.call(name, request);
      options.change?.(name, answer);
      return answer;
    }
  };
  useBackend(spying);
  const { container } = render(App);
  return { calls, container, tell: (notice) => told.forEach((listener) => listener(notice)) };
}

/** Begins the pages again on the same host, as after a crash of theirs. */
export function beginAgain(): void {
  cleanup();
  desk.cleared(null);
  desk.session = null;
  render(App);
}

export async function fill(id: string, text: string): Promise<void> {
  const field = await get(id);
  await user.clear(field);
  await user.type(field, text);
}

/** Unlocks the invented vault. */
export async function unlock(): Promise<void> {
  await fill('vault-passphrase', PASSPHRASE);
  await press('vault-unlock');
  await get('exam-open-e1');
}

/** Opens the first exam at a stage. */
export async function openExam(stage: Stage = 'profile'): Promise<void> {
  await unlock();
  await press('exam-open-e1');
  await get('count-applicable');
  if (stage !== 'profile') await press(`stage-${stage}`);
}

/** Requests of one command, in order. */
export const requests = (calls: [string, unknown][], name: string): unknown[] =>
  calls.filter((call) => call[0] === name).map((call) => call[1]);

export const until = waitFor;
