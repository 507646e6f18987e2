/** Settings of the organisation as they are written; they hold when they are saved. */
import { asError, call, type ErrorView, type SecurityView, type SettingsView } from '../../backend';
import { m } from '../../i18n';
import { comma } from '../../shared/punctuation';
import { desk } from '../../shared/state/desk.svelte';
import { editsOf, type Edits } from '../../shared/state/edits.svelte';

/** The settings of a vault, of the two kinds that are stored apart. */
type Setting = { settings: SettingsView } | { security: SecurityView };

/** What was set in the vault, one after the other. */
export const settingEdits = (): Edits<Setting> => editsOf(desk.vault ?? {}, 'settings');

const WORDS: Record<keyof SettingsView, () => string> = {
  organisation: m.settings_organisation,
  exit_meeting: m.settings_exit,
  severity: m.settings_severity,
  categories: m.settings_categories,
  mask: m.settings_mask
};

export class Settings {
  loaded = $state(false);
  organisation = $state('');
  exit = $state('');
  severity = $state<SettingsView['severity']>(['', '', '', '']);
  categories = $state('');
  mask = $state(true);
  busy = $state(false);
  error = $state.raw<ErrorView | null>(null);
  #saved = $state('');

  /** Categories as lines, without the empty ones. */
  readonly lines = $derived(
    this.categories
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
  );
  /** What the words of severity cannot be, in one line; empty when they can. */
  readonly severityWrong = $derived.by(() => {
    const used = this.severity.map((word) => word.trim()).filter(Boolean);
    const twice = used.find((word, n) => used.indexOf(word) < n);
    if (twice) return m.settings_severity_twice({ word: twice });
    return used.length < 2 ? m.settings_severity_few() : '';
  });
  readonly request = $derived<SettingsView>({
    organisation: this.organisation.trim(),
    severity: this.severity.map((word) => word.trim()) as SettingsView['severity'],
    categories: this.lines,
    exit_meeting: this.exit.trim(),
    mask: this.mask
  });
  readonly dirty = $derived(this.loaded && JSON.stringify(this.request) !== this.#saved);

  #take(view: SettingsView): void {
    this.organisation = view.organisation;
    this.exit = view.exit_meeting;
    this.severity = view.severity;
    this.categories = view.categories.join('\n');
    this.mask = view.mask;
    this.#saved = JSON.stringify(this.request);
    this.loaded = true;
  }

  async #try(work: () => Promise<SettingsView>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = null;
    try {
      this.#take(await work());
      return true;
    } catch (thrown) {
      this.error = asError(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }

  load(): Promise<boolean> {
    return this.#try(() => call('settings', null));
  }

  async save(): Promise<void> {
    if (this.severityWrong || !this.dirty) return;
    const before = JSON.parse(this.#saved) as SettingsView;
    if (!(await this.put(this.request))) return;
    // As the host keeps them, which fills in what was left empty.
    const after = this.request;
    const changed = (Object.keys(WORDS) as (keyof SettingsView)[]).filter(
      (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key])
    );
    const what = (): string => changed.map((key) => WORDS[key]()).join(comma());
    if (changed.length) settingEdits().did(what, { settings: before }, { settings: after });
  }

  put(settings: SettingsView): Promise<boolean> {
    return this.#try(() => call('settings_set', settings));
  }
}
