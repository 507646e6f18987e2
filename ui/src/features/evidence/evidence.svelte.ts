/** The index of the evidence: which pieces are there, and the one in hand. */
import {
  asError,
  call,
  type ErrorView,
  type EvidenceChangeRequest,
  type EvidenceView,
  type FindingView
} from '../../backend';
import { matches } from '../../shared/fold';
import { desk } from '../../shared/state/desk.svelte';
import { editsOf, type Edits } from '../../shared/state/edits.svelte';
import { kindOf, type Kind } from './kinds';

/** What was stored in an exam's index of evidence, one after the other. */
export const indexEdits = (): Edits<EvidenceChangeRequest> => editsOf(desk.exam ?? {}, 'evidence');

export class Index {
  pieces = $state.raw<EvidenceView[] | null>(null);
  findings = $state.raw<FindingView[]>([]);
  id = $state(0);
  query = $state('');
  /** Only pieces from here; empty for all. */
  source = $state('');
  /** Only pieces of this kind; empty for all. */
  kind = $state<Kind | ''>('');
  error = $state.raw<ErrorView | null>(null);
  /** What is shown of the piece in hand; it stays when another one is taken. */
  tab = $state<'index' | 'preview' | 'custody'>('index');
  /** Grows when what is said of the piece in hand was replaced from elsewhere than its form. */
  renewed = $state(0);

  readonly shown = $derived(
    (this.pieces ?? []).filter(
      (piece) =>
        (this.source === '' || piece.source === this.source) &&
        (this.kind === '' || kindOf(piece) === this.kind) &&
        matches(
          this.query,
          piece.number,
          piece.name,
          piece.source,
          piece.findings.join(),
          piece.clauses.join()
        )
    )
  );
  readonly sources = $derived([...new Set((this.pieces ?? []).map((piece) => piece.source))].sort());
  readonly current = $derived(this.pieces?.find((piece) => piece.id === this.id) ?? null);
  readonly drafts = $derived(this.findings.filter((finding) => finding.status === 'draft'));

  async load(): Promise<void> {
    try {
      const pieces = await call('evidence', null);
      this.findings = await call('findings', null);
      this.pieces = pieces;
      if (!pieces.some((piece) => piece.id === this.id)) this.id = pieces[0]?.id ?? 0;
      this.error = null;
    } catch (thrown) {
      this.error = asError(thrown);
    }
  }

  /** A piece that came in, which is then in hand, or was changed. */
  took(piece: EvidenceView): void {
    const others = (this.pieces ?? []).filter((other) => other.id !== piece.id);
    const known = others.length < (this.pieces?.length ?? 0);
    this.pieces = [...others, piece].sort((a, b) => a.id - b.id);
    if (!known) this.id = piece.id;
    void desk.refresh();
  }

  /** Stores what the index shall say of a piece, and shows it. */
  async put(request: EvidenceChangeRequest): Promise<boolean> {
    try {
      this.took(await call('evidence_change', request));
      this.error = null;
    } catch (thrown) {
      this.error = asError(thrown);
      return false;
    }
    this.id = request.id;
    this.tab = 'index';
    this.renewed += 1;
    return true;
  }

  /** Onwards or back in the list. */
  move(by: number): void {
    const at = this.shown.findIndex((piece) => piece.id === this.id);
    const next = this.shown[Math.max(0, Math.min(this.shown.length - 1, at + by))];
    if (next) this.id = next.id;
  }

  /** The finding with this 缺失編號. */
  noOf(number: string): number | null {
    return this.findings.find((finding) => finding.number === number)?.no ?? null;
  }
}
