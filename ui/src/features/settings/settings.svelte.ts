/** Settings of the organisation as they are written; they hold when they are saved. */
import { asError, call, type ErrorView, type SettingsView } from '../../backend';
import { m } from '../../i18n';

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

  async #try(work: () => Promise<SettingsView>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    try {
      this.#take(await work());
    } catch (thrown) {
      this.error = asError(thrown);
    } finally {
      this.busy = false;
    }
  }

  load(): Promise<void> {
    return this.#try(() => call('settings', null));
  }

  async save(): Promise<void> {
    if (this.severityWrong || !this.dirty) return;
    await this.#try(() => call('settings_set', this.request));
  }
}
