/** Facts and systems as they are being changed, before they are saved. */
import {
  ask,
  asError,
  call,
  type ErrorView,
  type FactDefView,
  type FactView,
  type ProfileChangeView,
  type ProfileRemarkView,
  type ProfileRequest,
  type ProfileView,
  type SystemView
} from '../../backend';
import { m } from '../../i18n';
import { desk } from '../../shared/state/desk.svelte';
import { editsOf, type Edits } from '../../shared/state/edits.svelte';

export const UNKNOWN = 'unknown';

/** What was stored of the exam's profile, one after the other. */
export const profileEdits = (): Edits<ProfileRequest> => editsOf(desk.exam ?? {}, 'profile');

export function sameValue(a: FactView, b: FactView): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export class ProfileDraft {
  profile = $state.raw<ProfileView | null>(null);
  facts = $state<Record<string, { value: FactView; basis: string }>>({});
  systems = $state<SystemView[] | null>(null);
  change = $state.raw<ProfileChangeView | null>(null);
  error = $state<ErrorView | null>(null);
  busy = $state(false);
  #asked = 0;

  get dirty(): boolean {
    return Object.keys(this.facts).length > 0 || this.systems !== null;
  }

  async load(): Promise<void> {
    try {
      this.profile = await ask('profile', null);
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  value(fact: FactDefView): FactView {
    return this.facts[fact.code]?.value ?? fact.value;
  }

  basis(fact: FactDefView): string {
    return this.facts[fact.code]?.basis ?? fact.basis;
  }

  /** Takes a new value or basis; a fact that is as saved again is no change. */
  set(fact: FactDefView, value: FactView, basis: string = this.basis(fact)): void {
    if (sameValue(value, fact.value) && basis === fact.basis) delete this.facts[fact.code];
    else this.facts[fact.code] = { value, basis };
    void this.preview();
  }

  get register(): SystemView[] {
    return this.systems ?? this.profile?.systems ?? [];
  }

  setRegister(systems: SystemView[]): void {
    this.systems = systems;
    void this.preview();
  }

  /** The definition of the fact that a remark is about. */
  defOf(remark: ProfileRemarkView): FactDefView | undefined {
    const facts = remark.system ? this.profile?.system_facts : this.profile?.facts;
    return facts?.find((fact) => fact.code === remark.fact);
  }

  /** What a remark suggests, as a value of its fact. */
  suggestion(remark: ProfileRemarkView): FactView | null {
    const { suggested } = remark;
    if (suggested === null) return null;
    const kind = this.defOf(remark)?.kind;
    if (kind === 'yes_no') return suggested === 'true';
    return kind === 'set' ? suggested.split(/[、,]/).map((part) => part.trim()) : suggested;
  }

  /** Whether the draft says already what a remark suggests. */
  follows(remark: ProfileRemarkView): boolean {
    const value = this.suggestion(remark);
    const def = this.defOf(remark);
    if (value === null || !def) return false;
    const now = remark.system
      ? this.register.find((system) => system.name === remark.system)?.facts[remark.fact]
      : this.value(def);
    return now !== undefined && sameValue(now, value);
  }

  /** Puts what a remark suggests into the draft; it counts when somebody saves it. */
  fill(remark: ProfileRemarkView): void {
    const value = this.suggestion(remark);
    const def = this.defOf(remark);
    if (value === null || !def) return;
    if (!remark.system) return this.set(def, value);
    const filled = (system: SystemView): SystemView =>
      system.name === remark.system
        ? { ...system, facts: { ...system.facts, [remark.fact]: value } }
        : system;
    this.setRegister(($state.snapshot(this.register) as SystemView[]).map(filled));
  }

  request(): ProfileRequest {
    const facts = Object.entries(this.facts).map(([code, fact]) => ({ code, ...fact }));
    return { facts, systems: this.systems?.filter((system) => system.name.trim() !== '') ?? null };
  }

  /** Asks what would change; only the latest answer counts. */
  async preview(): Promise<void> {
    const asked = ++this.#asked;
    if (!this.dirty) {
      this.change = null;
      return;
    }
    try {
      const change = await call('profile_preview', this.request());
      if (asked === this.#asked) this.change = change;
      this.error = null;
    } catch (thrown) {
      if (asked === this.#asked) this.error = asError(thrown);
    }
  }

  discard(): void {
    this.#asked += 1;
    this.facts = {};
    this.systems = null;
    this.change = null;
    this.error = null;
  }

  /** What is stored now of what the draft changes. */
  #stored(): ProfileRequest {
    const facts = (this.profile?.facts ?? []).filter(({ code }) => code in this.facts);
    return {
      facts: facts.map(({ code, value, basis }) => ({ code, value, basis })),
      systems: this.systems && (this.profile?.systems ?? [])
    };
  }

  async save(): Promise<void> {
    if (!this.dirty) return;
    const [before, after] = [this.#stored(), $state.snapshot(this.request()) as ProfileRequest];
    const words = (this.profile?.facts ?? [])
      .filter(({ code }) => code in this.facts)
      .map((fact) => fact.question);
    const systems = this.systems !== null;
    if (!(await this.put(after))) return;
    profileEdits().did(() => [...words, ...(systems ? [m.systems_title()] : [])].join('、'), before, after);
  }

  /** Stores these facts and systems; what else is being changed goes. */
  async put(request: ProfileRequest): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    try {
      await call('profile_set', request);
      await this.load();
      this.discard();
      await desk.refresh();
      return true;
    } catch (thrown) {
      this.error = asError(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
