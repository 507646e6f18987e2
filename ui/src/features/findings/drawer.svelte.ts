/** The findings of an exam, and those that are being written: nothing typed is dropped by looking elsewhere. */
import {
  asError,
  call,
  type ErrorView,
  type EvidenceView,
  type FindingDraftRequest,
  type FindingView,
  type SettingsView,
  type SeverityWord
} from '../../backend';
import { desk } from '../../shared/state/desk.svelte';
import { keeper } from '../../shared/state/keeper.svelte';
import { mine } from '../../shared/state/mine.svelte';
import { SEVERITIES, severityMark, type StateMark } from '../../shared/marks';
import { Composer, findingEdits } from './composer.svelte';

/** The usual words of the grades, as the host gives them. */
const USUAL = ['重大', '高', '中', '低'];

const rank = (finding: FindingView): number =>
  (finding.status === 'withdrawn' ? 10 : 0) + SEVERITIES.indexOf(finding.severity);

export class Drawer {
  findings = $state.raw<FindingView[] | null>(null);
  /** Open ones: the one in hand and those with unsaved words. */
  composers = $state.raw<Composer[]>([]);
  current = $state.raw<Composer | null>(null);
  error = $state<ErrorView | null>(null);
  /** What the organisation calls things; `null` before it is known. */
  settings = $state.raw<SettingsView | null>(null);
  /** The index of the evidence. */
  evidence = $state.raw<EvidenceView[]>([]);

  // Not derived values: those end with the screen that read them first, and the drawer stays.
  get ordered(): FindingView[] {
    const listed = mine.on ? this.own : (this.findings ?? []);
    return [...listed].sort((a, b) => rank(a) - rank(b) || a.no - b.no);
  }

  /** Those that belong to who works now. */
  get own(): FindingView[] {
    return (this.findings ?? []).filter((finding) => mine.hasFinding(finding));
  }

  /** Begun, and not saved even once. */
  get begun(): Composer[] {
    return this.composers.filter((composer) => composer.no === 0);
  }

  async load(): Promise<void> {
    try {
      this.findings = await call('findings', null);
      for (const finding of this.findings)
        this.composers.find((composer) => composer.no === finding.no)?.renew(finding);
      this.settings ??= await call('settings', null);
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  async loadEvidence(): Promise<void> {
    try {
      this.evidence = await call('evidence', null);
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  /** A grade in the organisation's word, or in the one that everybody knows, which follows the language. */
  severity(word: SeverityWord): StateMark {
    const mark = severityMark(word);
    const at = SEVERITIES.indexOf(word);
    const own = this.settings?.severity[at] ?? '';
    return own === '' || own === USUAL[at] ? mark : { ...mark, word: own };
  }

  /** The grades that the organisation uses, and the one that is set though it does not. */
  grades(set: SeverityWord): SeverityWord[] {
    const words = this.settings?.severity;
    return SEVERITIES.filter((word, n) => word === set || !words || words[n] !== '');
  }

  /** Onwards or back in the list. */
  move(by: number): void {
    const list = this.ordered;
    const at = list.findIndex((finding) => finding.no === this.current?.no);
    const next = list[at < 0 ? 0 : Math.max(0, Math.min(list.length - 1, at + by))];
    if (next) this.pick(next);
  }

  show(composer: Composer): void {
    const kept = this.composers.filter((other) => other === composer || (other.dirty && !other.blank));
    this.composers = kept.includes(composer) ? kept : [...kept, composer];
    this.current = composer;
  }

  pick(finding: FindingView): void {
    this.show(this.composers.find((composer) => composer.no === finding.no) ?? Composer.of(finding));
  }

  pickNo(no: number): void {
    const finding = this.findings?.find((other) => other.no === no);
    if (finding) this.pick(finding);
  }

  /** Takes the last words that were stored back, or brings them back, and shows which finding that was. */
  async turn(back: boolean): Promise<void> {
    await this.keep();
    await findingEdits().turn(back, async (request) => {
      this.pickNo(request.no);
      const done = (await this.current?.put(request)) ?? false;
      if (done) await this.load();
      return done;
    });
  }

  begin(): void {
    this.show(this.begun.find((composer) => composer.blank) ?? new Composer());
  }

  drop(composer: Composer): void {
    this.composers = this.composers.filter((other) => other !== composer);
    if (this.current === composer) this.current = null;
  }

  async draft(request: FindingDraftRequest): Promise<void> {
    try {
      this.show(Composer.from(await call('finding_draft', request)));
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  /** Saves what an examiner has written completely, before the exam is closed. */
  async keep(): Promise<void> {
    for (const composer of this.composers)
      if (composer.dirty && composer.complete && composer.open) await composer.save();
  }
}

/** The drawer of an exam; it goes with the exam. */
export const drawerOf = keeper(() => {
  const drawer = new Drawer();
  desk.keep(() => drawer.keep());
  return drawer;
});
