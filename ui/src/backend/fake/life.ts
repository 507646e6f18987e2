/** The life of a finding in the invented host: words, steps, replies, follow-up reviews, repeats. */
import type {
  ChangedCountsView,
  Commands,
  EarlierFindingView,
  FindingNoRequest,
  FindingPhraseView,
  FindingRequest,
  FindingStatusWord,
  FindingStepRequest,
  FindingView,
  FollowUpRequest,
  RepeatView,
  ReplyRequest
} from '../bindings';
import { linked } from './audit';
import { clauseText } from './checklist';
import { PAPERS, stillOpen } from './dossier';
import { numberOf } from './evidence';
import { draft } from './findings';
import { examiner, refuse, tick, type FakeState } from './state';

/** The day of the invented clock. */
const TODAY = '2026-03-02';

const NEXT: Record<FindingStatusWord, FindingStatusWord[]> = {
  draft: ['in_review', 'withdrawn'],
  in_review: ['draft', 'final', 'withdrawn'],
  final: ['draft', 'sent', 'withdrawn'],
  sent: ['draft', 'replied', 'withdrawn'],
  replied: ['followed_up', 'closed', 'withdrawn'],
  followed_up: ['closed', 'withdrawn'],
  closed: ['followed_up'],
  withdrawn: []
};

/** Findings of the firm's exams before this one. */
const EARLIER: (RepeatView & { clauses: string[]; before?: EarlierFindingView })[] = [
  {
    earlier: {
      exam: 'e0',
      number: '114-證-0007-F02',
      title: '最高權限帳號由廠商使用，未經事前核准',
      found_on: '2025-03-18'
    },
    why: '同一條文：COL-D5.1',
    status: 'followed_up',
    clauses: ['COL-D5.1', 'COL-D6.1', 'COL-D4.2'],
    before: { exam: '', number: '112-缺-015', title: '委外廠商持有管理者密碼', found_on: '2023-06-30' }
  },
  {
    earlier: { exam: '', number: '113-缺-021', title: '密碼未依規定定期變更', found_on: '2024-05-09' },
    why: '登記簿提及主題：密碼變更',
    status: null,
    clauses: ['COL-D6.1']
  }
];

const PHRASES: FindingPhraseView[] = [
  { part: 'cause', text: '帳號異動未納入例行覆核，權責單位亦未明定。' },
  { part: 'cause', text: '公司表示因○人力不足，未及辦理。' },
  { part: 'effect', text: '無法確認實際使用人，發生異常時難以追究責任。' },
  { part: 'effect', text: '○遭未經授權存取或竄改之風險提高。' },
  { part: 'recommendation', text: '請於○年○月○日前收回，並建立定期清查機制，留存紀錄。' },
  { part: 'recommendation', text: '請修訂○辦法，明定○之頻率及覆核主管。' }
];

const find = (state: FakeState, no: number): FindingView =>
  state.findings.find((finding) => finding.no === no) ??
  refuse('unknown_finding', '查無此項發現。', '請重新整理清單。');

const needsRemedy = (kind: FindingView['kind']): boolean =>
  kind === 'deficiency' || kind === 'recommendation';

function lacks(f: FindingView): string[] {
  const wanted: [boolean, string][] = [
    [needsRemedy(f.kind) && f.criteria.length === 0, '現行規範'],
    [needsRemedy(f.kind) && f.effect.trim() === '', '風險影響'],
    [needsRemedy(f.kind) && f.recommendation.trim() === '', '具體改善建議'],
    [needsRemedy(f.kind) && f.category.trim() === '', '類別'],
    [f.rows.length + f.papers.length + f.evidence.length === 0, '證據或底稿']
  ];
  return wanted.filter(([missing]) => missing).map(([, what]) => what);
}

/** A later run of a finding's test lists one row less, of a somewhat larger population. */
function changed(state: FakeState, f: FindingView): ChangedCountsView | null {
  const later = f.rows.some(
    (row) => (state.runs.get(row.procedure)?.id ?? 0) > (state.dossier.bound.get(f.no) ?? Infinity)
  );
  if (!later || f.exceptions === null) return null;
  return { exceptions: Math.max(1, f.exceptions - 1), population: (f.population ?? 0) + 7 };
}

