/** Backups of the open vault: where they are, which generations there are, and making one more. */
import { asError, call, type BackupsView, type ErrorView } from '../../backend';
import { m } from '../../i18n';
import { desk } from '../../shared/state/desk.svelte';
import type { Job } from '../../shared/state/jobs.svelte';

export class Backups {
  view = $state.raw<BackupsView | null>(null);
  folder = $state('');
  keep = $state(5);
  /** Number of the generation that was just made; 0 before. */
  made = $state(0);
  busy = $state(false);
  error = $state.raw<ErrorView | null>(null);
  #job: Job | null = null;

  readonly ready = $derived(
    !this.busy &&
      this.folder.trim() !== '' &&
      Number.isInteger(this.keep) &&
      this.keep >= 1 &&
      this.keep <= 99
  );

  #take(view: BackupsView): void {
    this.view = view;
    this.folder = view.folder || this.folder;
    this.keep = view.keep;
  }

  async #try(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    try {
      await work();
    } catch (thrown) {
      this.error = asError(thrown);
    } finally {
      this.busy = false;
    }
  }

  load(): Promise<void> {
    return this.#try(async () => this.#take(await call('backups', null)));
  }

  make(): Promise<void> {
    const request = { folder: this.folder.trim(), keep: this.keep };
    return this.#try(async () => {
      const plan = { title: m.job_backup(), place: 'window' } as const;
      const { job, done } = desk.jobs.queue(plan, () => call('backup_make', request));
      this.#job = job;
      this.#take(await done);
      this.made = this.view?.generations.at(-1)?.generation ?? 0;
    });
  }

  /** The window is closed; what it began goes on. */
  leave(): void {
    this.#job?.leave();
  }
}
