/** What a piece is by the ending of its name: enough to sort by; what it truly is, the preview finds out. */
import type { CustodyWord, EvidenceView } from '../../backend';
import { m } from '../../i18n';

export const KINDS = ['image', 'pdf', 'table', 'text', 'other'] as const;
export type Kind = (typeof KINDS)[number];

const ENDINGS: Record<Exclude<Kind, 'other'>, string[]> = {
  image: ['png', 'jpg', 'jpeg', 'gif', 'webp', 'bmp', 'tif', 'tiff', 'heic', 'heif', 'avif'],
  pdf: ['pdf'],
  table: ['xlsx', 'xlsm', 'xlsb', 'xls', 'ods', 'csv', 'tsv'],
  text: ['txt', 'log', 'md', 'json', 'xml', 'conf', 'cfg', 'ini']
};

export function kindOf(piece: EvidenceView): Kind {
  const found = (Object.keys(ENDINGS) as (keyof typeof ENDINGS)[]).find((kind) =>
    ENDINGS[kind].includes(piece.format.toLowerCase())
  );
  return found ?? 'other';
}

export function kindWord(kind: Kind): string {
  return {
    image: m.evidence_kind_image,
    pdf: m.evidence_kind_pdf,
    table: m.evidence_kind_table,
    text: m.evidence_kind_text,
    other: m.evidence_kind_other
  }[kind]();
}

export function custodyWord(event: CustodyWord): string {
  return {
    taken_in: m.custody_taken_in,
    handed_over: m.custody_handed_over,
    copied_out: m.custody_copied_out,
    viewed: m.custody_viewed,
    returned: m.custody_returned,
    destroyed: m.custody_destroyed,
    noted: m.custody_noted
  }[event]();
}

/** True when the original went back or was destroyed. */
export const isOut = (piece: EvidenceView): boolean =>
  piece.moved === 'returned' || piece.moved === 'destroyed';

/** Where the original is, in words. */
export function whereabouts(piece: EvidenceView): string {
  if (piece.moved === 'handed_over') return `${m.custody_handed_over()}　${piece.holder}`;
  if (piece.moved) return custodyWord(piece.moved);
  return piece.returned || m.evidence_in_custody();
}
