/** What lies on the desk: the open vault and exam, the counters, the stage, and where somebody wants to go. */
import {
  call,
  type ExamView,
  type LockedByWord,
  type ResultWord,
  type SessionView,
  type StatusView,
  type VaultView
} from '../../backend';
import type { Turning } from './edits.svelte';
import { Jobs, type JobPlace } from './jobs.svelte';

export const STAGES = [
  'dashboard',
  'profile',
  'items',
  'data',
  'tests',
  'findings',
  'evidence',
  'review',
  'outputs'
] as const;
/**
 * The stages of the rail, and what has a screen of its own beside them: the deficiency patterns, which belong to the
 * items, the count of equipment, which the tests compare with the firm's lists, and handing the exam over.
 */
export type Stage = (typeof STAGES)[number] | 'patterns' | 'count' | 'handover';

/** The two sides of the data: the files that came in, and the rows that are stored. */
export type DataSide = 'files' | 'rows';

/** What floats over the window until it is closed. Only what stands in the second line needs an exam. */
export type Floating =
  | ('shortcuts' | 'backups' | 'editions' | 'settings' | 'keys' | 'trail' | 'contacts' | 'take-in')
  | ('assignments' | 'carry' | 'requests' | 'templates');

/** A wish that the screen of a stage fulfils when it is there. */
export type Goal =
  | { kind: 'item'; clause: string }
  /** The items with a mark: `awaited` are those that wait for something from the firm (待補資料). */
  | { kind: 'filter'; flag: 'awaited' }
  /**
   * The items that bind the firm or may, of a chapter (its title) of a document (its code) or of all where they are
   * empty; with a result, only those that have it.
   */
  | { kind: 'results'; document: string; chapter: string; result: ResultWord | null }
  /**
   * A finding from a procedure's exceptions, an item's answer or a pattern: one of them is given.
   * Of a procedure, only the rows of `rule` and of `system` where they are given.
   */
  | {
      kind: 'draft';
      procedure: string;
      clause: string;
      pattern?: string;
      rule?: string;
      system?: string | null;
    }
  | { kind: 'pattern'; code: string }
  | { kind: 'finding'; no: number }
  | { kind: 'evidence'; id: number }
  /** A working paper in the review, by its number. */
  | { kind: 'paper'; paper: string }
  | { kind: 'procedure'; id: string }
  /** Handing over, taking in (a file that is looked at then), or the merges so far. */
  | { kind: 'handover'; tab: 'give' | 'take' | 'merges'; path?: string }
  /** The stored rows of a dataset (its key); empty: of the one that was looked at, or the first. */
  | { kind: 'rows'; dataset: string }
  | { kind: 'run-all' }
  /** The window in which samples are drawn. */
  | { kind: 'sampling' }
  /** The window in which examiners write procedures. */
  | { kind: 'own' }
  /** An inferred column of a dataset, to be corrected. */
  | { kind: 'derived'; dataset: string; column: string };

/** What a picture is wished of; empty where the window is to choose. */
export interface PictureOf {
  dataset: string;
  column: string;
  /** A procedure whose dataset it may be. */
  procedure: string;
}

class Desk {
  session = $state<SessionView | null>(null);
  vault = $state<VaultView | null>(null);
  exam = $state<ExamView | null>(null);
  status = $state<StatusView | null>(null);
  stage = $state<Stage>('profile');
  dataSide = $state<DataSide>('files');
  /** What is shown while no exam is open: the exams, or all of them compared. */
  headquarters = $state(false);
  goal = $state<Goal | null>(null);
  floating = $state<Floating | null>(null);
  /** The window with a column's picture, over whatever stage. */
  picture = $state.raw<PictureOf | null>(null);
  /** Work in progress, whatever began it. */
  readonly jobs = new Jobs(
    () => performance.now(),
    (place) => this.#shows(place)
  );
  /** What the screen in sight can take back and bring back. */
  turning = $state.raw<Turning | null>(null);
  /** A lock was asked for, and waits for what runs. */
  locking = $state(false);
  /** Why the vault was locked. */
  lockedBy = $state<LockedByWord | null>(null);

  #keepers = new Set<() => Promise<unknown>>();

