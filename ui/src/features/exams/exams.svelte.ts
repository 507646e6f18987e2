/** The exams of the vault: which there are, how far they are, what firms still owe, and what was destroyed. */
import {
  asError,
  call,
  type DestructionView,
  type DueView,
  type ErrorView,
  type ExamFiguresView,
  type ExamHeadView
} from '../../backend';

/** How the exams are listed; remembered while the program runs. */
export const listed = $state({ as: 'cards' as 'cards' | 'table' });

export class Exams {
  heads = $state.raw<ExamHeadView[] | null>(null);
  destroyed = $state.raw<DestructionView[]>([]);
  due = $state.raw<DueView[] | null>(null);
  error = $state.raw<ErrorView | null>(null);
  #figures = $state.raw<ReadonlyMap<string, ExamFiguresView>>(new Map());

  async load(): Promise<void> {
    try {
      [this.heads, this.destroyed] = await Promise.all([call('exams', null), call('destructions', null)]);
      const [due, figures] = await Promise.all([call('due', null), call('exam_figures', null)]);
      this.due = due;
      this.#figures = new Map(figures.map((one) => [one.exam, one]));
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  figuresOf(exam: string): ExamFiguresView | undefined {
    return this.#figures.get(exam);
  }

  dueOf(exam: string): DueView[] {
    return (this.due ?? []).filter((one) => one.exam === exam);
  }
}