function overdue(f: FindingView): boolean {
  const done = f.follow_ups.at(-1)?.result;
  const due = f.replies.at(-1)?.due ?? '';
  const owes = f.status === 'replied' || f.status === 'followed_up';
  return owes && done !== 'remedied' && done !== 'risk_accepted' && due !== '' && due < TODAY;
}

function chainOf(first: EarlierFindingView | undefined): EarlierFindingView[] {
  if (!first) return [];
  const before = EARLIER.find((one) => one.earlier.number === first.number)?.before;
  return before ? [first, before] : [first];
}

/** A finding as the host shows it: what follows from the rest is worked out again. */
const view = (state: FakeState, f: FindingView): FindingView => ({
  ...f,
  changed: changed(state, f),
  chain: chainOf(f.chain[0]),
  next: NEXT[f.status],
  lacks: lacks(f),
  overdue: overdue(f)
});

export const findings = (state: FakeState): FindingView[] => state.findings.map((f) => view(state, f));

function put(state: FakeState, finding: FindingView): FindingView {
  state.findings = [...state.findings.filter((f) => f.no !== finding.no), finding].sort(
    (a, b) => a.no - b.no
  );
  return view(state, finding);
}

function notADraft(): never {
  refuse('not_a_draft', '這項發現已不是草稿，內容不可直接修改。', '請先退回草稿並註明理由，再修改。');
}

export function save(state: FakeState, request: FindingRequest): FindingView {
  if (request.title.trim() === '' || request.condition.trim() === '')
    refuse('finding_incomplete', '標題與查核發現不可空白。', '請補上後再儲存。');
  stillOpen(state.dossier, PAPERS.findings);
  const before = request.no ? find(state, request.no) : null;
  if (before && before.status !== 'draft') notADraft();
  const no = before?.no ?? state.findings.length + 1;
  const { clauses, exceptions, evidence, repeat_of, ...words } = request;
  const same = before !== null && before.rows.length === exceptions.length;
  const [by, at] = [examiner(state), tick(state)];
  if (!same) state.dossier.bound.set(no, state.clock);
  return put(state, {
    steps: [{ to: 'draft', note: '', by, at }],
    replies: [],
    follow_ups: [],
    ...before,
    ...words,
    no,
    number: `115-證-0012-F${String(no).padStart(2, '0')}`,
    status: 'draft',
    criteria: clauses.map(clauseText),
    by,
    at,
    rows: linked(exceptions),
    row_papers: [...new Set(linked(exceptions).map((row) => row.procedure))],
    exceptions: same ? before.exceptions : exceptions.length || null,
    population: same ? before.population : exceptions.length ? 1043 : null,
    evidence: state.dossier.evidence
      .filter((piece) => evidence.includes(piece.id))
      .map(({ id, number, name }) => ({ id, number, name })),
    chain: chainOf(repeat_of ?? undefined),
    changed: null,
    next: [],
    lacks: [],
    overdue: false
  });
}

export function step(state: FakeState, { no, to, note }: FindingStepRequest): FindingView {
  const finding = find(state, no);
  const back = to === 'draft' || to === 'withdrawn' || finding.status === 'closed';
  if (back && note.trim() === '') refuse('note_required', '尚未填寫理由。', '退回、撤銷或重啟時請註明理由。');
  const missing = lacks(finding)[0];
  if (missing && (to === 'in_review' || to === 'final'))
    refuse('finding_incomplete', `缺失「${missing}」欄位未完成。`, '請補上後再送覆核。');
  if (!NEXT[finding.status].includes(to))
    refuse('bad_step', '這項發現目前的狀態不能進行這個步驟。', '請依草稿、覆核中、定稿之順序辦理。');
  const by = examiner(state);
  if (to === 'final' && by === finding.by)
    refuse('same_person', '編製人與覆核人不可為同一人。', '請切換為另一位查核人員後再覆核。');
  if (to === 'draft' || to === 'withdrawn') stillOpen(state.dossier, PAPERS.findings);
  const done = finding.follow_ups.at(-1)?.result;
  if (to === 'closed' && needsRemedy(finding.kind) && done !== 'remedied' && done !== 'risk_accepted')
    refuse(
      'not_remedied',
      '尚無「已改善」或「風險承受」之追蹤覆查，不可結案。',
      '請先登錄追蹤覆查結果，必要時重新執行測試。'
    );
  const steps = [...finding.steps, { to, note: note.trim(), by, at: tick(state) }];
  return put(state, { ...finding, status: to, steps });
}

