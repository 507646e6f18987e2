/** Checklist of the invented host: applicability by the firm's facts, answers in memory. */
import type {
  AnswerRequest,
  ApplicabilityWord,
  ChecklistView,
  ClauseText,
  CountsView,
  FactView,
  ItemLineView,
  ItemView,
  RelatedRunView,
  StrengthWord
} from '../bindings';
import documents from './data/clauses.json';
import { examiner, refuse, tick, type FakeState } from './state';

type Row = [string, string, string, string, string, string[], string[], number];
interface Clause {
  id: string;
  label: string;
  text: string;
  strength: StrengthWord;
  applies: string;
  context: string[];
  params: string[];
  line: number;
  document: string;
  edition: string;
}

const clauses = new Map<string, Clause>();
for (const document of documents)
  for (const chapter of document.chapters)
    for (const row of chapter.items as Row[]) {
      const [id, label, text, strength, applies, context, params, line] = row;
      clauses.set(id, {
        id,
        label,
        text,
        strength: strength as StrengthWord,
        applies,
        context,
        params,
        line,
        document: document.title,
        edition: document.edition
      });
    }

const RANK = ['noncompliant', 'partial', 'no_data', 'not_examined', 'compliant', 'not_applicable'];

function truth(value: FactView | undefined): boolean | null {
  if (value === undefined || value === 'unknown') return null;
  return value !== false && value !== '';
}

/** The conditions of a clause that are plain facts; what is said about systems is left aside here. */
function conditions(applies: string): string[] {
  const head = applies.replace(/[[(;].*$/, '');
  return head
    .split('&')
    .map((part) => part.trim())
    .filter((part) => /^[a-z_0-9]+$/.test(part));
}

export type Facts = (code: string) => FactView | undefined;

export function decide(applies: string, fact: Facts): [ApplicabilityWord, string] {
  let unknown = '';
  for (const code of conditions(applies)) {
    const value = truth(fact(code));
    if (value === false) return ['not_applicable', `因${reason(code, false)}`];
    if (value === null) unknown ||= `尚未確認${questionOf(code)}`;
  }
  if (unknown) return ['undetermined', unknown];
  const last = conditions(applies).at(-1) ?? '';
  return ['applicable', last ? `因${reason(last, true)}` : '一體適用'];
}

let texts = new Map<string, { question: string; yes: string; no: string }>();
export function useFactTexts(map: typeof texts): void {
  texts = map;
}
const reason = (code: string, yes: boolean): string =>
  (yes ? texts.get(code)?.yes : texts.get(code)?.no) ?? code;
const questionOf = (code: string): string => texts.get(code)?.question ?? code;

export const conditionsOf = (id: string): string[] => conditions(clauses.get(id)?.applies ?? '');
export const clauseIds = (): string[] => [...clauses.keys()];

export const factOf =
  (state: FakeState): Facts =>
  (code) =>
    state.facts.get(code)?.value;

export function line(state: FakeState, clause: Clause, fact: Facts = factOf(state)): ItemLineView {
  const [applicability, why] = decide(clause.applies, fact);
  const answers = state.answers.get(clause.id) ?? [];
  const worst = [...answers].sort((a, b) => RANK.indexOf(a.result) - RANK.indexOf(b.result))[0];
  return {
    clause: clause.id,
    label: clause.label,
    text: clause.text,
    strength: clause.strength,
    applicability,
    reason: why,
    result: worst?.result ?? 'not_examined',
    by: worst?.by ?? ''
  };
}

export function lines(state: FakeState, fact: Facts = factOf(state)): ItemLineView[] {
  return [...clauses.values()].map((clause) => line(state, clause, fact));
}

export function counts(state: FakeState, fact: Facts = factOf(state)): CountsView {
  const all = lines(state, fact);
  const not = all.filter((item) => item.applicability === 'not_applicable').length;
  const open = all.filter((item) => item.applicability === 'undetermined').length;
  return { applicable: all.length - not - open, not_applicable: not, undetermined: open };
}

export function checklist(state: FakeState): ChecklistView {
  return {
    documents: documents.map((document) => ({
      code: document.code,
      title: document.title,
      issuer: document.issuer,
      edition: document.edition,
      chapters: document.chapters.map((chapter) => ({
        number: chapter.number,
        title: chapter.title,
        items: (chapter.items as Row[]).map((row) => line(state, clauses.get(row[0])!))
      }))
    })),
    counts: counts(state)
  };
}

export function clauseText(id: string): ClauseText {
  const clause = clauses.get(id) ?? refuse('not_found', '查無此條文。', '請重新整理項目清單。');
  return {
    clause: id,
    document: clause.document,
    edition: clause.edition,
    label: clause.label,
    text: clause.text
  };
}

export function item(state: FakeState, id: string, procedures: RelatedRunView[]): ItemView {
  const clause = clauses.get(id) ?? refuse('not_found', '查無此條文。', '請重新整理項目清單。');
  const perSystem = /per system: sys\.(core|etrade|important)/.exec(clause.applies);
  return {
    line: line(state, clause),
    document: clause.document,
    title_note: id.startsWith('BSL') ? '來源文字未載標題，標題係推定' : null,
    edition: clause.edition,
    context: clause.context,
    editor_note: id === 'BSL-7.6' ? '原文如此，疑有脫漏；以發布機關公告為準。' : null,
    applies_note: clause.applies.includes('foreign_better_std')
      ? '外國證券商得從較佳之集團規範（須附證明）。'
      : null,
    params: clause.params,
    source_line: clause.line,
    systems: perSystem ? state.systems.filter((s) => s.facts[perSystem[1]!] === true).map((s) => s.name) : [],
    answers: state.answers.get(id) ?? [],
    procedures
  };
}

export function answer(state: FakeState, request: AnswerRequest): void {
  const others = (state.answers.get(request.clause) ?? []).filter((a) => a.system !== request.system);
  const { clause, ...rest } = request;
  state.answers.set(clause, [...others, { ...rest, by: examiner(state), at: tick(state) }]);
}
