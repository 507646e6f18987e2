/** What belongs to each exam of the invented host, and what its firms owe: findings that were sent, and those followed up. */
import type {
  AnswerView,
  DueView,
  FindingStatusWord,
  FindingView,
  ResultWord,
  RunView,
  SeverityWord
} from '../bindings';
import { PLANS } from './audit';
import { clauseText, lines } from './checklist';
import { newDossier } from './dossier';
import type { FakeState } from './state';

/** Today of the invented host. */
const TODAY = Date.UTC(2026, 2, 2);
const DAY = 86_400_000;

type Kept = Pick<FakeState, 'answers' | 'findings' | 'dossier'>;
interface Visits {
  exam: string;
  kept: Map<string, Kept>;
}
const visits = new WeakMap<FakeState, Visits>();
const visitsOf = (state: FakeState): Visits => {
  const known = visits.get(state) ?? { exam: '', kept: new Map<string, Kept>() };
  visits.set(state, known);
  return known;
};

const fresh = (): Kept => ({ answers: new Map(), findings: [], dossier: newDossier() });

/** Lays the answers, findings and papers of the exam that was opened on the desk. */
export function openVisit(state: FakeState): void {
  const known = visitsOf(state);
  const id = state.exam?.head.id ?? '';
  if (known.exam === id) return;
  const { answers, findings, dossier } = state;
  if (known.exam) known.kept.set(known.exam, { answers, findings, dossier: { ...dossier } });
  const { settings, identities } = dossier;
  const next = known.kept.get(id) ?? fresh();
  Object.assign(state, { answers: next.answers, findings: next.findings });
  // In place: what belongs to the vault stays, and others hold on to the dossier.
  Object.assign(dossier, next.dossier, { settings, identities });
  known.exam = id;
}

type Sent = [
  title: string,
  clause: string,
  severity: SeverityWord,
  status: FindingStatusWord,
  owner: string,
  due: string
];

function finding(
  case_no: string,
  no: number,
  [title, clause, severity, status, owner, due]: Sent
): FindingView {
  const by = '查核人員甲';
  const at = '2025-11-20T10:12:00';
  const path: FindingStatusWord[] = ['in_review', 'final', 'sent', 'replied', 'followed_up', 'closed'];
  const steps = path.slice(0, path.indexOf(status) + 1);
  const replied = steps.includes('replied');
  return {
    no,
    number: `${case_no}-F${String(no).padStart(2, '0')}`,
    kind: severity === 'low' ? 'recommendation' : 'deficiency',
    title,
    condition: `經查${title}。`,
    criteria: [clauseText(clause)],
    cause: '',
    effect: '恐遭未經授權之存取。',
    severity,
    category: '存取控制',
    recommendation: '應依規定辦理並留存紀錄。',
    status,
    by,
    at,
    rows: [],
    exceptions: null,
    population: null,
    changed: null,
    objects: [],
    evidence: [],
    papers: ['C-FCM'],
    row_papers: [],
    chain: [],
    steps: steps.map((to) => ({ to, note: '', by, at })),
    next: [],
    lacks: [],
    replies: replied
      ? [
          {
            agreement: 'agree',
            text: '同意辦理。',
            cause: '',
            impact: '',
            liability: '',
            measure: '修訂作業程序並補正。',
            owner,
            due,
            signer: '總經理',
            signed_on: '2025-12-05',
            by,
            at
          }
        ]
      : [],
    follow_ups: [],
    overdue: due !== '' && Date.parse(due) < TODAY
  };
}

