/** Items of the invented host: what was answered, and what the clauses have to do with each other. */
import type {
  AnswerView,
  ChecklistView,
  ClauseText,
  CountsView,
  FindingRefView,
  GoverningView,
  ItemLineView,
  ItemView,
  PairRelationWord,
  PeriodView,
  RelatedRunView,
  RelativeView,
  ResultWord,
  SourceTextView,
  TopicView,
  UnitView
} from '../bindings';
import {
  clauseOf,
  clauses,
  codeOf,
  decided,
  editionOf,
  editions,
  factOf,
  memory,
  truth,
  type Clause,
  type Decided,
  type Facts,
  type Row,
  type Tri
} from './clauses';
import aids from './data/aids.json';
import documents from './data/clauses.json';
import { examiner, refuse, type FakeState } from './state';

const pairs = aids.pairs as [string, string, PairRelationWord, string][];
const periods = aids.periods as [string[], string, string, string][];

export interface Cell {
  unit: UnitView;
  system: string;
}
export const wanted = ({ units }: Decided): Cell[] =>
  units.flatMap((unit) =>
    unit.cells.filter((c) => c.applicability !== 'not_applicable').map((c) => ({ unit, system: c.system }))
  );

const covers = (answer: AnswerView, { unit, system }: Cell): boolean =>
  (answer.unit === '' || answer.unit === unit.unit) && (answer.system === '' || answer.system === system);

export const answersOf = (state: FakeState, clause: string): AnswerView[] => state.answers.get(clause) ?? [];
export const answerOf = (state: FakeState, clause: string, cell: Cell): AnswerView | undefined =>
  answersOf(state, clause).find((a) => a.result !== 'not_examined' && covers(a, cell));

function rollUp(cells: Cell[], answers: AnswerView[]): ResultWord {
  const counted = cells.length ? answers.filter((a) => cells.some((c) => covers(a, c))) : answers;
  const has = (word: ResultWord): boolean => counted.some((a) => a.result === word);
  const worst = (['noncompliant', 'partial', 'no_data'] as const).find(has);
  if (worst) return worst;
  const done = (cell: Cell): boolean => counted.some((a) => a.result !== 'not_examined' && covers(a, cell));
  if (!cells.every(done)) return 'not_examined';
  return (['compliant', 'not_applicable'] as const).find(has) ?? 'not_examined';
}

const FAILS = ['noncompliant', 'partial'];
const topicsOf = (id: string) => aids.topics.filter((topic) => topic.clauses.includes(id));

export function line(state: FakeState, clause: Clause, fact: Facts = factOf(state)): ItemLineView {
  const now = decided(state, clause, fact);
  const answers = answersOf(state, clause.id);
  const cells = wanted(now);
  const failed = cells
    .filter((cell) => answers.some((a) => FAILS.includes(a.result) && covers(a, cell)))
    .map((cell) => cell.unit.failure);
  const awaited = answers.flatMap((a) => (a.awaited === null ? [] : [a.awaited]));
  const given = answers.filter((a) => a.result !== 'not_examined');
  return {
    clause: clause.id,
    document: codeOf(clause.id),
    label: clause.label,
    text: clause.text,
    strength: clause.strength,
    applicability: now.applicability,
    reason: now.reason,
    overridden: now.overridden !== null,
    result: rollUp(cells, answers),
    failure: failed.find((word) => word === 'deficiency') ?? failed[0] ?? null,
    due: cells.length,
    answered: cells.filter((cell) => answerOf(state, clause.id, cell)).length,
    awaited: awaited.length ? awaited.filter(Boolean).join('、') : null,
    stale: given.some((a) => !cells.some((cell) => covers(a, cell))),
    taken_over: answers.some((a) => a.origin !== null),
    findings: citing(state, clause.id).length,
    topics: topicsOf(clause.id).map((topic) => topic.code),
    notes: answers.map((a) => a.note).join('\n'),
    by: [...new Set(answers.map((a) => a.by))]
  };
}

export function lines(state: FakeState, fact: Facts = factOf(state)): ItemLineView[] {
  return [...clauses.values()].map((clause) => line(state, clause, fact));
}

export function counts(state: FakeState, fact: Facts = factOf(state)): CountsView {
  const all = [...clauses.values()].map((clause) => decided(state, clause, fact).applicability);
  const not = all.filter((word) => word === 'not_applicable').length;
  const open = all.filter((word) => word === 'undetermined').length;
  return { applicable: all.length - not - open, not_applicable: not, undetermined: open };
}

export function checklist(state: FakeState): ChecklistView {
  return {
    documents: documents.map(({ code, title, issuer, chapters }) => ({
      code,
      title,
      issuer,
      edition: editions[code]!.edition,
      version: editions[code]!.version,
      chapters: chapters.map((chapter) => ({
        number: chapter.number,
        title: chapter.title,
        items: (chapter.items as Row[]).map((row) => line(state, clauseOf(row[0])))
      }))
    })),
    counts: counts(state),
    topics: aids.topics.map(({ code, title }) => ({ code, title })),
    examiner: examiner(state)
  };
}

export function clauseText(id: string): ClauseText {
  const { document, label, text } = clauseOf(id);
  return { clause: id, document, edition: editionOf(id).edition, label, text };
}

