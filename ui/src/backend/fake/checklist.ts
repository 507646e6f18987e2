/** Answers of the invented host, one or many, each step of which can be taken back. */
import type {
  AnswerKeyView,
  AnswerRequest,
  AnswersView,
  AnswerView,
  ApplicabilityRequest,
  BulkRequest,
  CopyPreviewView,
  CopyRequest,
  CopyTargetView,
  PhraseRequest,
  ResultWord,
  SkippedView,
  StrengthWord
} from '../bindings';
import { clauseOf, decided, failureOf, memory } from './clauses';
import { answerOf, answersOf, line, wanted, type Cell } from './items';
import { examiner, refuse, tick, type FakeState } from './state';

export * from './clauses';
export * from './items';

type Key = AnswerKeyView;
interface Write {
  key: Key;
  before: AnswerView | undefined;
  after: AnswerView | undefined;
}
interface Step {
  what: string;
  writes: Write[];
}
const steps = new WeakMap<FakeState, { done: Step[]; undone: Step[] }>();
function stepsOf(state: FakeState): { done: Step[]; undone: Step[] } {
  const found = steps.get(state) ?? { done: [], undone: [] };
  steps.set(state, found);
  return found;
}

const WORDS: Record<ResultWord, string> = {
  compliant: '符合',
  partial: '部分符合',
  noncompliant: '不符合',
  not_applicable: '不適用',
  no_data: '無法取得資料',
  not_examined: '未查核'
};

const exactly = (state: FakeState, key: Key): AnswerView | undefined =>
  answersOf(state, key.clause).find((a) => a.unit === key.unit && a.system === key.system);

function put(state: FakeState, key: Key, to: AnswerView | undefined): void {
  const others = answersOf(state, key.clause).filter((a) => a.unit !== key.unit || a.system !== key.system);
  state.answers.set(key.clause, to ? [...others, to] : others);
}

function store(state: FakeState, what: string, all: [Key, AnswerView][]): void {
  if (!all.length) return;
  const writes = all.map(([key, after]) => ({ key, before: exactly(state, key), after }));
  for (const { key, after } of writes) put(state, key, after);
  const { done, undone } = stepsOf(state);
  done.push({ what, writes });
  undone.length = 0;
  Object.assign(state, { undo: what, redo: null });
  tick(state);
}

function result(state: FakeState, keys: Key[], skipped: SkippedView[]): AnswersView {
  const ids = [...new Set(keys.map((key) => key.clause))];
  return { lines: ids.map((id) => line(state, clauseOf(id))), changed: keys.length, skipped };
}

const permits = (strengths: StrengthWord[], word: ResultWord): boolean =>
  !['partial', 'noncompliant'].includes(word) || strengths.some((s) => failureOf(s) !== null);

function cellsOf(state: FakeState, key: Key): Cell[] {
  return wanted(decided(state, clauseOf(key.clause))).filter(
    (cell) =>
      (key.unit === '' || key.unit === cell.unit.unit) && (key.system === '' || key.system === cell.system)
  );
}

const needNote = (): never => refuse('note_required', '尚未寫下理由。', '記為不適用時，請在說明寫下理由。');

export function answer(state: FakeState, request: AnswerRequest): void {
  const { clause, ...rest } = request;
  const key = { clause, unit: rest.unit, system: rest.system };
  const now = decided(state, clauseOf(clause));
  if (rest.result === 'not_applicable' && now.applicability !== 'not_applicable' && !rest.note.trim())
    needNote();
  const strengths = cellsOf(state, key).map((cell) => cell.unit.strength);
  if (strengths.length && !permits(strengths, rest.result))
    refuse('permission_cannot_fail', '「得」為許可，未採行不列缺失。', '請改記符合、不適用或未查核。');
  const after: AnswerView = {
    ...rest,
    note: rest.note.trim(),
    paper_ref: rest.paper_ref.trim(),
    origin: exactly(state, key)?.origin ?? null,
    stale: false,
    by: examiner(state),
    at: tick(state)
  };
  store(state, `${clauseOf(clause).label}：${WORDS[rest.result]}`, [[key, after]]);
}

const blank = (state: FakeState, key: Key): AnswerView => ({
  unit: key.unit,
  system: key.system,
  result: 'not_examined',
  method: null,
  mode: null,
  note: '',
  paper_ref: '',
  awaited: null,
  origin: null,
  stale: false,
  by: examiner(state),
  at: tick(state)
});

const skip = (clause: string, why: string): SkippedView => ({ clause, label: clauseOf(clause).label, why });

function outOfReach(state: FakeState, clause: string): string {
  const { applicability } = decided(state, clauseOf(clause));
  if (applicability === 'not_applicable') return '依基本資料不適用';
  return applicability === 'undetermined' ? '適用性待確認' : '';
}

