/** The team of the exam, and the member in hand. */
import { asError, call, type ErrorView, type TeamMemberView, type TeamView } from '../../backend';
import { desk } from '../../shared/state/desk.svelte';
import { editsOf, type Edits } from '../../shared/state/edits.svelte';
import { isSigned } from '../../shared/state/signed';

/** What was stored of members of an exam's team, one after the other. */
export const teamEdits = (): Edits<TeamMemberView> => editsOf(desk.exam ?? {}, 'team');

/** The working paper of the team. */
const PAPER = 'A-02';

const BLANK: TeamMemberView = {
  name: '',
  unit: '',
  holds: {},
  independent: null,
  confidential: null,
  signed_on: '',
  note: ''
};

export class Team {
  view = $state.raw<TeamView | null>(null);
  error = $state.raw<ErrorView | null>(null);
  /** Place of the member in hand; past the end: somebody new. */
  at = $state(0);
  /** Whether something is written of the member in hand that is not stored. */
  dirty = $state(false);
  /** Grows when what is said of a member was replaced from elsewhere than the form. */
  renewed = $state(0);
  /** Whether it is known that the working paper is not signed: what is signed is opened again before it is changed. */
  open = $state(false);

  readonly current = $derived(this.view ? (this.view.members[this.at] ?? BLANK) : null);

  async load(): Promise<void> {
    try {
      this.view = await call('team', null);
      const { undo, redo } = teamEdits();
      if (undo || redo) this.open = !(await isSigned(PAPER));
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  /** Stores what is said of a member, who is then in hand. */
  async #store(member: TeamMemberView): Promise<boolean> {
    this.error = null;
    try {
      const view = await call('team_save', member);
      this.view = view;
      this.dirty = false;
      this.open = true;
      this.at = Math.max(
        0,
        view.members.findIndex(({ name }) => name === member.name)
      );
    } catch (thrown) {
      this.error = asError(thrown);
      this.open &&= this.error.code !== 'signed_off';
      return false;
    }
    await desk.refresh();
    return true;
  }

  /** What is said of somebody new cannot be taken back: who was named in the team stays in it. */
  async save(member: TeamMemberView): Promise<boolean> {
    const before = this.view?.members.find(({ name }) => name === member.name);
    if (!(await this.#store(member))) return false;
    if (before) teamEdits().did(() => member.name, before, member);
    return true;
  }

  async put(member: TeamMemberView): Promise<boolean> {
    if (!(await this.#store(member))) return false;
    this.renewed += 1;
    return true;
  }
}
