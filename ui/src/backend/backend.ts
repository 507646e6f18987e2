/** What the window needs from its host. The Tauri host and the in-memory one both answer it. */
import type {
  Commands,
  EvidenceProgressView,
  HandoverProgressView,
  IntegrityView,
  LockNoticeView,
  ProgressView,
  RunProgressView
} from './bindings';

export type CommandName = keyof Commands;
export type Unlisten = () => void;

export interface Backend {
  /** Runs a command. Rejects with an `ErrorView`. */
  call<K extends CommandName>(name: K, request: Commands[K]['request']): Promise<Commands[K]['view']>;
  /** Progress of the running import, at most a few times a second. */
  onProgress(listener: (progress: ProgressView) => void): Unlisten;
  /** Progress of the running procedures: one call for each that begins. */
  onRunProgress(listener: (progress: RunProgressView) => void): Unlisten;
  /** Progress of taking evidence in. */
  onEvidenceProgress(listener: (progress: EvidenceProgressView) => void): Unlisten;
  /** Progress of writing a package, looking at one, or merging it. */
  onHandoverProgress(listener: (progress: HandoverProgressView) => void): Unlisten;
  /** How the look at the vault stands: each hundredth, and its end. */
  onIntegrity(listener: (view: IntegrityView) => void): Unlisten;
  /** A lock that comes, is called off, or is there. */
  onLock(listener: (notice: LockNoticeView) => void): Unlisten;
  /** Files dropped on the window; `over` is true while they hover. */
  onDrop(listener: (drop: { over: boolean; paths: string[] }) => void): Unlisten;
  /** Asks for files; empty when the examiner cancels. */
  pickFiles(): Promise<string[]>;
  /** Asks for a folder. */
  pickFolder(): Promise<string | null>;
  /** Asks where to save, offering `name`. */
  pickSaveFile(name: string): Promise<string | null>;
  /** Opens a file that was exported with the program that the system has for it. */
  openPath(path: string): Promise<void>;
  /** The file that the window was started with, once. */
  givenFile(): Promise<string | null>;
}
