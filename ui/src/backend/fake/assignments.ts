/** The division of work of the invented host. */
import type {
  AssignmentsView,
  AssignRequest,
  Commands,
  ItemLineView,
  MineView,
  PersonWorkView,
  ResultWord,
  WorkKey,
  WorkView
} from '../bindings';
import { procedures } from './audit';
import { checklist } from './items';
import { examiner, refuse, tick, type FakeState } from './state';

interface Division {
  on: boolean;
  /** Who was given what, by kind and key. */
  given: Map<string, string>;
}

const memory = new WeakMap<FakeState, Division>();

function of(state: FakeState): Division {
  const known = memory.get(state) ?? { on: false, given: new Map<string, string>() };
  memory.set(state, known);
  return known;
}

const id = ({ kind, key }: WorkKey): string => `${kind}:${key}`;
const who = (state: FakeState, work: WorkKey): string => of(state).given.get(id(work)) ?? '';

/** Items with who looks at them; systems are not looked at here. */
function shares(state: FakeState): { line: ItemLineView; person: string }[] {
  return checklist(state).documents.flatMap(({ code, chapters }) =>
    chapters.flatMap(({ number, items }) =>
      items.map((line) => ({
        line,
        person:
          who(state, { kind: 'chapter', key: `${code}/${number}` }) ||
          who(state, { kind: 'document', key: code })
      }))
    )
  );
}

const concerns = (line: ItemLineView): boolean => line.applicability !== 'not_applicable';
const people = (state: FakeState): string[] => [
  ...new Set([...(state.exam?.examiners ?? []), ...state.dossier.team.keys()])
];

function works(state: FakeState): WorkView[] {
  const blank = { through: '', waiting: false, gone: false };
  const of = (work: WorkKey, title: string, lines: ItemLineView[]): WorkView => ({
    ...blank,
    work,
    title,
    person: who(state, work),
    whole: lines.filter(concerns).length,
    done: lines.filter((line) => concerns(line) && line.result !== 'not_examined').length
  });
  const documents = checklist(state).documents.flatMap(({ code, title, chapters }) => {
    const whole = of(
      { kind: 'document', key: code },
      title,
      chapters.flatMap((c) => c.items)
    );
    // The invented checklist cuts some chapters into pieces of the same number.
    const numbers = [...new Set(chapters.map((c) => c.number))];
    const parts = numbers.map((number) => {
      const pieces = chapters.filter((c) => c.number === number);
      const lines = pieces.flatMap((c) => c.items);
      return of({ kind: 'chapter', key: `${code}/${number}` }, `${number} ${pieces[0]!.title}`, lines);
    });
    const through = (part: WorkView): string => (part.person ? '' : whole.person);
    // What binds nobody is nobody's work.
    if (whole.whole === 0) return [];
    const some = parts.filter((part) => part.whole > 0);
    return [whole, ...some.map((part) => ({ ...part, through: through(part) }))];
  });
  const systems = state.systems.map(({ name }) => of({ kind: 'system', key: name }, name, []));
  const tests = procedures(state).map((procedure): WorkView => {
    const work: WorkKey = { kind: 'procedure', key: procedure.id };
    const whole = procedure.run ? procedure.run.exceptions + procedure.run.unknown : 0;
    const person = who(state, work);
    const done = Math.max(0, whole - procedure.open);
    return { ...blank, work, title: procedure.title, person, whole, done, waiting: !procedure.run };
  });
  return [...documents, ...systems, ...tests];
}

function done(state: FakeState): PersonWorkView[] {
  const known = people(state);
  const all = shares(state).filter(({ line }) => concerns(line));
  const given = [...state.answers.values()].flat().filter((answer) => answer.result !== 'not_examined');
  const names = new Set([...known, ...given.map((answer) => answer.by), '']);
  return [...names].map((name) => {
    const lines = all.filter(({ person }) => person === name).map(({ line }) => line);
    const results = new Map<ResultWord, number>();
    for (const { result } of lines) results.set(result, (results.get(result) ?? 0) + 1);
    const tests = procedures(state).filter((one) => who(state, { kind: 'procedure', key: one.id }) === name);
    const own = given.filter((answer) => answer.by === name);
    return {
      name,
      known: known.includes(name),
      items: lines.length,
      answered: lines.filter((line) => line.result !== 'not_examined').length,
      results: [...results].map(([result, items]) => ({ result, items })),
      procedures: tests.length,
      ran: tests.filter((one) => one.run).length,
      exceptions_open: tests.reduce((sum, one) => sum + one.open, 0),
      findings: state.findings.filter((f) => f.by === name && f.status !== 'withdrawn').length,
      gave: own.length,
      last_at:
        own
          .map((answer) => answer.at)
          .sort()
          .at(-1) ?? ''
    };
  });
}

const view = (state: FakeState): AssignmentsView => ({
  examiner: examiner(state),
  people: people(state),
  works: works(state),
  done: done(state)
});

function assign(state: FakeState, { works, person }: AssignRequest): void {
  if (person && !people(state).includes(person))
    refuse(
      'failed',
      '團隊與查核人員中沒有這個人；未變更。',
      '請先於「覆核」的團隊名單登錄，或選擇名單內的人員。'
    );
  for (const work of works)
    if (person) of(state).given.set(id(work), person);
    else of(state).given.delete(id(work));
  tick(state);
}

function mine(state: FakeState): MineView {
  const me = examiner(state);
  const { on, given } = of(state);
  return {
    on,
    examiner: me,
    divided: given.size > 0,
    items: shares(state)
      .filter(({ person }) => person === me)
      .map(({ line }) => line.clause),
    procedures: procedures(state)
      .map((one) => one.id)
      .filter((key) => who(state, { kind: 'procedure', key }) === me)
  };
}

/** What the counters show when they follow 我的; `null` while they count everything. */
export function narrowedCounts(
  state: FakeState
): Pick<Commands['status']['view'], 'items_open' | 'exceptions_open' | 'findings' | 'items_awaited'> | null {
  if (!of(state).on || of(state).given.size === 0) return null;
  const own = mine(state);
  const lines = shares(state)
    .map(({ line }) => line)
    .filter((line) => own.items.includes(line.clause));
  const about = (clauses: { clause: string }[]): boolean =>
    clauses.some(({ clause }) => own.items.includes(clause));
  return {
    items_open: lines.filter((line) => concerns(line) && line.result === 'not_examined').length,
    exceptions_open: procedures(state)
      .filter((one) => own.procedures.includes(one.id))
      .reduce((sum, one) => sum + one.open, 0),
    findings: state.findings.filter(
      (f) => f.status !== 'withdrawn' && (f.by === own.examiner || about(f.criteria))
    ).length,
    items_awaited: lines.filter((line) => line.awaited !== null).length
  };
}

type Assignments = 'assignments' | 'assign' | 'mine' | 'mine_set';
export const assignmentHandlers = (state: FakeState) =>
  ({
    assignments: () => view(state),
    assign: (request) => {
      assign(state, request);
      return view(state);
    },
    mine: () => mine(state),
    mine_set: ({ on }) => {
      of(state).on = on;
      return mine(state);
    }
  }) satisfies { [K in Assignments]: (request: Commands[K]['request']) => Commands[K]['view'] };
