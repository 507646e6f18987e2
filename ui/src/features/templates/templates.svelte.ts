/** The templates that there are, the one in hand, and one that is being brought in. */
import {
  asError,
  call,
  type ErrorView,
  type TemplateAddRequest,
  type TemplateCheckView,
  type TemplateView
} from '../../backend';

export class Templates {
  list = $state.raw<TemplateView[] | null>(null);
  key = $state('');
  /** Whether a template is being brought in, in place of the one in hand. */
  adding = $state(false);
  /** What the file that was looked at holds. */
  checked = $state.raw<{ path: string; holds: TemplateCheckView } | null>(null);
  busy = $state(false);
  error = $state.raw<ErrorView | null>(null);

  readonly current = $derived(this.list?.find((one) => one.key === this.key) ?? this.list?.[0] ?? null);

  async #try(work: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = null;
    try {
      await work();
      return true;
    } catch (thrown) {
      this.error = asError(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }

  async load(): Promise<void> {
    await this.#try(async () => void (this.list = await call('templates', null)));
  }

  pick(key: string): void {
    Object.assign(this, { key, adding: false, error: null });
  }

  begin(): void {
    Object.assign(this, { adding: true, checked: null, error: null });
  }

  async check(path: string): Promise<void> {
    this.checked = null;
    await this.#try(async () => {
      this.checked = { path, holds: await call('template_check', { path }) };
    });
  }

  /** Takes the template that was checked, and shows it. */
  async add(request: Omit<TemplateAddRequest, 'path'>): Promise<void> {
    const { checked } = this;
    if (!checked) return;
    const before = new Set(this.list?.map(({ key, at }) => `${key} ${at}`));
    await this.#try(async () => {
      this.list = await call('template_add', { ...request, path: checked.path });
      this.key = this.list.find(({ key, at }) => !before.has(`${key} ${at}`))?.key ?? this.key;
      Object.assign(this, { adding: false, checked: null });
    });
  }

  async drop(key: string): Promise<boolean> {
    return this.#try(async () => void (this.list = await call('template_drop', { key })));
  }
}