const OTHER: Sent[] = [
  ['密碼輸入錯誤達三次未中斷連線', 'FCM-8.3.e', 'high', 'replied', '資訊部 李經理', '2026-01-31'],
  ['防火牆進出紀錄未保存', 'FCM-7.1.b.c', 'medium', 'followed_up', '資訊部 陳副理', '2026-03-20'],
  ['備份媒體標籤未註明保存期限', 'FCM-7.2.c.c', 'low', 'sent', '', '']
];
const BEGUN: Sent[] = [
  ['廠商持有最高權限帳號', 'COL-D5.1', 'critical', 'replied', '資訊部 王協理', '2026-02-20'],
  ['密碼未依規定每三個月變更', 'COL-D6.1', 'high', 'in_review', '', ''],
  ['防火牆進出紀錄保存未滿三年', 'COL-D4.2', 'high', 'final', '', ''],
  ['離職人員帳號未即時停用', 'FCM-8.2.b', 'medium', 'draft', '', ''],
  ['未定期檢視電腦稽核紀錄', 'FCM-8.4.b', 'medium', 'sent', '', ''],
  ['操作日誌未逐日經主管核驗', 'FCM-7.2.d.b', 'low', 'closed', '資訊部', '2026-01-10']
];

const CYCLE: ResultWord[] = [
  'compliant',
  'compliant',
  'noncompliant',
  'compliant',
  'not_examined',
  'partial',
  'compliant',
  'no_data',
  'compliant',
  'compliant',
  'not_applicable',
  'compliant',
  'not_examined'
];

/** Answers as an examiner leaves them half way: most of the first documents, some of the last. */
function answered(state: FakeState): FakeState['answers'] {
  const binding = lines(state).filter((line) => line.applicability !== 'not_applicable');
  const given = binding
    .map((line, n) => ({ line, result: CYCLE[n % CYCLE.length]!, far: n / binding.length }))
    .filter(({ far, result }, n) => result !== 'not_examined' && (far < 0.6 || n % 3 === 0));
  return new Map(
    given.map(({ line, result }) => [
      line.clause,
      [
        {
          unit: '',
          system: '',
          result: line.strength === 'may' ? 'compliant' : result,
          method: 'inspection',
          mode: null,
          note: '檢視公司所訂規範及相關紀錄。',
          paper_ref: 'C-01',
          awaited: result === 'no_data' ? '請補齊紀錄' : null,
          origin: null,
          stale: false,
          by: '查核人員甲',
          at: '2026-03-02T13:20:00'
        } satisfies AnswerView
      ]
    ])
  );
}

const ranOf = (plan: (typeof PLANS)[number], n: number): RunView => ({
  id: 900 + n,
  procedure: plan.id,
  at: '2026-03-02T13:40:00',
  by: '查核人員甲',
  verdict: plan.verdict,
  population: plan.population,
  completeness: 'complete',
  exceptions: plan.rules.reduce((sum, rule) => sum + (rule[2] === 'exception' ? rule[3] : 0), 0),
  unknown: 0,
  leads: 0,
  missing: plan.missing
});

/** What is there from the start: a firm that was examined before, and with `begun` an exam that is half way. */
export function seed(state: FakeState, begun: boolean): void {
  const { kept } = visitsOf(state);
  const of = (case_no: string, all: Sent[]): FindingView[] =>
    all.map((sent, n) => finding(case_no, n + 1, sent));
  kept.set('e2', { ...fresh(), findings: of('115-期-0003', OTHER) });
  if (!begun) return;
  kept.set('e1', { ...fresh(), answers: answered(state), findings: of('115-證-0012', BEGUN) });
  PLANS.slice(0, -1).forEach((plan, n) => state.runs.set(plan.id, ranOf(plan, n)));
}

const OWED: FindingStatusWord[] = ['sent', 'replied', 'followed_up'];

/** What is owed in all exams: overdue first, what has no day last. */
export function followUp(state: FakeState): DueView[] {
  const { exam: open, kept } = visitsOf(state);
  const rank = (due: DueView): number => due.days ?? Number.MAX_SAFE_INTEGER;
  return state.exams
    .flatMap(({ head }) =>
      (head.id === open ? state.findings : (kept.get(head.id)?.findings ?? []))
        .filter((one) => OWED.includes(one.status))
        .map(({ no, number, title, severity, status, replies }): DueView => {
          const { owner = '', due = '' } = replies.at(-1) ?? {};
          const days = due ? Math.round((Date.parse(due) - TODAY) / DAY) : null;
          return { exam: head.id, firm: head.firm, no, number, title, severity, status, owner, due, days };
        })
    )
    .sort((a, b) => rank(a) - rank(b));
}