  #shows(place: JobPlace): boolean {
    if (place === 'window' || place === 'bar') return true;
    if (place === 'headquarters') return this.headquarters && this.exam === null;
    return this.exam !== null && this.stage === place;
  }

  /** Registers what still has to be saved before the exam is closed or the vault locked; returns the way out. */
  keep(save: () => Promise<unknown>): () => void {
    this.#keepers.add(save);
    return () => void this.#keepers.delete(save);
  }

  /** Waits until what was begun is stored. */
  async settle(): Promise<void> {
    await Promise.allSettled([...this.#keepers].map((save) => save()));
  }

  /** Says what the keys for taking back mean while a screen is in sight; returns the way out. */
  turns(turning: Turning): () => void {
    this.turning = turning;
    return () => {
      if (this.turning === turning) this.turning = null;
    };
  }

  go(stage: Stage, goal: Goal | null = null): void {
    this.stage = stage;
    this.goal = goal;
  }

  /** Takes the wish if it is of this kind, so that it is fulfilled once. */
  take<K extends Goal['kind']>(kind: K): Extract<Goal, { kind: K }> | null {
    const goal = this.goal;
    if (goal?.kind !== kind) return null;
    this.goal = null;
    return goal as Extract<Goal, { kind: K }>;
  }

  async refresh(): Promise<void> {
    if (this.exam) this.status = await call('status', null);
  }

  /** What is known of the open exam, asked anew: a merge may have changed its head and its examiners. */
  async renewExam(): Promise<void> {
    if (!this.exam) return;
    Object.assign(this.exam, await call('exam_work_as', { examiner: this.exam.current_examiner }));
    await this.refresh();
  }

  /** Opens an exam: a new one at its profile, one that has answers at the whole of it, unless a place is named. */
  async openExam(exam: ExamView, there?: { stage: Stage; goal: Goal }): Promise<void> {
    const status = await call('status', null);
    const { applicable, undetermined } = exam.counts;
    const begun = status.items_open < applicable + undetermined;
    this.status = status;
    this.go(there?.stage ?? (begun ? 'dashboard' : 'profile'), there?.goal);
    this.exam = exam;
  }

  /** Goes to a finding, of another exam too. */
  async toFinding(exam: string, no: number): Promise<void> {
    const there = { stage: 'findings', goal: { kind: 'finding', no } } as const;
    if (this.exam?.head.id === exam) return this.go(there.stage, there.goal);
    if (this.exam) await this.closeExam();
    await this.openExam(await call('exam_open', { exam }), there);
  }

  /** Hands the work to another examiner; what the one before has written is stored under the one before. */
  async workAs(examiner: string): Promise<void> {
    await this.settle();
    const view = await call('exam_work_as', { examiner });
    if (this.exam) this.exam.current_examiner = view.current_examiner;
    await this.refresh();
  }

  /** Closes the exam when what was begun has ended. */
  async closeExam(): Promise<void> {
    await this.settle();
    await this.jobs.idle();
    await call('exam_close', null);
    this.forgetExam();
  }

  forgetExam(): void {
    this.#keepers.clear();
    this.exam = null;
    this.status = null;
    this.goal = null;
    this.floating = null;
    this.picture = null;
    this.turning = null;
    this.stage = 'profile';
    this.dataSide = 'files';
  }

  /** Takes everything off the desk; the host may have locked already. */
  cleared(by: LockedByWord | null): void {
    this.vault = null;
    this.lockedBy = by;
    this.headquarters = false;
    this.jobs.clear();
    this.forgetExam();
  }

  /** Compares all exams; an open one is closed before. */
  async toHeadquarters(): Promise<void> {
    if (this.exam) await this.closeExam();
    this.floating = null;
    this.headquarters = true;
  }

  /** Locks the vault: what runs is waited for, what waits for its turn does not begin. */
  async lock(by: LockedByWord = 'asked'): Promise<void> {
    this.locking = true;
    this.jobs.callOffAll();
    await this.settle();
    try {
      await call('vault_lock', null);
    } finally {
      this.locking = false;
      this.cleared(by);
    }
  }
}

export const desk = new Desk();
