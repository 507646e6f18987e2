/** The count in the machine room: the devices, what is looked for, the one in hand, and what was written down. */
import {
  asError,
  call,
  type CountDevice,
  type CountItemView,
  type CountMarkRequest,
  type CountState,
  type CountView,
  type ErrorView
} from '../../backend';
import { m } from '../../i18n';
import { desk } from '../../shared/state/desk.svelte';
import { keeper } from '../../shared/state/keeper.svelte';
import { countMark } from '../../shared/marks';
import { called, NOTHING } from './fields';
import { exact, find } from './search';

/** Whose turn it is in the list: a figure at the top shows its devices. */
export type Shown = 'expected' | CountState | 'open';

/** A device as it is being written down; what was typed stays while another stage is looked at. */
export class Draft {
  device = $state<CountDevice>({ ...NOTHING });
  note = $state('');
  readonly #begun: string;

  /** `key` is `null` for one that no list has. */
  constructor(
    readonly key: string | null,
    readonly state: CountState,
    device: CountDevice,
    note: string
  ) {
    this.device = { ...device };
    this.note = note;
    this.#begun = this.#words();
  }

  get dirty(): boolean {
    return this.#words() !== this.#begun;
  }

  #words(): string {
    return JSON.stringify([this.device, this.note]);
  }
}

const FITS: Record<Shown, (item: CountItemView) => boolean> = {
  expected: (item) => item.expected,
  found: (item) => item.state === 'found',
  not_found: (item) => item.state === 'not_found',
  not_listed: (item) => item.state === 'not_listed',
  open: (item) => item.expected && item.state === null
};

// No derived values: those end with the screen that read them first, and this stays.
export class Count {
  view = $state.raw<CountView | null>(null);
  query = $state('');
  only = $state<Shown | null>(null);
  /** Key of the device in hand. */
  key = $state<string | null>(null);
  draft = $state.raw<Draft | null>(null);
  /** What was done last, or why nothing was; in the language that is chosen when it is read. */
  told = $state.raw<() => string>(() => '');
  error = $state.raw<ErrorView | null>(null);
  busy = $state(false);
  /** What was taken back in this session, the last at the end. */
  again = $state.raw<{ request: CountMarkRequest; what: string }[]>([]);
  #marked: CountMarkRequest[] = [];
  /** One after the other: a scanner is faster than the disk. */
  #last: Promise<unknown> = Promise.resolve();

  /** What is looked for, over all devices; else those of a figure, or those that are expected or were counted. */
  list(): CountItemView[] {
    const items = this.view?.items ?? [];
    if (this.query.trim()) return find(items, this.query);
    const { only } = this;
    return items.filter(only ? FITS[only] : (item) => item.expected || item.state !== null);
  }

  get hand(): CountItemView | undefined {
    return this.view?.items.find((item) => item.key === this.key);
  }

  async load(): Promise<void> {
    await this.#take(() => call('count', null));
  }

  /** Looks for something else; a device that is left alone comes into hand. */
  look(typed: string): void {
    this.query = typed;
    this.told = () => '';
    this.error = null;
    const found = typed.trim() ? this.list() : [];
    this.key = (found.length === 1 ? found[0] : exact(found, typed))?.key ?? null;
  }

  show(only: Shown): void {
    this.query = '';
    this.only = this.only === only ? null : only;
    this.key = null;
  }

  move(by: number): void {
    const list = this.list();
    const at = list.findIndex((item) => item.key === this.key);
    const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.max(0, Math.min(list.length - 1, at + by));
    this.key = list[next]?.key ?? null;
  }

  /** Lets go of what is looked for, then of the figure, then of the device. */
  leave(): void {
    if (this.query) this.look('');
    else if (this.only) this.only = null;
    else this.key = null;
  }

  /** Enter: the device in hand was seen; without one, why not; what no list has is written down. */
  async enter(): Promise<void> {
    const { hand } = this;
    if (hand) return this.say(hand, 'found');
    const left = this.list().length;
    if (!this.query.trim()) this.told = () => m.count_nothing_typed();
    else if (left) this.told = () => m.count_many_left({ n: left });
    else this.begin();
  }

