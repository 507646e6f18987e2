/** The keys of the open vault, and the act on them that is under way. */
import {
  asError,
  call,
  type ErrorView,
  type KeySlotsView,
  type KeySlotView,
  type VaultCreatedView
} from '../../backend';
import { desk } from '../../shared/state/desk.svelte';

export type Act =
  | { kind: 'passphrase' }
  | { kind: 'recovery' }
  | { kind: 'escrow' }
  | { kind: 'keystore' }
  | { kind: 'remove'; slot: KeySlotView };

export class Keys {
  view = $state.raw<KeySlotsView | null>(null);
  act = $state.raw<Act | null>(null);
  /** A new recovery identity that waits to be written down. */
  renewed = $state.raw<VaultCreatedView | null>(null);
  busy = $state(false);
  error = $state.raw<ErrorView | null>(null);

  begin(act: Act | null): void {
    this.act = act;
    this.error = null;
  }

  async load(): Promise<void> {
    await this.#try(async () => {
      this.view = await call('key_slots', null);
    });
  }

  /** Does the act with what was typed; true when it is done. */
  async run(typed: {
    proof: string;
    passphrase: string;
    recipient: string;
    label: string;
  }): Promise<boolean> {
    const { act } = this;
    if (!act) return false;
    const { proof, passphrase, recipient, label } = typed;
    return this.#try(async () => {
      if (act.kind === 'recovery') this.renewed = await call('recovery_renew', { proof });
      else if (act.kind === 'passphrase') this.view = await call('passphrase_change', { proof, passphrase });
      else if (act.kind === 'escrow') this.view = await call('escrow_add', { proof, recipient, label });
      else if (act.kind === 'keystore') this.view = await call('keystore_add', { proof });
      else this.view = await call('slot_remove', { proof, slot: act.slot.slot });
      this.act = null;
      this.#tellSession();
    });
  }

  /** The screen that opens the vault asks the host only once. */
  #tellSession(): void {
    if (!desk.session || desk.session.suggested_dir !== desk.vault?.dir) return;
    desk.session.keystore_opens = this.view?.slots.some((slot) => slot.kind === 'keystore') ?? false;
  }

  /** The new recovery identity was typed back. */
  async confirmed(): Promise<void> {
    this.renewed = null;
    await this.load();
    if (desk.vault && this.view) desk.vault.recovery_confirmed = this.view.recovery_confirmed;
  }

  async #try(work: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = null;
    try {
      await work();
      return true;
    } catch (thrown) {
      this.error = asError(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
