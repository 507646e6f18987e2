/** Contacts, the card that is being looked at, and the act that is under way. */
import {
  asError,
  call,
  type CardLookView,
  type CardNameRequest,
  type CardRequest,
  type ContactsView,
  type ContactView,
  type ErrorView
} from '../../backend';
import { m } from '../../i18n';
import { desk } from '../../shared/state/desk.svelte';
import { editsOf, type Edits } from '../../shared/state/edits.svelte';

/** Whether somebody is on the list by a card that was taken in, or what the own card says. */
type Step = { card: CardRequest; fingerprint: string; listed: boolean } | { own: CardNameRequest };

/**
 * Cards that were taken in and names of the own card. Nothing else of a contact can be brought back: nobody knows the
 * card of who was removed, and a person compared a fingerprint or did not.
 */
export const contactEdits = (): Edits<Step> => editsOf(desk.vault ?? {}, 'contacts');

const printOf = ({ fingerprint }: { fingerprint: string[] }): string => fingerprint.join(' ');

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
  /** Whether a name is written on the own card that is not stored. */
  dirty = $state(false);
  /** Grows when what the own card says was replaced from elsewhere than its form. */
  renewed = $state(0);

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
    return this.#try(async () => this.#take(await call('contacts', null)));
  }

  /** Whoever was compared, changed or removed since is not as the card made them. */
  #take(view: ContactsView): void {
    this.view = view;
    contactEdits().keep((left) => {
      if ('own' in left) return true;
      const one = this.#listed(left.fingerprint);
      return left.listed ? one?.verified_at === '' && one.former.length === 0 : one === undefined;
    });
  }

  #listed(fingerprint: string): ContactView | undefined {
    return this.view?.contacts.find((one) => printOf(one) === fingerprint);
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

  /** A name that nobody chose was that of who is at work: it cannot be brought back. */
  name(own: CardNameRequest): Promise<boolean> {
    return this.#try(async () => {
      const before = this.view?.own;
      this.#take(await call('contact_card_set', own));
      if (before?.chosen) {
        const { name, unit } = before;
        contactEdits().did(m.card_step, { own: { name, unit } }, { own });
      }
    });
  }

  /** Takes the card in that was looked at, and goes on to comparing its fingerprint. */
  add(told: (name: string) => string): Promise<boolean> {
    return this.#try(async () => {
      const [before, card] = [new Set(this.view?.contacts.map(({ id }) => id)), this.#card];
      const view = await call('contact_add', card);
      this.#take(view);
      this.drop();
      const added = view.contacts.find(({ id }) => !before.has(id));
      if (!added) return;
      const { name } = added;
      const step = (listed: boolean): Step => ({ card, fingerprint: printOf(added), listed });
      this.told = told(name);
      contactEdits().did(() => m.contact_step({ name }), step(false), step(true));
    });
  }

  /** Takes the last step back, or brings back what was taken back. */
  async turn(back: boolean): Promise<void> {
    if (!this.dirty && !this.busy) await contactEdits().turn(back, (step) => this.#put(step));
  }

  #put(step: Step): Promise<boolean> {
    return this.#try(async () => {
      if ('own' in step) {
        this.view = await call('contact_card_set', step.own);
        this.renewed += 1;
      } else if (step.listed) {
        const { name, fingerprint } = await call('contact_look', step.card);
        // Its file may hold another one by now; the host refuses who is known already.
        if (printOf({ fingerprint }) !== step.fingerprint) throw this.#other();
        this.view = await call('contact_add', step.card);
        this.told = m.contact_added({ name });
      } else {
        const one = this.#listed(step.fingerprint);
        if (!one) return;
        this.view = await call('contact_remove', { contact: one.id });
        this.told = m.contact_taken_off({ name: one.name });
      }
      this.leaving = null;
    });
  }

  #other(): ErrorView {
    return { code: 'card_other', message: m.card_other(), hint: m.card_other_hint() };
  }

  verify(contact: ContactView, told: string): Promise<boolean> {
    return this.#try(async () => {
      this.#take(await call('contact_verify', { contact: contact.id, fingerprint: printOf(contact) }));
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
      const { contact, card } = act;
      this.#take(await call('contact_change_key', { contact: contact.id, card, reason, typed }));
      this.drop();
      this.act = null;
      this.told = told;
    });
  }

  remove(contact: ContactView): Promise<boolean> {
    return this.#try(async () => {
      this.#take(await call('contact_remove', { contact: contact.id }));
      this.leaving = null;
    });
  }
}
