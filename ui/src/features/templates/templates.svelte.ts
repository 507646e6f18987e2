/** The templates that there are, the one in hand, and one that is being brought in. */
import {
  asError,
  call,
  type ErrorView,
  type TemplateAddRequest,
  type TemplateCheckView,
  type TemplateView
} from '../../backend';
import { m } from '../../i18n';
import { desk } from '../../shared/state/desk.svelte';
import { editsOf, type Edits } from '../../shared/state/edits.svelte';

/** A template that came from a file, with what the file held then; whether it is among the templates. */
interface Step {
  key: string;
  request: TemplateAddRequest;
  holds: string;
  there: boolean;
}

/**
 * Templates that were brought, as long as nothing else happened to them. The vault has no copy of one that was removed or
 * gave way to another: only its file brings it back.
 */
export const templateEdits = (): Edits<Step> => editsOf(desk.vault ?? {}, 'templates');

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

  /** The template that was brought and would give way to another with this key: its file would be gone. */
  losing(key: string): TemplateView | null {
    return this.list?.find((one) => one.key === key && !one.shipped) ?? null;
  }

  /** Takes the template that was checked, and shows it. */
  async add(asked: Omit<TemplateAddRequest, 'path'>): Promise<void> {
    const { checked } = this;
    if (!checked) return;
    const lost = this.losing(asked.key);
    const request = { ...asked, path: checked.path };
    await this.#try(async () => {
      const made = await this.#bring(request);
      Object.assign(this, { adding: false, checked: null });
      if (!made) return;
      const { key, title, file } = made;
      templateEdits().keep((left) => left.key !== key);
      if (lost) return;
      const step = (there: boolean): Step => ({ key, request, holds: JSON.stringify(checked.holds), there });
      templateEdits().did(() => m.template_step({ title, file }), step(false), step(true));
    });
  }

  /** Takes a file in as a template; gives what became of it. */
  async #bring(request: TemplateAddRequest): Promise<TemplateView | undefined> {
    const before = new Set(this.list?.map(({ key }) => key));
    this.list = await call('template_add', request);
    const made = this.list.find(({ key }) => (request.key ? key === request.key : !before.has(key)));
    if (made) this.key = made.key;
    return made;
  }

  async drop(key: string): Promise<boolean> {
    return this.#try(async () => {
      this.list = await call('template_drop', { key });
      templateEdits().keep((left) => left.key !== key);
    });
  }

  /** Takes the last step back, or brings back what was taken back. */
  async turn(back: boolean): Promise<void> {
    if (!this.adding) await templateEdits().turn(back, (step) => this.#put(step));
  }

  #put({ key, request, holds, there }: Step): Promise<boolean> {
    return this.#try(async () => {
      if (!there) {
        this.list = await call('template_drop', { key });
        this.key = key;
        return;
      }
      const now = await call('template_check', { path: request.path });
      if (JSON.stringify(now) !== holds) throw this.#other();
      await this.#bring(request);
    });
  }

  #other(): ErrorView {
    return { code: 'template_other', message: m.template_other(), hint: m.template_other_hint() };
  }
}