function citing(state: FakeState, id: string): FindingRefView[] {
  return state.findings
    .filter((f) => f.status !== 'withdrawn' && f.criteria.some((c) => c.clause === id))
    .map(({ no, number, title, status }) => ({ no, number, title, status }));
}

function topicView(state: FakeState, topic: (typeof aids.topics)[number]): TopicView {
  const fact = factOf(state);
  const binds: Record<string, Tri> = { securities: truth(fact('is_sec')), futures: truth(fact('is_fcm')) };
  const both = binds['securities'] && binds['futures'];
  return {
    code: topic.code,
    title: topic.title,
    relation: topic.relation as TopicView['relation'],
    difference: topic.difference,
    governing: topic.governing.map(
      (value) =>
        ({
          ...value,
          clauses: value.clauses.map((clause) => ({ clause, label: clauses.get(clause)?.label ?? clause })),
          here: value.licence === 'both' ? (both ?? null) : (binds[value.licence] ?? null)
        }) as GoverningView
    )
  };
}

const BINDING = ['applicable', 'substituted', 'waived', 'undetermined', 'not_applicable'];

function relatives(state: FakeState, id: string): RelativeView[] {
  const own = topicsOf(id);
  const near = pairs.filter(([a, b]) => a === id || b === id);
  const others = new Set([...near.map(([a, b]) => (a === id ? b : a)), ...own.flatMap((t) => t.clauses)]);
  others.delete(id);
  return [...others]
    .filter((other) => clauses.has(other))
    .map((other) => {
      const { strength, text, label, applicability, result, due, answered, document } = line(
        state,
        clauseOf(other)
      );
      const pair = near.find(([a, b]) => a === other || b === other);
      return {
        clause: other,
        ...{ document, label, text, strength, applicability, result, due, answered },
        findings: citing(state, other),
        topics: own.filter((topic) => topic.clauses.includes(other)).map((topic) => topic.code),
        pair: pair?.[2] ?? null,
        note: pair?.[3] ?? ''
      };
    })
    .sort((a, b) => BINDING.indexOf(a.applicability) - BINDING.indexOf(b.applicability));
}

/** Last dates as a firm's activities might have them. */
const LAST: Record<string, Pick<PeriodView, 'last' | 'due' | 'state'>> = {
  '12mo': { last: '2020-03-05', due: '2021-03-05', state: 'done' },
  '6mo': { last: '2020-03-05', due: '2020-09-05', state: 'overdue' },
  own: { last: '2020-10-12', due: null, state: 'open' }
};

function periodsOf(id: string): PeriodView[] {
  return periods
    .filter(([ids]) => ids.includes(id))
    .map(([, duty, words, every]) => ({
      duty,
      words,
      months: /mo$/.test(every) ? parseInt(every, 10) : null,
      own_rule: every === 'own',
      source: '定期作業及活動紀錄',
      ...(LAST[every] ?? { last: null, due: null, state: 'no_data' })
    }));
}

export function item(state: FakeState, id: string, procedures: RelatedRunView[]): ItemView {
  const clause = clauseOf(id);
  const now = decided(state, clause);
  const codes = topicsOf(id).map((topic) => topic.code);
  const cells = wanted(now);
  const specific = aids.phrases.filter(
    (p) => (p.clauses as string[]).includes(id) || p.topics.some((code) => codes.includes(code))
  );
  const offered = [...specific, ...aids.phrases.filter((p) => !p.clauses.length && !p.topics.length)];
  return {
    line: line(state, clause),
    document: clause.document,
    title_note: id.startsWith('BSL') ? '來源文字未載標題，標題係推定' : null,
    edition: editionOf(id).edition,
    version: editionOf(id).version,
    context: clause.context,
    editor_note: id === 'BSL-7.6' ? '原文如此，疑有脫漏；以發布機關公告為準。' : null,
    applies_note: clause.applies.includes('foreign_better_std')
      ? '外國證券商得從較佳之集團規範（須附證明）。'
      : null,
    params: clause.params,
    source_line: clause.line,
    systems: [...new Set(cells.map((cell) => cell.system).filter(Boolean))],
    units: now.units,
    asks_mode: editionOf(id).asks_mode,
    answers: answersOf(state, id).map((a) => ({ ...a, stale: !cells.some((cell) => covers(a, cell)) })),
    overridden: now.overridden,
    periods: periodsOf(id),
    topics: topicsOf(id).map((topic) => topicView(state, topic)),
    relatives: relatives(state, id),
    patterns: aids.patterns.filter((p) => p.clause === id || p.criteria.includes(id)).map((p) => p.code),
    procedures,
    phrases: [
      ...(memory(state).phrases.get(id) ?? []).map((text) => ({ text, results: [], own: true })),
      ...offered.map((p) => ({ text: p.text, results: p.results as ResultWord[], own: false }))
    ],
    findings: citing(state, id)
  };
}

export function sourceText(document: string): SourceTextView {
  const found = documents.find((d) => d.code === document) ?? refuse('not_found', '查無此文件。', '');
  const { edition, sha256 } = editions[document]!;
  const written: string[] = [found.title];
  const anchors = found.chapters.flatMap((chapter) =>
    (chapter.items as Row[]).map(([clause, label, text, , , , , at]) => {
      while (written.length < at) written.push('');
      written[at - 1] += `${label}${text}`;
      return { clause, label, line: at };
    })
  );
  return { document, title: found.title, edition, sha256, lines: written, anchors };
}
