/** Clauses of the invented host, and whether they apply by the firm's facts and its systems. */
import type {
  ApplicabilityWord,
  CellView,
  FactView,
  FindingTypeWord,
  OverriddenView,
  StrengthWord,
  SystemView,
  UnitView
} from '../bindings';
import aids from './data/aids.json';
import documents from './data/clauses.json';
import { refuse, type FakeState } from './state';

export type Row = [string, string, string, string, string, string[], string[], number];
export interface Clause {
  id: string;
  label: string;
  text: string;
  strength: StrengthWord;
  applies: string;
  context: string[];
  params: string[];
  line: number;
  document: string;
}

export const editions = aids.documents as Record<
  string,
  { version: string; edition: string; sha256: string; asks_mode: boolean }
>;
const unitRows = aids.units as unknown as Record<string, [string, string, StrengthWord, string][]>;
const perSystem = aids.perSystem as Record<string, string>;

export const clauses = new Map<string, Clause>();
for (const document of documents)
  for (const chapter of document.chapters)
    for (const [id, label, text, strength, applies, context, params, line] of chapter.items as Row[])
      clauses.set(id, {
        id,
        label,
        text,
        strength: strength as StrengthWord,
        applies,
        context,
        params,
        line,
        document: document.title
      });

export const codeOf = (id: string): string => id.split('-')[0]!;
export const editionOf = (id: string) => editions[codeOf(id)]!;
export const clauseOf = (id: string): Clause =>
  clauses.get(id) ?? refuse('not_found', '查無此條文。', '請重新整理項目清單。');

/** What the host remembers besides the answers. */
export interface Memory {
  overridden: Map<string, Omit<OverriddenView, 'profile' | 'profile_reason'> & { word: ApplicabilityWord }>;
  phrases: Map<string, string[]>;
}
const memories = new WeakMap<FakeState, Memory>();
export function memory(state: FakeState): Memory {
  const found = memories.get(state) ?? { overridden: new Map(), phrases: new Map() };
  memories.set(state, found);
  return found;
}

export type Tri = boolean | null;
export function truth(value: FactView | undefined): Tri {
  if (value === undefined || value === 'unknown') return null;
  return value !== false && value !== '';
}

/** The conditions of a clause, each a list of facts of which one is enough. */
function conditions(applies: string): string[][] {
  return applies
    .split('&')
    .map((part) => part.split('|').map((code) => code.replace(/[()\s]/g, '')))
    .filter((codes) => codes.every((code) => /^[a-z_0-9]+$/.test(code)));
}

export type Facts = (code: string) => FactView | undefined;

export function decide(applies: string, fact: Facts): [ApplicabilityWord, string] {
  let unknown = '';
  let held = '';
  for (const codes of conditions(applies)) {
    const yes = codes.find((code) => truth(fact(code)) === true);
    const open = codes.find((code) => truth(fact(code)) === null);
    if (yes) held = `因${reason(yes, true)}`;
    else if (open) unknown ||= `尚未確認${questionOf(open)}`;
    else return ['not_applicable', codes.map((code) => `因${reason(code, false)}`).join('；')];
  }
  if (unknown) return ['undetermined', unknown];
  return ['applicable', held || '一體適用'];
}

let texts = new Map<string, { question: string; yes: string; no: string }>();
export function useFactTexts(map: typeof texts): void {
  texts = map;
}
const reason = (code: string, yes: boolean): string =>
  (yes ? texts.get(code)?.yes : texts.get(code)?.no) ?? code;
const questionOf = (code: string): string => texts.get(code)?.question ?? code;

export const conditionsOf = (id: string): string[] => conditions(clauses.get(id)?.applies ?? '').flat();
export const clauseIds = (): string[] => [...clauses.keys()];

export const factOf =
  (state: FakeState): Facts =>
  (code) =>
    state.facts.get(code)?.value;

/** A condition on a system: names, `!name` or `name = "1"`, joined by `&`. */
function onSystem(expression: string, system: SystemView): [Tri, string] {
  let unknown = '';
  for (const part of expression.split('&').map((p) => p.trim())) {
    const [, not, code = '', wanted] = /^(!?)([a-z_]+)(?: = "(.*)")?$/.exec(part) ?? [];
    const raw = system.facts[code];
    const known = wanted !== undefined && truth(raw) !== null ? raw === wanted : truth(raw);
    const held = known === null ? null : known !== (not === '!');
    if (held === false) return [false, `因${reason(code, not === '!')}`];
    if (held === null) unknown ||= code;
  }
  return unknown ? [null, `尚未確認${questionOf(unknown)}`] : [true, `因${reason(expression, true)}`];
}

/** What an unmet duty of this strength becomes. */
export function failureOf(strength: StrengthWord): FindingTypeWord | null {
  if (strength === 'may' || strength === 'definition') return null;
  return strength === 'should' ? 'recommendation' : 'deficiency';
}

export interface Decided {
  applicability: ApplicabilityWord;
  reason: string;
  overridden: OverriddenView | null;
  units: UnitView[];
}

function overall(words: ApplicabilityWord[]): ApplicabilityWord {
  const order: ApplicabilityWord[] = ['applicable', 'substituted', 'waived', 'undetermined'];
  return order.find((word) => words.includes(word)) ?? 'not_applicable';
}

function cellsOf(state: FakeState, expression: string, word: ApplicabilityWord, why: string): CellView[] {
  if (!expression || state.systems.length === 0) return [{ system: '', applicability: word, reason: why }];
  return state.systems.map((system) => {
    const [held, because] = onSystem(expression, system);
    if (held === false || word === 'not_applicable')
      return { system: system.name, applicability: 'not_applicable', reason: held === false ? because : why };
    if (held === null) return { system: system.name, applicability: 'undetermined', reason: because };
    return { system: system.name, applicability: word, reason: why };
  });
}

export function decided(state: FakeState, clause: Clause, fact: Facts = factOf(state)): Decided {
  const [profile, profile_reason] = decide(clause.applies, fact);
  const own = memory(state).overridden.get(clause.id);
  const word = own?.word ?? profile;
  const why = own?.reason ?? profile_reason;
  const rows = unitRows[clause.id] ?? [['', '', clause.strength, '']];
  const units = rows.map(([unit, text, strength, per]): UnitView => {
    const cells = cellsOf(state, per || (perSystem[clause.id] ?? ''), word, why);
    const applicability = overall(cells.map((cell) => cell.applicability));
    return { unit, text, strength, applicability, failure: failureOf(strength), cells };
  });
  const none = units.every((unit) => unit.applicability === 'not_applicable');
  const applicability = none ? 'not_applicable' : word;
  return {
    applicability,
    reason: applicability === word ? why : '系統清冊中無此類系統',
    overridden: own ? { reason: own.reason, by: own.by, at: own.at, profile, profile_reason } : null,
    units
  };
}