function rebind(state: FakeState, { no }: FindingNoRequest): FindingView {
  const finding = find(state, no);
  if (finding.status !== 'draft') notADraft();
  const now = changed(state, finding);
  if (!now) return view(state, finding);
  state.dossier.bound.set(no, state.clock);
  const rows = finding.rows.slice(0, now.exceptions);
  return put(state, { ...finding, rows, ...now, by: examiner(state), at: tick(state) });
}

const advanced = (state: FakeState, f: FindingView, to: FindingStatusWord): FindingView['steps'] =>
  f.status === to ? f.steps : [...f.steps, { to, note: '', by: examiner(state), at: tick(state) }];

function reply(state: FakeState, { no, ...said }: ReplyRequest): FindingView {
  const finding = find(state, no);
  const lack = (field: string): never =>
    refuse(
      'reply_incomplete',
      `受查單位回覆缺少${field}。`,
      '請補上後再儲存；受查單位不同意時，須載明回覆意見。'
    );
  if (said.signer.trim() === '') lack('簽章人');
  if (said.agreement === 'disagree' && said.text.trim() === '') lack('回覆意見');
  if (said.agreement !== 'disagree' && needsRemedy(finding.kind)) {
    if (said.measure.trim() === '') lack('改善措施');
    if (said.due === '') lack('預計完成日');
  }
  if (!['sent', 'replied', 'followed_up'].includes(finding.status))
    refuse('bad_step', '這項發現目前的狀態不能進行這個步驟。', '請先送受查單位。');
  const status = finding.status === 'followed_up' ? 'followed_up' : 'replied';
  const replies = [...finding.replies, { ...said, by: examiner(state), at: tick(state) }];
  return put(state, { ...finding, status, steps: advanced(state, finding, status), replies });
}

function followUp(state: FakeState, request: FollowUpRequest): FindingView {
  const finding = find(state, request.no);
  if (!['replied', 'followed_up', 'closed'].includes(finding.status))
    refuse('bad_step', '這項發現目前的狀態不能進行這個步驟。', '請先登錄受查單位回覆。');
  if (request.note.trim() === '') refuse('required', '尚未填寫覆查說明。', '請寫下檢視了什麼、看到什麼。');
  const ran = [...state.runs.values()].find((run) => run.id === request.run);
  const made = {
    on: request.on,
    reviewer: request.reviewer.trim() || examiner(state),
    result: request.result,
    note: request.note.trim(),
    evidence: request.evidence.map(numberOf),
    run: ran ? `${ran.procedure} 第 ${ran.id} 次執行` : '',
    by: examiner(state),
    at: tick(state)
  };
  const steps = advanced(state, finding, 'followed_up');
  const follow_ups = [...finding.follow_ups, made];
  return put(state, { ...finding, status: 'followed_up', steps, follow_ups });
}

function repeats(state: FakeState, { no }: FindingNoRequest): RepeatView[] {
  const cited = find(state, no).criteria.map((clause) => clause.clause);
  return EARLIER.filter((one) => one.clauses.some((clause) => cited.includes(clause))).map(
    ({ earlier, why, status }) => ({ earlier, why, status })
  );
}

type Answered =
  | 'finding_draft'
  | 'finding_save'
  | 'finding_withdraw'
  | 'finding_step'
  | 'finding_rebind'
  | 'finding_repeats'
  | 'finding_phrases'
  | 'finding_reply'
  | 'finding_follow_up'
  | 'findings';

/** What the invented host answers about findings. */
export function lifeHandlers(state: FakeState): {
  [K in Answered]: (request: Commands[K]['request']) => Commands[K]['view'];
} {
  return {
    finding_draft: (request) => draft(state, request),
    finding_save: (request) => save(state, request),
    finding_withdraw: ({ no, reason }) => step(state, { no, to: 'withdrawn', note: reason }),
    finding_step: (request) => step(state, request),
    finding_rebind: (request) => rebind(state, request),
    finding_repeats: (request) => repeats(state, request),
    finding_phrases: () => PHRASES,
    finding_reply: (request) => reply(state, request),
    finding_follow_up: (request) => followUp(state, request),
    findings: () => findings(state)
  };
}
