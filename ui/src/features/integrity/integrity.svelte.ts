/** Whether the vault is as it was written: the look at it that begins when it is opened, and how it stands. */
import { call, onIntegrity, type IntegrityView } from '../../backend';
import { m } from '../../i18n';
import { desk } from '../../shared/state/desk.svelte';
import type { Job } from '../../shared/state/jobs.svelte';

class Integrity {
  view = $state<IntegrityView | null>(null);
  /** The window that lists what was found. */
  open = $state(false);
  #job: Job | null = null;

  /** Begins a look and follows it; returns the way to stop following. */
  follow(): () => void {
    const stop = onIntegrity((view) => this.#take(view));
    void this.begin();
    return () => {
      stop();
      this.#take(null);
      this.open = false;
    };
  }

  /** The mark tells of it wherever somebody is, so the list of jobs is the only other place. */
  #take(view: IntegrityView | null): void {
    this.view = view;
    if (view?.state !== 'running') {
      this.#job?.end(
        view === null || view.state === 'stopped' ? 'cancelled' : view.state === 'failed' ? 'failed' : 'done'
      );
      this.#job = null;
      return;
    }
    this.#job ??= desk.jobs.begin({ title: m.integrity_title(), place: 'bar', own: true });
    this.#job.tell('', view.percent / 100);
  }

  async begin(): Promise<void> {
    const before = this.view;
    try {
      const view = await call('integrity_start', null);
      // What was told meanwhile is newer.
      if (this.view === before) this.#take(view);
    } catch {
      // Locked meanwhile; there is nothing to look at.
      this.#take(null);
    }
  }
}

export const integrity = new Integrity();
