/** Which editions new exams get, where they come from, and the differences that are being looked at. */
import {
  asError,
  call,
  type CompareRequest,
  type DocumentChangeView,
  type EditionsView,
  type ErrorView,
  type PackageInspectView
} from '../../backend';

export type Shown =
  | { of: 'package'; name: string; changes: DocumentChangeView[] }
  | { of: 'sides'; from: string; to: string; changes: DocumentChangeView[] };

export class Editions {
  view = $state.raw<EditionsView | null>(null);
  inspected = $state.raw<{ path: string; holds: PackageInspectView } | null>(null);
  /** Asked for last: what a package changes, or what is different between two sides. */
  shown = $state.raw<Shown | null>(null);
  busy = $state(false);
  error = $state<ErrorView | null>(null);
  /** Why a package or signer stays, at the line where it was to go. */
  refused = $state<{ key: string; error: ErrorView } | null>(null);

  async #try(work: () => Promise<void>): Promise<ErrorView | null> {
    if (this.busy) return null;
    this.busy = true;
    try {
      await work();
      return null;
    } catch (thrown) {
      return asError(thrown);
    } finally {
      this.busy = false;
    }
  }

  async load(): Promise<void> {
    this.error = await this.#try(async () => void (this.view = await call('editions', null)));
  }

  async inspect(path: string): Promise<ErrorView | null> {
    this.inspected = null;
    return this.#try(async () => {
      const holds = await call('package_inspect', { path });
      this.inspected = { path, holds };
      this.shown = { of: 'package', name: `${holds.name} ${holds.version}`, changes: holds.changes };
    });
  }

  /** Loads the package that was inspected; `trustAs` is the name of a signer who was unknown. */
  async take(trustAs: string): Promise<ErrorView | null> {
    const { inspected } = this;
    if (!inspected) return null;
    const { path, holds } = inspected;
    return this.#try(async () => {
      const request = { path, trust_as: trustAs, fingerprint: trustAs ? holds.fingerprint : '' };
      this.view = await call('package_load', request);
      this.inspected = null;
    });
  }

  async #drop(key: string, work: () => Promise<EditionsView>): Promise<void> {
    const error = await this.#try(async () => void (this.view = await work()));
    this.refused = error ? { key, error } : null;
  }

  removePackage(key: string): Promise<void> {
    return this.#drop(key, () => call('package_remove', { key }));
  }

  distrust(key: string): Promise<void> {
    return this.#drop(key, () => call('signer_distrust', { key }));
  }

  async compare(request: CompareRequest, from: string, to: string): Promise<ErrorView | null> {
    return this.#try(async () => {
      this.shown = { of: 'sides', from, to, changes: await call('editions_compare', request) };
    });
  }
}