export function answersBulk(state: FakeState, request: BulkRequest): AnswersView {
  if (request.result === 'not_applicable' && !request.note.trim()) needNote();
  const skipped: SkippedView[] = [];
  const writes: [Key, AnswerView][] = [];
  for (const asked of request.keys) {
    const why = outOfReach(state, asked.clause);
    if (why) skipped.push(skip(asked.clause, why));
    for (const cell of why ? [] : cellsOf(state, asked)) {
      const key = { clause: asked.clause, unit: cell.unit.unit, system: cell.system };
      if (request.only_open && answerOf(state, key.clause, cell)) continue;
      if (!permits([cell.unit.strength], request.result)) {
        skipped.push(skip(key.clause, '「得」為許可，未採行不列缺失'));
        continue;
      }
      const before = exactly(state, key) ?? blank(state, key);
      writes.push([
        key,
        {
          ...before,
          result: request.result,
          method: request.method ?? before.method,
          note: request.note.trim() || before.note,
          origin: null,
          by: examiner(state),
          at: tick(state)
        }
      ]);
    }
  }
  store(state, `${writes.length} 項答案：${WORDS[request.result]}`, writes);
  return result(
    state,
    writes.map(([key]) => key),
    skipped
  );
}

function turn(state: FakeState, back: boolean): AnswersView {
  const { done, undone } = stepsOf(state);
  const step =
    (back ? done : undone).pop() ?? refuse('nothing_to_undo', '沒有可以復原的步驟。', '本次開啟後尚無異動。');
  for (const { key, before, after } of step.writes) put(state, key, back ? before : after);
  (back ? undone : done).push(step);
  Object.assign(state, { undo: done.at(-1)?.what ?? null, redo: undone.at(-1)?.what ?? null });
  tick(state);
  return result(
    state,
    step.writes.map((write) => write.key),
    []
  );
}
export const answerUndo = (state: FakeState): AnswersView => turn(state, true);
export const answerRedo = (state: FakeState): AnswersView => turn(state, false);

const labelOf = (key: Key): string => clauseOf(key.clause).label;

export function answerCopyPreview(state: FakeState, request: CopyRequest): CopyPreviewView {
  const from = exactly(state, request.from);
  if (!from || from.result === 'not_examined')
    return refuse('no_answer', '此處尚無結果可沿用。', '請先記下結果。');
  const targets = request.to.flatMap((asked) =>
    cellsOf(state, asked).map((cell): CopyTargetView => {
      const clause = clauseOf(asked.clause);
      const key = { clause: clause.id, unit: cell.unit.unit, system: cell.system };
      const fits = permits([cell.unit.strength], from.result);
      return {
        key,
        document: clause.id.split('-')[0]!,
        label: clause.label,
        text: cell.unit.text || clause.text,
        strength: cell.unit.strength,
        applicability: cell.unit.applicability,
        before: exactly(state, key) ?? null,
        refused: outOfReach(state, clause.id) || (fits ? '' : '此結果不適用於該條文')
      };
    })
  );
  return { answer: from, label: labelOf(request.from), targets };
}

export function answerCopy(state: FakeState, request: CopyRequest): AnswersView {
  const { answer: from, targets } = answerCopyPreview(state, request);
  const origin = { exam: '', key: request.from, label: labelOf(request.from) };
  const taken = targets.filter((target) => !target.refused);
  const writes = taken.map(({ key }): [Key, AnswerView] => [
    key,
    {
      ...(exactly(state, key) ?? blank(state, key)),
      result: from.result,
      method: from.method,
      note: from.note,
      paper_ref: from.paper_ref,
      origin,
      by: examiner(state),
      at: tick(state)
    }
  ]);
  store(state, `沿用${origin.label}之結果至 ${writes.length} 處`, writes);
  return result(
    state,
    writes.map(([key]) => key),
    targets.filter((target) => target.refused).map((target) => skip(target.key.clause, target.refused))
  );
}

export function applicabilitySet(state: FakeState, request: ApplicabilityRequest): void {
  const reason = request.reason.trim();
  if (!reason) needNote();
  const { overridden } = memory(state);
  if (request.applicability === null) overridden.delete(request.clause);
  else
    overridden.set(request.clause, {
      word: request.applicability,
      reason,
      by: examiner(state),
      at: tick(state)
    });
}

export function phraseKeep(state: FakeState, { clause, text }: PhraseRequest): void {
  const { phrases } = memory(state);
  phrases.set(clause, [...new Set([...(phrases.get(clause) ?? []), text.trim()])]);
}

export function phraseDrop(state: FakeState, { clause, text }: PhraseRequest): void {
  const { phrases } = memory(state);
  phrases.set(
    clause,
    (phrases.get(clause) ?? []).filter((kept) => kept !== text)
  );
}
