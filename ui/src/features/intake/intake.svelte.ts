/** Files on their way in: inspected, mapped, imported one after the other. */
import {
  asError,
  call,
  onProgress,
  type DatasetView,
  type ErrorView,
  type ImportedFileView,
  type ImportView,
  type InspectedFileView,
  type ProgressView
} from '../../backend';
import { m } from '../../i18n';
import { count } from '../../shared/numbers';
import { desk } from '../../shared/state/desk.svelte';
import { choose, choices, type Choice } from './choice';

export interface Pending {
  view: InspectedFileView;
  choices: Choice[];
  /** `refused`: the host stored nothing of it and said why. */
  state: 'waiting' | 'running' | 'done' | 'refused';
  rows: number;
  error: ErrorView | null;
  /** Names of the sheets that were stored. */
  stored: string[];
  /** Why a sheet was not stored, by its name. */
  refusals: Record<string, ErrorView>;
}

export class Intake {
  files = $state<Pending[]>([]);
  at = $state({ file: 0, sheet: 0 });
  datasets = $state.raw<DatasetView[]>([]);
  imports = $state.raw<ImportView[] | null>(null);
  error = $state<ErrorView | null>(null);
  inspecting = $state(false);
  /** Who hands the files over, for the receipt. */
  receivedFrom = $state('');
  running = $state(false);

  readonly file = $derived(this.files[this.at.file]);
  readonly sheet = $derived(this.file?.view.sheets[this.at.sheet]);
  readonly choice = $derived(this.file?.choices[this.at.sheet]);
  readonly ready = $derived(this.files.filter((file) => file.state === 'waiting' && this.importable(file)));

  dataset(key: string | null): DatasetView | undefined {
    return this.datasets.find((dataset) => dataset.key === key);
  }

  /** What was refused may be tried again by itself, once its reason is gone. */
  importable(file: Pending): boolean {
    return (
      ['waiting', 'refused'].includes(file.state) && choices(file, (key) => this.dataset(key)).length > 0
    );
  }

  async load(): Promise<void> {
    try {
      [this.datasets, this.imports] = await Promise.all([call('datasets', null), call('imports', null)]);
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  /** Looks into files; those that are there already are looked into again. */
  async add(paths: string[]): Promise<void> {
    const wanted = [...new Set(paths.map((path) => path.trim()).filter(Boolean))];
    if (wanted.length === 0 || this.inspecting) return;
    this.inspecting = true;
    this.error = null;
    try {
      const views = await call('import_inspect', { paths: wanted });
      const kept = this.files.filter((file) => !wanted.includes(file.view.path));
      const first = kept.length;
      const added = views.map((view): Pending => ({
        view,
        choices: view.sheets.map((sheet) => choose(view, sheet)),
        state: 'waiting',
        rows: 0,
        error: view.error,
        stored: [],
        refusals: {}
      }));
      this.files = [...kept, ...added];
      this.at = { file: first, sheet: 0 };
    } catch (thrown) {
      this.error = asError(thrown);
    } finally {
      this.inspecting = false;
    }
  }

  remove(file: Pending): void {
    this.files = this.files.filter((other) => other !== file);
    this.at = { file: 0, sheet: 0 };
  }

  async importAll(): Promise<void> {
    await this.#import([...this.ready]);
  }

  async importOne(file: Pending): Promise<void> {
    await this.#import([file]);
  }

  async cancel(): Promise<void> {
    await call('import_cancel', null);
  }

  /** Stores files as one batch: what is broken off leaves nothing of any of them. */
  async #import(files: Pending[]): Promise<void> {
    if (this.running || files.length === 0) return;
    this.running = true;
    const stop = onProgress((progress) => this.#tell(progress));
    for (const file of files)
      Object.assign(file, { state: 'running', error: null, refusals: {}, rows: 0, stored: [] });
    this.#tell({ path: files[0]!.view.path, sheet: '', rows: 0, file: 1, files: files.length });
    try {
      const wanted = files.map((file) => ({
        path: file.view.path,
        sheets: choices(file, (key) => this.dataset(key)),
        encoding: null
      }));
      const done = await call('import_run', { files: wanted, received_from: this.receivedFrom.trim() });
      done.files.forEach((stored, n) => this.#took(files[n]!, stored));
      this.imports = await call('imports', null);
      await desk.refresh();
    } catch (thrown) {
      const error = asError(thrown);
      for (const file of files) file.state = 'waiting';
      if (files.length === 1) files[0]!.error = error;
      else this.error = error;
    } finally {
      stop();
      desk.job = null;
      this.running = false;
    }
  }

  #took(file: Pending, stored: ImportedFileView): void {
    for (const { sheet, error } of stored.sheets)
      if (error) file.refusals[sheet] = error;
      else file.stored.push(sheet);
    file.error = stored.error;
    file.state = stored.error ? 'refused' : 'done';
  }

  #tell(progress: ProgressView): void {
    const file = this.files.find((f) => f.view.path === progress.path && f.state === 'running');
    if (!file) return;
    file.rows = progress.rows;
    const text = m.import_running({ file: file.view.file, n: count(progress.rows) });
    desk.job = { text, cancel: () => void this.cancel() };
  }
}

const kept = new WeakMap<object, Intake>();

/** The files on their way into an exam; they stay while another stage is looked at, and go with the exam. */
export function intakeOf(exam: object): Intake {
  const intake = kept.get(exam) ?? new Intake();
  kept.set(exam, intake);
  return intake;
}
