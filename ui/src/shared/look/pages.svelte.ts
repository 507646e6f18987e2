/** The pages of a document as it would be written now: small ones in a row, one of them large. */
import { asError, call, type ErrorView, type OutputPagesView } from '../../backend';
import { m } from '../../i18n';
import { desk } from '../state/desk.svelte';
import type { JobPlace } from '../state/jobs.svelte';

/** Pixels of a page in the row. */
const SMALL = 176;
/** Pixels of the page that is read. */
const LARGE = 1200;

/** Counts the documents that were made: the host holds the pages of the last one only. */
let made = 0;

export class Pages {
  /** Pictures of the pages, as far as they were drawn; `null` before anybody asked for them. */
  small = $state.raw<(string | null)[] | null>(null);
  /** The page that is read, from 0, and its picture. */
  at = $state<number | null>(null);
  large = $state.raw<string | null>(null);
  error = $state.raw<ErrorView | null>(null);
  busy = $state(false);
  #turn = 0;

  constructor(
    readonly place: JobPlace,
    readonly make: (draft: boolean) => Promise<OutputPagesView>
  ) {}

  /** Makes the document anew and draws its pages one after the other. */
  open(draft: boolean): Promise<void> {
    return this.#anew(draft, async (pages, current) => {
      for (let page = 0; page < pages && current(); page += 1) {
        const { data } = await call('output_page', { page, width: SMALL });
        if (current()) this.small = this.small?.map((one, n) => (n === page ? data : one)) ?? null;
      }
    });
  }

  /** Makes the document anew and reads its first page. */
  first(draft: boolean): Promise<void> {
    return this.#anew(draft, () => this.read(0));
  }

  close(): void {
    this.#turn = 0;
    Object.assign(this, { small: null, at: null, large: null, error: null, busy: false });
  }

  async read(page: number): Promise<void> {
    const last = (this.small?.length ?? 0) - 1;
    if (page < 0 || page > last) return;
    this.at = page;
    this.large = null;
    try {
      const { data } = await call('output_page', { page, width: LARGE });
      if (this.at === page) this.large = data;
    } catch (thrown) {
      this.at = null;
      this.error = asError(thrown);
    }
  }

  async #anew(draft: boolean, then: (pages: number, current: () => boolean) => Promise<void>): Promise<void> {
    const turn = (made += 1);
    this.#turn = turn;
    const current = (): boolean => turn === this.#turn && turn === made;
    Object.assign(this, { busy: true, error: null, small: null, at: null, large: null });
    try {
      const { pages } = await desk.jobs.run({ title: m.job_pages(), place: this.place }, () =>
        this.make(draft)
      );
      if (!current()) return;
      this.small = Array.from({ length: pages }, () => null);
      await then(pages, current);
    } catch (thrown) {
      if (current()) this.error = asError(thrown);
    } finally {
      if (turn === this.#turn) this.busy = false;
    }
  }
}
