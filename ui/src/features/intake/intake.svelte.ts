/** Files on their way in: looked into, decided about, stored together as one batch. */
import {
  asError,
  call,
  onProgress,
  type DatasetView,
  type ErrorView,
  type ImportedFileView,
  type ImportView,
  type InspectedFileView
} from '../../backend';
import { m } from '../../i18n';
import { count } from '../../shared/numbers';
import { fileName } from '../../shared/paths';
import { desk } from '../../shared/state/desk.svelte';
import type { Job, JobPlan } from '../../shared/state/jobs.svelte';
import { keeper } from '../../shared/state/keeper.svelte';
import { jobLine } from './pace';
import { Table } from './table.svelte';

/** Files that the host looks into at a time, so that the first are shown while the others are read. */
const AT_ONCE = 4;

/** A file that is not stored yet. */
export class Waiting {
  view = $state.raw<InspectedFileView | null>(null);
  tables = $state.raw<Table[]>([]);
  error = $state.raw<ErrorView | null>(null);
  /** Encoding that the examiner chose for a text; `null` takes the recognised one. */
  encoding = $state<string | null>(null);
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  get name(): string {
    return this.view?.file ?? fileName(this.path);
  }
}

export class Intake {
  files = $state<Waiting[]>([]);
  /** The table in hand. */
  current = $state.raw<Table | null>(null);
  datasets = $state.raw<DatasetView[]>([]);
  imports = $state.raw<ImportView[] | null>(null);
  error = $state.raw<ErrorView | null>(null);
  /** What is being done to files; nothing else can be begun then. */
  busy = $state<'looking' | 'storing' | null>(null);
  /** Who hands the files over, for the receipt. */
  receivedFrom = $state('');
  /** The batch that was stored last, until something else is begun. */
  latest = $state.raw<ImportView | null>(null);

  readonly tables = $derived(this.files.flatMap((file) => file.tables));
  readonly ready = $derived(this.tables.filter((table) => table.ready));
  readonly waiting = $derived(this.tables.filter((table) => table.waits));
  readonly acceptable = $derived(
    this.waiting.filter((table) =>
      table.open.some((q) => ['dataset', 'filled', 'confirm', 'columns'].includes(q.kind))
    )
  );
  readonly batches = $derived((this.imports ?? []).filter((batch) => !batch.undone).reverse());

  dataset(key: string): DatasetView | undefined {
    return this.datasets.find((dataset) => dataset.key === key);
  }

  async load(): Promise<void> {
    try {
      [this.datasets, this.imports] = await Promise.all([call('datasets', null), call('imports', null)]);
      for (const file of this.files) this.#know(file);
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  /** Looks into files; those that are there already are looked into again. */
  async add(paths: string[]): Promise<void> {
    const wanted = [...new Set(paths.map((path) => path.trim()).filter(Boolean))];
    if (wanted.length === 0 || this.busy) return;
    this.busy = 'looking';
    this.error = null;
    this.latest = null;
    const added = wanted.map((path) => new Waiting(path));
    this.files = [...this.files.filter((file) => !wanted.includes(file.path)), ...added];
    try {
      await desk.jobs.run(this.#plan(m.job_looking_at({ n: count(added.length) })), (job) =>
        this.#lookAt(added, job)
      );
    } catch (thrown) {
      const error = asError(thrown);
      if (error.code !== 'cancelled') this.error = error;
    } finally {
      this.files = this.files.filter((file) => file.view !== null);
      this.busy = null;
    }
  }

  #plan(title: string): JobPlan {
    return { title, place: 'data', cancel: () => call('import_cancel', null) };
  }

  async #lookAt(added: Waiting[], job: Job): Promise<void> {
    const all = added.length;
    let done = 0;
    const tell = (within: number): void =>
      job.tell(
        m.job_looking({ n: count(Math.min(done + 1, all)), all: count(all) }),
        Math.min(1, (done + within) / all)
      );
    const stop = onProgress((p) => {
      const share = Math.min(AT_ONCE, all - done);
      tell(p.fraction !== null ? p.fraction * share : p.file - 1);
    });
    try {
      while (done < all) {
        const some = added.slice(done, done + AT_ONCE);
        const paths = some.map((file) => file.path);
        const views = await call('import_inspect', { paths, encoding: null });
        if (job.state === 'stopping') return job.end('cancelled');
        some.forEach((file, n) => this.#looked(file, views[n]!));
        done += some.length;
        tell(0);
      }
    } finally {
      stop();
    }
  }

  #looked(file: Waiting, view: InspectedFileView): void {
    file.view = view;
    file.error = view.error;
    file.tables = view.sheets.map((sheet) => new Table(file, view, sheet, () => this.datasets));
    this.#know(file);
    if (!this.current || !this.tables.includes(this.current))
      this.current = file.tables.find((table) => table.waits) ?? file.tables[0] ?? this.current;
  }

