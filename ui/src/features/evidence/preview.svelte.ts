/** One piece that is looked at: what it is, the page in hand, how large and how turned it is shown. */
import {
  asError,
  call,
  type ErrorView,
  type EvidenceGridView,
  type EvidencePreviewView,
  type EvidenceTextView,
  type PictureView
} from '../../backend';

/** Pixels that are asked for; the host makes none wider than 1,600. */
const WIDTHS = [800, 1200, 1600] as const;

export class Look {
  readonly id: number;
  facts = $state.raw<EvidencePreviewView | null>(null);
  picture = $state.raw<PictureView | null>(null);
  text = $state.raw<EvidenceTextView | null>(null);
  grid = $state.raw<EvidenceGridView | null>(null);
  error = $state.raw<ErrorView | null>(null);
  busy = $state(true);
  page = $state(0);
  zoom = $state(0);
  turn = $state(0);
  #asked = 0;

  readonly paged = $derived(this.facts?.kind === 'image' || this.facts?.kind === 'pdf');

  constructor(id: number, zoom = 0) {
    this.id = id;
    this.zoom = zoom;
  }

  async load(): Promise<void> {
    await this.#ask(async (current) => {
      const facts = await call('evidence_preview', { id: this.id });
      if (!current()) return;
      this.facts = facts;
      if (this.paged) await this.#draw(current);
      else if (facts.kind === 'text') this.text = await call('evidence_text', { id: this.id });
      else if (facts.kind === 'sheets') await this.#draw(current);
    });
  }

  go(page: number): void {
    const last = (this.facts?.pages ?? 1) - 1;
    const next = Math.max(0, Math.min(last, page));
    if (next === this.page) return;
    this.page = next;
    void this.#ask((current) => this.#draw(current));
  }

  size(by: number): void {
    const next = Math.max(0, Math.min(WIDTHS.length - 1, this.zoom + by));
    if (next === this.zoom) return;
    this.zoom = next;
    if (this.paged) void this.#ask((current) => this.#draw(current));
  }

  rotate(): void {
    this.turn = (this.turn + 1) % 4;
  }

  get canGrow(): boolean {
    return this.zoom < WIDTHS.length - 1;
  }

  async #draw(current: () => boolean): Promise<void> {
    const request = { id: this.id, page: this.page, width: WIDTHS[this.zoom] ?? WIDTHS[0] };
    if (this.facts?.kind === 'sheets') {
      const grid = await call('evidence_grid', request);
      if (current()) this.grid = grid;
    } else {
      const picture = await call('evidence_page', request);
      if (current()) this.picture = picture;
    }
  }

  async #ask(work: (current: () => boolean) => Promise<void>): Promise<void> {
    const mine = (this.#asked += 1);
    const current = (): boolean => mine === this.#asked;
    this.busy = true;
    this.error = null;
    try {
      await work(current);
    } catch (thrown) {
      if (current()) this.error = asError(thrown);
    }
    if (current()) this.busy = false;
  }
}
