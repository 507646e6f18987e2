/** How the vault guards itself. Every choice holds at once. */
import { asError, call, type ErrorView, type SecurityView } from '../../backend';
import { m } from '../../i18n';
import { comma } from '../../shared/punctuation';
import { settingEdits } from './settings.svelte';

const WORDS: Record<keyof SecurityView, () => string> = {
  idle_minutes: m.security_idle,
  clipboard_seconds: m.security_clipboard,
  content_protected: m.security_protected
};

export const MINUTES = [1, 3, 5, 10, 15, 30, 60];
export const SECONDS = [10, 30, 60, 120, 300, 600];

/** The choices with the one that holds, which may have been set elsewhere. */
export const withThis = (choices: number[], now: number): number[] =>
  [...new Set([...choices, now])].sort((a, b) => a - b);

export class Security {
  view = $state.raw<SecurityView | null>(null);
  error = $state.raw<ErrorView | null>(null);
  saved = $state(false);

  async #take(work: Promise<SecurityView>): Promise<boolean> {
    this.error = null;
    try {
      this.view = await work;
      return true;
    } catch (thrown) {
      this.error = asError(thrown);
      return false;
    }
  }

  async load(): Promise<void> {
    await this.#take(call('security', null));
  }

  async set(change: Partial<SecurityView>): Promise<void> {
    if (!this.view) return;
    const [before, after] = [this.view, { ...this.view, ...change }];
    if (!(await this.put(after))) return;
    const changed = Object.keys(change) as (keyof SecurityView)[];
    const what = (): string => changed.map((key) => WORDS[key]()).join(comma());
    settingEdits().did(what, { security: before }, { security: after });
  }

  async put(security: SecurityView): Promise<boolean> {
    this.saved = false;
    this.saved = await this.#take(call('security_set', security));
    return this.saved;
  }
}