  /** A table that is stored already cannot go in again; what else is in its file can. */
  #know(file: Waiting): void {
    const sha256 = file.view?.sha256;
    const same = this.batches.flatMap((batch) => batch.files.filter((f) => f.sha256 === sha256));
    const stored = same.flatMap((f) => f.sheets.filter((sheet) => !sheet.error));
    for (const table of file.tables) {
      const there = stored.some((sheet) => table.isAt(sheet.sheet, sheet.header_row));
      if (!there) table.stored = null;
      table.known = there && !table.stored;
    }
  }

  /** Reads a text in another encoding: everything about it is recognised anew. */
  async readAs(file: Waiting, encoding: string): Promise<void> {
    if (this.busy) return;
    this.busy = 'looking';
    this.error = null;
    try {
      const [view] = await desk.jobs.run(this.#plan(m.job_looking_at({ n: 1 })), () =>
        call('import_inspect', { paths: [file.path], encoding })
      );
      file.encoding = encoding;
      if (view) this.#looked(file, view);
    } catch (thrown) {
      this.error = asError(thrown);
    } finally {
      this.busy = null;
    }
  }

  remove(file: Waiting): void {
    const at = this.files.indexOf(file);
    this.files = this.files.filter((other) => other !== file);
    if (this.current && file.tables.includes(this.current))
      this.current = this.files[Math.min(at, this.files.length - 1)]?.tables[0] ?? null;
  }

  /** The file of a table. */
  fileOf(table: Table | null): Waiting | undefined {
    return this.files.find((file) => table !== null && file.tables.includes(table));
  }

  /** The table that many steps further in the list. */
  step(by: number): void {
    const at = this.current ? this.tables.indexOf(this.current) : -1;
    const to = Math.min(this.tables.length - 1, Math.max(0, at + by));
    this.current = this.tables[to] ?? null;
  }

  /** Goes to the next table that waits for a word, from the one in hand on. */
  nextWaiting(): void {
    const at = this.current ? this.tables.indexOf(this.current) : -1;
    const after = this.tables.findIndex((table, n) => n > at && table.waits);
    const found = after >= 0 ? after : this.tables.findIndex((table) => table.waits);
    if (found >= 0) this.current = this.tables[found]!;
  }

  /** Takes every table as it was recognised where nothing but a look is asked for. */
  acceptAll(): void {
    for (const table of this.acceptable) table.accept();
  }

  /** Stores what is ready as one batch: what is broken off leaves nothing of any file. */
  async importAll(): Promise<void> {
    const files = this.files.filter((file) => file.tables.some((table) => table.ready));
    if (this.busy || files.length === 0) return;
    this.busy = 'storing';
    this.error = null;
    this.latest = null;
    const wanted = files.map((file) => ({
      path: file.path,
      sheets: file.tables.flatMap((table) => (table.ready && table.order ? [table.order] : [])),
      encoding: file.encoding
    }));
    const request = { files: wanted, received_from: this.receivedFrom.trim() };
    const title =
      files.length > 1
        ? m.job_storing_n({ n: count(files.length) })
        : m.job_storing({ file: files[0]!.name });
    let stop = (): void => {};
    try {
      const done = await desk.jobs.run(this.#plan(title), async (job) => {
        stop = onProgress((progress) => {
          const file = files.find((f) => f.path === progress.path)?.name ?? '';
          job.tell(jobLine(m.job_storing({ file }), progress), progress.fraction);
        });
        return call('import_run', request);
      });
      done.files.forEach((stored, n) => this.#took(files[n]!, stored));
      this.latest = done.batch ? done : null;
      this.files = this.files.filter((file) => !this.#done(file));
      if (this.current?.stored) this.current = this.tables.find((table) => !table.stored) ?? null;
      this.imports = await call('imports', null);
      this.#changed(done);
      await desk.refresh();
    } catch (thrown) {
      this.error = asError(thrown);
    } finally {
      stop();
      this.busy = null;
    }
  }

  /** Something of it is stored, and nothing is asked about the rest. */
  #done(file: Waiting): boolean {
    const some = file.tables.some((table) => table.stored);
    return some && file.tables.every((table) => table.stored || !table.waits);
  }

  /** Tables that wait may be newer versions of what came or went, or the same file. */
  #changed(batch: ImportView): void {
    const datasets = new Set(batch.files.flatMap((file) => file.sheets.map((sheet) => sheet.dataset)));
    for (const file of this.files) this.#know(file);
    for (const table of this.tables) if (datasets.has(table.choice.dataset)) table.refresh();
  }

  #took(file: Waiting, stored: ImportedFileView): void {
    file.error = stored.error;
    for (const view of stored.sheets) {
      const table = file.tables.find((t) => !t.stored && t.isAt(view.sheet, view.header_row));
      if (!table) continue;
      table.error = view.error;
      if (!view.error) table.stored = view;
    }
  }

  /** After a batch was taken back: what is stored, and what may go in again. */
  async undone(batch: ImportView): Promise<void> {
    this.latest = null;
    await this.load();
    this.#changed(batch);
  }
}

/** The files on their way into an exam; they stay while another stage is looked at, and go with the exam. */
export const intakeOf = keeper(() => new Intake());
