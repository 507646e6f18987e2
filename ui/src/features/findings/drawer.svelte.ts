/** The findings of an exam, and those that are being written: nothing typed is dropped by looking elsewhere. */
import { asError, call, type ErrorView, type FindingDraftRequest, type FindingView } from '../../backend';
import { desk } from '../../shared/state/desk.svelte';
import { SEVERITIES } from '../../shared/marks';
import { Composer } from './composer.svelte';

const rank = (finding: FindingView): number =>
  (finding.status === 'withdrawn' ? 10 : 0) + SEVERITIES.indexOf(finding.severity);

export class Drawer {
  findings = $state.raw<FindingView[] | null>(null);
  /** Open ones: the one in hand and those with unsaved words. */
  composers = $state.raw<Composer[]>([]);
  current = $state.raw<Composer | null>(null);
  error = $state<ErrorView | null>(null);

  // Not derived values: those end with the screen that read them first, and the drawer stays.
  get ordered(): FindingView[] {
    return [...(this.findings ?? [])].sort((a, b) => rank(a) - rank(b) || a.no - b.no);
  }

  /** Begun, and not saved even once. */
  get begun(): Composer[] {
    return this.composers.filter((composer) => composer.no === 0);
  }

  async load(): Promise<void> {
    try {
      this.findings = await call('findings', null);
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  show(composer: Composer): void {
    const kept = this.composers.filter((other) => other === composer || other.dirty);
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

  begin(): void {
    this.show(new Composer());
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
      if (composer.dirty && composer.complete && composer.saved?.status !== 'withdrawn')
        await composer.save(composer.saved?.status ?? 'draft');
  }
}

const drawers = new WeakMap<object, Drawer>();

/** The drawer of an exam; it goes with the exam. */
export function drawerOf(exam: object): Drawer {
  const known = drawers.get(exam);
  if (known) return known;
  const drawer = new Drawer();
  drawers.set(exam, drawer);
  desk.keep(() => drawer.keep());
  return drawer;
}
