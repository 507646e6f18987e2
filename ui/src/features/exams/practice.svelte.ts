/** 範例查核案: making it, with how far that is, and taking it away. */
import {
  asError,
  call,
  onProgress,
  onRunProgress,
  type ErrorView,
  type ExamHeadView,
  type ExamView
} from '../../backend';
import { m } from '../../i18n';
import { desk } from '../../shared/state/desk.svelte';
import type { Job } from '../../shared/state/jobs.svelte';

class Practice {
  /** The window in which it is made; it keeps other work off the desk meanwhile. */
  making = $state(false);
  /** How it stands. */
  job = $state.raw<Job | null>(null);
  error = $state.raw<ErrorView | null>(null);
  /** The exam whose removal waits for a yes. */
  leaving = $state.raw<ExamHeadView | null>(null);

  /** Makes it and opens it; broken off, nothing of it is there. */
  async make(): Promise<void> {
    if (this.making) return;
    if (desk.exam) await desk.closeExam();
    this.making = true;
    this.error = null;
    const cancel = (): Promise<unknown> => call('import_cancel', null);
    const { job, done } = desk.jobs.queue(
      { title: m.practice_making(), place: 'window', own: true, cancel },
      (job) => this.#run(job)
    );
    this.job = job;
    try {
      const exam = await done;
      this.making = false;
      await desk.openExam(exam);
    } catch (thrown) {
      this.making = false;
      this.error = this.#stopped ? null : asError(thrown);
    } finally {
      this.#stopped = false;
      this.job = null;
    }
  }

  async #run(job: Job): Promise<ExamView> {
    job.tell(m.practice_reading());
    const stops = [
      // Reading is about a third of it.
      onProgress(({ file, files, fraction }) =>
        job.tell(m.practice_files({ file, files }), (fraction ?? 0) / 3)
      ),
      onRunProgress(({ title, done, of }) =>
        job.tell(m.practice_runs({ title }), 1 / 3 + (2 / 3) * (done / Math.max(of, 1)))
      )
    ];
    try {
      return await call('practice_make', null);
    } finally {
      stops.forEach((stop) => stop());
    }
  }

  #stopped = false;

  stop(): void {
    this.#stopped = true;
    this.job?.cancel();
  }

  /** Takes the one away that was asked about; gives the exams that are left. */
  async remove(): Promise<ExamHeadView[] | null> {
    const exam = this.leaving?.id;
    if (!exam) return null;
    this.error = null;
    try {
      const left = await call('practice_remove', { exam });
      this.leaving = null;
      return left;
    } catch (thrown) {
      this.error = asError(thrown);
      return null;
    }
  }
}

export const practice = new Practice();
