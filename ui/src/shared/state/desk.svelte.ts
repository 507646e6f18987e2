/** What lies on the desk: the open vault and exam, the counters, the stage, and where somebody wants to go. */
import { call, type ExamView, type SessionView, type StatusView, type VaultView } from '../../backend';

export const STAGES = ['profile', 'items', 'data', 'tests', 'findings', 'outputs'] as const;
export type Stage = (typeof STAGES)[number];

/** A wish that the screen of a stage fulfils when it is there. */
export type Goal =
  | { kind: 'item'; clause: string }
  | { kind: 'draft'; procedure: string; clause: string }
  | { kind: 'procedure'; id: string }
  | { kind: 'run-all' };

class Desk {
  session = $state<SessionView | null>(null);
  vault = $state<VaultView | null>(null);
  exam = $state<ExamView | null>(null);
  status = $state<StatusView | null>(null);
  stage = $state<Stage>('profile');
  goal = $state<Goal | null>(null);
  /** One line about work in progress, for the status bar. */
  job = $state<{ text: string; cancel: () => void } | null>(null);
  /** Why the vault was locked without being asked to. */
  lockedBy = $state<'idle' | 'host' | null>(null);

  #keepers = new Set<() => Promise<unknown>>();

  /** Registers what still has to be saved before the exam is closed or the vault locked; returns the way out. */
  keep(save: () => Promise<unknown>): () => void {
    this.#keepers.add(save);
    return () => void this.#keepers.delete(save);
  }

  async #flush(): Promise<void> {
    await Promise.allSettled([...this.#keepers].map((save) => save()));
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

  async openExam(exam: ExamView): Promise<void> {
    this.exam = exam;
    this.go('profile');
    await this.refresh();
  }

  async closeExam(): Promise<void> {
    await this.#flush();
    await call('exam_close', null);
    this.forgetExam();
  }

  forgetExam(): void {
    this.#keepers.clear();
    this.exam = null;
    this.status = null;
    this.goal = null;
    this.job = null;
    this.stage = 'profile';
  }

  /** Takes everything off the desk; the host may have locked already. */
  cleared(by: 'idle' | 'host' | null): void {
    this.vault = null;
    this.lockedBy = by;
    this.forgetExam();
  }

  async lock(by: 'idle' | null = null): Promise<void> {
    await this.#flush();
    try {
      await call('vault_lock', null);
    } finally {
      this.cleared(by);
    }
  }
}

export const desk = new Desk();
