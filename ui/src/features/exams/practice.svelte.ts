/** 範例查核案: making it, with how far that is, and taking it away. */
import { asError, call, onProgress, onRunProgress, type ErrorView, type ExamHeadView } from '../../backend';
import { m } from '../../i18n';
import { desk } from '../../shared/state/desk.svelte';

class Practice {
  /** The window in which it is made; it keeps other work off the desk meanwhile. */
  making = $state(false);
  text = $state('');
  fraction = $state<number | null>(null);
  error = $state.raw<ErrorView | null>(null);
  /** The exam whose removal waits for a yes. */
  leaving = $state.raw<ExamHeadView | null>(null);

  /** Makes it and opens it; broken off, nothing of it is there. */
  async make(): Promise<void> {
    if (this.making) return;
    if (desk.exam) await desk.closeExam();
    this.making = true;
    this.error = null;
    this.fraction = null;
    this.text = m.practice_reading();
    const stops = [
      onProgress(({ file, files, fraction }) => {
        this.text = m.practice_files({ file, files });
        // Reading is about a third of it.
        this.fraction = (fraction ?? 0) / 3;
      }),
      onRunProgress(({ title, done, of }) => {
        this.text = m.practice_runs({ title });
        this.fraction = 1 / 3 + (2 / 3) * (done / Math.max(of, 1));
      })
    ];
    try {
      const exam = await call('practice_make', null);
      this.making = false;
      await desk.openExam(exam);
    } catch (thrown) {
      const error = asError(thrown);
      this.making = false;
      this.error = this.#stopped ? null : error;
    } finally {
      this.#stopped = false;
      stops.forEach((stop) => stop());
    }
  }

  #stopped = false;

  stop(): void {
    this.#stopped = true;
    void call('import_cancel', null);
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
