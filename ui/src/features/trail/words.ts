/** Codes of the journal in words. What a later release recorded has none: its code is shown as it is. */
import { m } from '../../i18n';

const WORDS = m as unknown as Record<string, (() => string) | undefined>;
const wordOf = (key: string, otherwise: string): string => WORDS[key]?.() ?? otherwise;

export const actWord = (code: string): string => wordOf(`act_${code.replaceAll('.', '_')}`, code);
export const familyWord = (family: string): string => wordOf(`family_${family}`, family);

/** `files.2.name` is `files 2 名稱`: each part in words where it has one. */
export const fieldWord = (key: string): string =>
  key
    .split('.')
    .filter(Boolean)
    .map((part) => wordOf(`field_${part}`, part.replaceAll('_', ' ')))
    .join(' ');

/** Words of codes, by the last part of their key. */
const CODES: Record<string, string[]> = {
  result: ['result', 'follow_up'],
  method: ['method'],
  status: ['finding_status'],
  severity: ['severity'],
  kind: ['finding_type', 'disposition'],
  verdict: ['verdict'],
  applicability: ['applies'],
  agreement: ['agreement'],
  confidentiality: ['confidentiality'],
  before: ['keep_state'],
  to: ['keep_state'],
  role: ['paper']
};

/** A value in words where its key is one of codes. */
export function valueWord(key: string, value: string): string {
  const families = CODES[key.split('.').pop() ?? ''] ?? [];
  const found = families.map((family) => WORDS[`${family}_${value}`]).find(Boolean);
  return found?.() ?? value;
}
