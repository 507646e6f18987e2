/** Contacts, the card that is being looked at, and the act that is under way. */
import {
  asError,
  call,
  type CardLookView,
  type CardRequest,
  type ContactsView,
  type ContactView,
  type ErrorView
} from '../../backend';

export type Act =
  | { kind: 'compare'; contact: ContactView }
  | { kind: 'change'; contact: ContactView; look: CardLookView; card: CardRequest };

/** How long typing has to rest before the text is looked at, ms. */
const REST = 150;

export class Contacts {
  view = $state.raw<ContactsView | null>(null);
  act = $state.raw<Act | null>(null);
  /** The contact that somebody wants to remove. */
  leaving = $state.raw<ContactView | null>(null);
  busy = $state(false);
  error = $state.raw<ErrorView | null>(null);
  /** What was done last, in words. */
  told = $state('');

  text = $state('');
  look = $state.raw<CardLookView | null>(null);
  lookError = $state.raw<ErrorView | null>(null);
  /** The card that was looked at. */
  #card: CardRequest = { text: '', path: '' };
  #resting = 0;
  #asked = 0;

  async #try(work: () => Promise<void>): Promise<boolean> {
    this.busy = true;
    this.error = null;
    this.told = '';
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

  load(): Promise<boolean> {
    return this.#try(async () => {
      this.view = await call('contacts', null);
    });
  }

  begin(act: Act | null): void {
    this.act = act;
    this.leaving = null;
    this.error = null;
    this.told = '';
  }

  /** Looks at what was typed or pasted as soon as it rests. */
  typed(): void {
    clearTimeout(this.#resting);
    this.#resting = window.setTimeout(() => void this.lookAt({ text: this.text, path: '' }), REST);
  }

  async lookAt(card: CardRequest): Promise<void> {
    clearTimeout(this.#resting);
    this.#asked += 1;
    const mine = this.#asked;
    this.look = null;
    this.lookError = null;
    this.#card = card;
    if (card.text.trim() === '' && card.path === '') return;
    try {
      const look = await call('contact_look', card);
      if (mine === this.#asked) this.look = look;
    } catch (thrown) {
      if (mine === this.#asked) this.lookError = asError(thrown);
    }
  }

  /** Nothing is looked at any more. */
  drop(): void {
    clearTimeout(this.#resting);
    this.#asked += 1;
    this.text = '';
    this.look = null;
    this.lookError = null;
  }

  name(name: string, unit: string): Promise<boolean> {
    return this.#try(async () => {
      this.view = await call('contact_card_set', { name, unit });
    });
  }

  /** Takes the card in that was looked at, and goes on to comparing its fingerprint. */
  add(told: (name: string) => string): Promise<boolean> {
    return this.#try(async () => {
      const before = new Set(this.view?.contacts.map(({ id }) => id));
      this.view = await call('contact_add', this.#card);
      this.drop();
      const added = this.view.contacts.find(({ id }) => !before.has(id));
      if (added) this.told = told(added.name);
    });
  }

  verify(contact: ContactView, told: string): Promise<boolean> {
    return this.#try(async () => {
      const fingerprint = contact.fingerprint.join(' ');
      this.view = await call('contact_verify', { contact: contact.id, fingerprint });
      this.act = null;
      this.told = told;
    });
  }

  /** Goes on to what a changed key asks for. */
  deal(): void {
    const { look } = this;
    if (look?.contact) this.begin({ kind: 'change', contact: look.contact, look, card: this.#card });
  }

  change(
    act: Extract<Act, { kind: 'change' }>,
    reason: string,
    typed: { number: number; digits: string }[],
    told: string
  ): Promise<boolean> {
    return this.#try(async () => {
      this.view = await call('contact_change_key', {
        contact: act.contact.id,
        card: act.card,
        reason,
        typed
      });
      this.drop();
      this.act = null;
      this.told = told;
    });
  }

  remove(contact: ContactView): Promise<boolean> {
    return this.#try(async () => {
      this.view = await call('contact_remove', { contact: contact.id });
      this.leaving = null;
    });
  }
}
