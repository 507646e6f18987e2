/** Handing over on the invented host: who can be handed what, and what such a file would hold. */
import type {
  Commands,
  HandoverContactView,
  HandoverMadeView,
  HandoverPlanView,
  HandoverRequest,
  HandoverStepWord,
  HandoverWarningView,
  KindCountView,
  LastExchangeView
} from '../bindings';
import { clauses } from './clauses';
import { hashOf } from './evidence';
import { mergeHandlers } from './merge';
import { pause } from './pause';
import { refuse, type FakeState } from './state';

const never = (name: string): LastExchangeView => ({
  name,
  given_at: '',
  taken_at: '',
  entries_since: null
});

export const CONTACTS: HandoverContactView[] = [
  {
    id: 'c1',
    name: '查核人員乙',
    unit: '稽核部 第二組',
    fingerprint: '48213 90577 12640 33918 75502 61184',
    trust: 'verified',
    last: {
      name: '查核人員乙',
      given_at: '2026-03-02T08:55:00',
      taken_at: '2026-03-01T18:20:00',
      entries_since: 37
    }
  },
  {
    id: 'c2',
    name: '總部收件',
    unit: '查核管理處',
    fingerprint: '70331 25846 91907 48220 16653 09418',
    trust: 'pinned',
    last: never('總部收件')
  },
  {
    id: 'c3',
    name: '查核人員丙',
    unit: '稽核部 第一組',
    fingerprint: '15920 66348 07125 83391 44780 29056',
    trust: 'key_changed',
    last: never('查核人員丙')
  }
];

/** Tells how far a job is; a file whose name has 慢 in it takes long enough to be looked at. */
export async function steps(
  state: FakeState,
  file: string,
  step: HandoverStepWord,
  of: number
): Promise<void> {
  state.cancelled = false;
  for (let done = 0; done < of; done += of / 4) {
    for (const listener of state.handoverProgress) listener({ step, done, of });
    await pause(file.includes('慢') ? 700 : 0);
    if (state.cancelled) refuse('cancelled', '已依指示停止，沒有任何變更。', '需要時可重新執行。');
  }
}

/** How many items a request is about. */
function items(request: HandoverRequest): number {
  if (request.scope !== 'parts') return clauses.size;
  const named = new Set([...request.documents, ...request.chapters.map((one) => one.document)]);
  const all = [...clauses.keys()].filter((id) => named.has(id.split('-')[0]!)).length;
  return request.documents.length ? all : Math.ceil(all / 6);
}

function counts(state: FakeState, request: HandoverRequest): KindCountView[] {
  const { scope, procedures, findings, evidence } = request;
  const whole = scope === 'whole';
  const part = scope === 'changes' ? 0.1 : 1;
  const some = (n: number, there: boolean): number => (there ? Math.ceil(n * part) : 0);
  const all: KindCountView[] = [
    { kind: 'answers', n: some(Math.ceil(items(request) * 0.9), true) },
    { kind: 'facts', n: some(31, scope !== 'parts') },
    { kind: 'dispositions', n: some(412, scope !== 'parts' || procedures.length > 0) },
    { kind: 'findings', n: some(Math.max(state.findings.length, 7), scope !== 'parts' || findings) },
    {
      kind: 'evidence',
      n: some(Math.max(state.dossier.evidence.length, 23), scope !== 'parts' || evidence)
    },
    { kind: 'imports', n: some(12, whole) },
    { kind: 'runs', n: whole ? 54 : procedures.length },
    { kind: 'notes', n: some(2, whole) },
    { kind: 'journal', n: scope === 'changes' ? 37 : whole ? 1_204 : 0 }
  ];
  return all.filter((one) => one.n > 0);
}

function plan(state: FakeState, request: HandoverRequest): HandoverPlanView {
  const held = counts(state, request);
  const pieces = held.find((one) => one.kind === 'evidence')?.n ?? 0;
  const included = request.evidence_as === 'included' ? pieces : 0;
  const evidence_bytes = included * 2_310_144;
  const warnings: HandoverWarningView[] = [];
  const warn = (kind: HandoverWarningView['kind'], what = '', n = 0): void =>
    void warnings.push({ kind, what, n });
  const since = request.recipients.map((recipient) => {
    const contact = CONTACTS.find((one) => one.id === recipient);
    if (!contact) warn('not_a_contact', `${recipient.substring(0, 12)}…`);
    if (contact?.trust === 'key_changed') warn('key_changed', contact.name);
    if (contact?.trust === 'pinned') warn('unverified', contact.name);
    if (contact?.last.given_at === '' && request.scope === 'changes') warn('never_got', contact.name);
    return contact?.last ?? never(`${recipient.substring(0, 12)}…`);
  });
  const resting = request.scope === 'parts' && request.findings && !request.evidence;
  if (resting) warn('evidence_left_out', '', 9);
  else if (pieces && !included) warn('by_reference', '', pieces);
  if (request.deidentified) warn('masked');
  if (held.length === 0) warn('nothing');
  const rows = held.reduce((sum, one) => sum + one.n, 0);
  return {
    counts: held,
    pieces: included,
    evidence_bytes,
    bytes: evidence_bytes + rows * 410,
    warnings,
    since
  };
}

async function create(
  state: FakeState,
  { what, path }: Commands['handover_create']['request']
): Promise<HandoverMadeView> {
  if (what.recipients.length === 0) refuse('required', '尚未選擇收件者。', '請至少選擇一位收件者。');
  const { bytes } = plan(state, what);
  await steps(state, path, 'gathering', 1_788);
  await steps(state, path, 'writing', bytes);
  const recipients = what.recipients.map(
    (one) => CONTACTS.find((contact) => contact.id === one)?.name ?? `${one.substring(0, 12)}…`
  );
  return { path, sha256: hashOf(path), bytes, recipients };
}

type Answered = Extract<keyof Commands, `handover${string}` | `merge${string}`>;

/** What the invented host answers about exams that go from laptop to laptop. */
export function handoverHandlers(state: FakeState): {
  [K in Answered]: (request: Commands[K]['request']) => Commands[K]['view'] | Promise<Commands[K]['view']>;
} {
  return {
    handover: () => ({
      contacts: CONTACTS,
      fingerprint: '02718 28182 84590 45235 36028 74713',
      file: `${state.exam?.head.case_no ?? ''}-115.03.02.fieldbook.age`
    }),
    handover_plan: (request) => plan(state, request),
    handover_create: (request) => create(state, request),
    handover_cancel: () => {
      state.cancelled = true;
      return null;
    },
    ...mergeHandlers(state, (file, step, of) => steps(state, file, step, of))
  };
}
