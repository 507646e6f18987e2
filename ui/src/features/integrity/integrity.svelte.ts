/** Whether the vault is as it was written: the look at it that begins when it is opened, and how it stands. */
import { call, onIntegrity, type IntegrityView } from '../../backend';

class Integrity {
  view = $state<IntegrityView | null>(null);
  /** The window that lists what was found. */
  open = $state(false);

  /** Begins a look and follows it; returns the way to stop following. */
  follow(): () => void {
    const stop = onIntegrity((view) => (this.view = view));
    void this.begin();
    return () => {
      stop();
      this.view = null;
      this.open = false;
    };
  }

  async begin(): Promise<void> {
    const before = this.view;
    try {
      const view = await call('integrity_start', null);
      // What was told meanwhile is newer.
      if (this.view === before) this.view = view;
    } catch {
      // Locked meanwhile; there is nothing to look at.
      this.view = null;
    }
  }
}

export const integrity = new Integrity();
