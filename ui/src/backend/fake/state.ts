/** The memory of the invented host: one vault, its exams, and what was done in the open one. */
import type {
  AnswerView,
  DispositionView,
  DrawnSampleView,
  ErrorView,
  ExamView,
  FactView,
  FindingView,
  FoundView,
  ImportView,
  IntegrityView,
  KeySlotView,
  LockedByWord,
  OverrideRequest,
  PackageView,
  ProgressView,
  EvidenceProgressView,
  HandoverProgressView,
  RunProgressView,
  RunView,
  SecurityView,
  SignerView,
  StatusView,
  SystemView
} from '../bindings';
import type { Dossier } from './dossier';

export interface FakeState {
  passphrase: string;
  dir: string;
  open: boolean;
  exists: boolean;
  recoveryConfirmed: boolean;
  /** Nobody looked yet at what is new. */
  news: boolean;
  identity: string;
  slots: KeySlotView[];
  exams: ExamView[];
  exam: ExamView | null;
  facts: Map<string, { value: FactView; basis: string }>;
  systems: SystemView[];
  answers: Map<string, AnswerView[]>;
  imports: ImportView[];
  runs: Map<string, RunView>;
  /** The run before the latest. */
  earlier: Map<string, RunView>;
  overrides: Map<string, OverrideRequest>;
  /** What was said about a row, the last one last. */
  dispositions: Map<number, DispositionView[]>;
  samples: DrawnSampleView[];
  findings: FindingView[];
  /** Lives of findings, evidence, signatures, the team. */
  dossier: Dossier;
  packages: PackageView[];
  signers: SignerView[];
  /** Case number of an exam that uses the loaded package, which then cannot be removed; empty: none. */
  pinnedBy: string;
  /** What undo and redo of answers would do, in words. */
  undo: string | null;
  redo: string | null;
  clock: number;
  cancelled: boolean;
  /** Rows of the firm's longest list, which is there from the start; 0: it handed over nothing. */
  rows: number;
  /** How often a look at data was stopped. */
  dataStops: number;
  security: SecurityView;
  lockedBy: LockedByWord | null;
  progress: Set<(progress: ProgressView) => void>;
  runProgress: Set<(progress: RunProgressView) => void>;
  evidenceProgress: Set<(progress: EvidenceProgressView) => void>;
  handoverProgress: Set<(progress: HandoverProgressView) => void>;
  /** Who follows the look at the vault. */
  integrity: Set<(view: IntegrityView) => void>;
  /** What a look at the vault finds. */
  found: FoundView[];
  /** Somebody broke off the running procedures. */
  runStopped: boolean;
  /** Corrected kinds of accounts by the number of the row; `null` says that it is not known. */
  corrections: Map<number, { value: string | null; note: string }>;
  status: () => StatusView;
}

/** The invented clock: each durable write is a few seconds after the one before. */
export function tick(state: FakeState): string {
  state.clock += 7;
  const two = (n: number): string => String(n).padStart(2, '0');
  const t = state.clock;
  return `2026-03-02T${two(Math.floor(t / 3600))}:${two(Math.floor(t / 60) % 60)}:${two(t % 60)}`;
}

/** Rejects like the host does. */
export function refuse(code: string, message: string, hint: string): never {
  throw { code, message, hint } satisfies ErrorView;
}

export function examiner(state: FakeState): string {
  return state.exam?.current_examiner ?? '';
}