  /** Says what was seen of a device, as the lists have it. */
  async say(item: CountItemView | undefined, state: CountState | null): Promise<void> {
    if (!item) {
      this.told = () => m.count_none_in_hand();
      return;
    }
    const name = called(item.device);
    if (item.state === state) {
      this.told = () => m.count_already({ name, word: countMark(state).word });
      return;
    }
    const { key, note } = item;
    // What no list has cannot be there as the lists have it.
    const device = (item.filed ?? item.ledger) ? null : item.device;
    await this.#mark({ key, state: device && state === 'found' ? 'not_listed' : state, device, note }, name);
  }

  /** Begins to write down a device that no list has, or where the one in hand differs. */
  begin(item?: CountItemView): void {
    const serial = this.query.trim();
    this.draft = item
      ? new Draft(item.key, item.state ?? 'found', item.device, item.note)
      : new Draft(null, 'not_listed', { ...NOTHING, serial }, '');
    this.told = () => '';
    this.error = null;
  }

  async save(): Promise<boolean> {
    const { draft } = this;
    if (!draft) return false;
    const { key, state, note } = draft;
    const device = trimmed(draft.device);
    const done = await this.#mark(
      { key, state, device: state === 'not_found' ? null : device, note: note.trim() },
      called(device)
    );
    if (done) this.draft = null;
    return done;
  }

  async #mark(request: CountMarkRequest, name: string): Promise<boolean> {
    const before = this.query;
    const known = new Set(this.view?.items.map((item) => item.key));
    // Gone at once, so that the next number can be typed or scanned.
    this.query = '';
    const done = await this.#take(() => call('count_mark', request));
    if (done) this.#did(request);
    if (!done) {
      if (!this.query) this.query = before;
      return false;
    }
    const { state } = request;
    this.told = () => {
      const { shape, word } = countMark(state);
      return `${shape} ${state ? word : m.count_cleared()}　${name}`;
    };
    // What was written down stays in hand, to be looked at or changed, unless something else is looked for already.
    const made = request.key ?? this.view?.items.find((item) => !known.has(item.key))?.key ?? null;
    if (!this.query) this.key = made;
    return true;
  }

  async undo(): Promise<void> {
    const what = this.view?.undo;
    if (!what) return;
    const last = this.#marked.at(-1) ?? null;
    if (!(await this.#take(() => call('count_undo', null)))) return;
    this.told = () => m.count_undone({ what });
    if (!this.hand) this.key = null;
    // What was marked in another session is taken back as well, but not known here any longer.
    if (last) this.#marked = this.#marked.slice(0, -1);
    this.again = last ? [...this.again, { request: last, what }] : [];
  }

  /** Marks again what was taken back last. */
  async redo(): Promise<void> {
    const last = this.again.at(-1);
    if (!last || !(await this.#take(() => call('count_mark', last.request)))) return;
    this.told = () => m.count_redone({ what: last.what });
    this.#marked = [...this.#marked, last.request];
    this.again = this.again.slice(0, -1);
  }

  #did(request: CountMarkRequest): void {
    this.#marked = [...this.#marked, request];
    this.again = [];
  }

  /** Hands the count to the tests as the list of what stands there. */
  async feed(): Promise<void> {
    await this.#take(() => call('count_feed', null));
  }

  async #take(what: () => Promise<CountView>): Promise<boolean> {
    const turn = this.#last.then(async () => {
      this.busy = true;
      this.error = null;
      try {
        this.view = await what();
        await desk.refresh();
        return true;
      } catch (thrown) {
        this.error = asError(thrown);
        return false;
      } finally {
        this.busy = false;
      }
    });
    this.#last = turn;
    return turn;
  }
}

function trimmed(device: CountDevice): CountDevice {
  const parts = Object.entries(device).map(([field, text]) => [field, text.trim()]);
  return Object.fromEntries(parts) as CountDevice;
}

/** The count of an exam; what is being written down stays while another stage is looked at. */
export const countOf = keeper(() => new Count());
