/**
 * Taking in on the invented host. What a file is, its name says: 新 an exam that is not here, 同 nothing new, 壞 damaged,
 * 他人 not for us, 未知 an unknown sender, 未核 one whose fingerprint was not compared, 換鑰 one with another key, 擋 a signed
 * paper in the way, 順 no conflict, 別 another exam of the vault.
 */
import type {
  BlockedView,
  Commands,
  ErrorView,
  HandoverStepWord,
  LaneActsView,
  MergeApplyRequest,
  MergeChangeView,
  MergeCountView,
  MergeDoneView,
  MergeLaneView,
  MergeView,
  RecordKindWord,
  SenderView,
  TakeInView
} from '../bindings';
import { clauses } from './clauses';
import { hashOf } from './evidence';
import { CONFLICTS } from './conflicts';
import { examiner, refuse, tick, type FakeState } from './state';

const SENDER: SenderView = {
  name: '查核人員乙',
  unit: '稽核部 第二組',
  fingerprint: '48213 90577 12640 33918 75502 61184',
  trust: 'verified'
};

const OTHER = { ...SENDER, fingerprint: '31415 92653 58979 32384 62643 38327' };

function senderOf(name: string): SenderView {
  if (name.includes('未知')) return { ...OTHER, name: '丁', unit: '', trust: 'unknown' };
  if (name.includes('換鑰')) return { ...OTHER, trust: 'key_changed' };
  return name.includes('未核') ? { ...SENDER, trust: 'pinned' } : SENDER;
}

const NOTES = [
  '已抽核 25 筆，均附核准紀錄。',
  '訪談資訊部李經理，並檢視 115.02.28 之設定畫面。',
  '缺 109 年第三季之覆核紀錄，請受查單位補送。'
];

/** What comes: answers first, then what else was done there. */
const CHANGES: MergeChangeView[] = [
  ...[...clauses.values()].slice(12, 132).flatMap((clause, n): MergeChangeView[] => {
    const what = `${clause.id}　${clause.label}`;
    const by = n % 5 === 0 ? '查核人員丙' : '查核人員乙';
    const at = `2026-03-02T${String(9 + (n % 8)).padStart(2, '0')}:${String((n * 7) % 60).padStart(2, '0')}:00`;
    const whole = n % 3 === 0;
    return [
      {
        kind: 'answers',
        what,
        field: '查核結果',
        before: whole ? null : '符合',
        after: whole ? '符合' : '部分符合',
        by,
        at
      },
      { kind: 'answers', what, field: '說明', before: null, after: NOTES[n % NOTES.length]!, by, at }
    ];
  }),
  ...Array.from({ length: 118 }, (_, n): MergeChangeView => ({
    kind: 'dispositions',
    what: `T-COL-06　帳號清冊.xlsx 第 ${n + 12} 列`,
    field: '處置',
    before: null,
    after: n % 4 === 0 ? '合理說明' : '確認',
    by: '查核人員乙',
    at: `2026-03-02T14:${String(n % 60).padStart(2, '0')}:00`
  })),
  ...[1, 2, 3, 4].map((n): MergeChangeView => ({
    kind: 'evidence',
    what: `E-00${n + 3}　防火牆規則匯出_${n}.pdf`,
    field: '',
    before: null,
    after: `${n * 3}.2 MB，來源：資訊部 李經理`,
    by: '查核人員乙',
    at: `2026-03-02T15:0${n}:00`
  })),
  {
    kind: 'findings',
    what: '115-證-0012-F03　離職人員帳號未即時停用',
    field: '原因',
    before: '人事異動通知未納入資訊單位。',
    after: '人事異動通知未納入資訊單位，且帳號清查每年僅一次。',
    by: '查核人員乙',
    at: '2026-03-02T16:11:00'
  },
  {
    kind: 'findings',
    what: '115-證-0012-F05　密碼長度設定不足',
    field: '',
    before: '草稿',
    after: null,
    by: '查核人員乙',
    at: '2026-03-02T16:20:00'
  }
];

const COUNTS: MergeCountView[] = [
  { kind: 'answers', added: 40, changed: 80, taken_away: 0, united: 6 },
  { kind: 'dispositions', added: 118, changed: 0, taken_away: 0, united: 0 },
  { kind: 'findings', added: 0, changed: 1, taken_away: 1, united: 0 },
  { kind: 'evidence', added: 4, changed: 0, taken_away: 0, united: 2 },
  { kind: 'journal', added: 312, changed: 0, taken_away: 0, united: 0 }
];

const BLOCKED: BlockedView[] = [
  { paper: 'C-COL', title: '主機共置服務', by: '查核人員甲', at: '2026-03-02T13:40:00', changes: 3 },
  { paper: 'F-00', title: '查核發現彙總', by: '查核人員乙', at: '2026-03-02T13:58:00', changes: 2 }
];

const REFUSALS: Record<string, ErrorView> = {
  壞: {
    code: 'package_damaged',
    message: '交接檔不完整，或內容曾遭變更。',
    hint: '請對方核對 SHA-256 後重新交付；本機資料未變更。'
  },
  他人: {
    code: 'not_for_us',
    message: '這個交接檔不是交給本保管庫的。',
    hint: '請對方在「交出」勾選您為收件者後重新製作。'
  },
  缺前: {
    code: 'exchange_missing',
    message: '這個交接檔只有變更，而其所根據的前一次交接尚未收進。',
    hint: '請先收進 115.03.01 的交接檔，或請對方交出全案。'
  }
};

const acts = (day: string, by: string, family: string, n: number): LaneActsView => ({
  day,
  by,
  family,
  acts: n
});

const LANES: MergeLaneView[] = [
  {
    label: '',
    acts: [
      acts('2026-03-01', '查核人員甲', 'answer', 46),
      acts('2026-03-01', '查核人員甲', 'finding', 4),
      acts('2026-03-02', '查核人員甲', 'answer', 88),
      acts('2026-03-02', '查核人員甲', 'exception', 31),
      acts('2026-03-02', '查核人員甲', 'paper', 2)
    ]
  },
  {
    label: '查核人員乙',
    acts: [
      acts('2026-02-28', '查核人員乙', 'import', 9),
      acts('2026-03-01', '查核人員乙', 'answer', 12),
      acts('2026-03-02', '查核人員乙', 'answer', 151),
      acts('2026-03-02', '查核人員丙', 'evidence', 22),
      acts('2026-03-02', '查核人員乙', 'exception', 118)
    ]
  }
];

function inspect(state: FakeState, path: string): TakeInView {
  const name = path.split(/[\\/]/).pop() ?? path;
  if (!name.endsWith('.fieldbook.age'))
    refuse('not_a_package', `「${name}」不是交接檔。`, '交接檔的副檔名為 .fieldbook.age。');
  const refusal = Object.entries(REFUSALS).find(([word]) => name.includes(word))?.[1] ?? null;
  const other = name.includes('別');
  const fresh = !other && (name.includes('新') || !state.exam);
  const head = other ? state.exams[1]?.head : state.exam?.head;
  const open = !fresh && head?.id === state.exam?.head.id;
  const same = name.includes('同');
  const free = name.includes('順') || other || fresh || same || refusal !== null;
  const none = same || refusal !== null || !(open || fresh);
  const unread = refusal !== null && refusal.code !== 'exchange_missing';
  return {
    path,
    sha256: hashOf(name),
    bytes: 53_218_304,
    sender: unread ? null : senderOf(name),
    made_at: unread ? '' : '2026-03-02T16:42:00',
    exam: unread
      ? null
      : {
          id: fresh ? 'e9' : (head?.id ?? ''),
          firm: fresh ? '庚辛期貨股份有限公司' : (head?.firm ?? ''),
          case_no: fresh ? '115-期-0007' : (head?.case_no ?? ''),
          as_of: '2020-12-31',
          open
        },
    scope: fresh ? 'whole' : 'changes',
    evidence_as: 'included',
    deidentified: name.includes('去識別'),
    standing: refusal ? 'refused' : fresh ? 'new_exam' : same ? 'nothing_new' : 'mergeable',
    refusal,
    counts: none ? [] : fresh ? COUNTS.map((one) => ({ ...one, changed: 0, united: 0 })) : COUNTS,
    changes: none || fresh ? 0 : CHANGES.length,
    conflicts: free ? [] : CONFLICTS,
    blocked: name.includes('擋') ? BLOCKED : [],
    lanes: open && !none ? LANES : []
  };
}

const EARLIER: MergeView = {
  merge: 1,
  at: '2026-03-01T18:20:00',
  by: '查核人員甲',
  sender: '查核人員乙',
  made_at: '2026-03-01T18:02:00',
  sha256: hashOf('第一次'),
  counts: COUNTS.slice(0, 3),
  conflicts: 2,
  undone_at: '',
  undone_by: '',
  undone_reason: '',
  undo_possible: false,
  why_not: {
    code: '',
    message: '合併後已在合併進來的內容上繼續查核。',
    hint: '如需更正，請逐項修改；合併前的內容可在「操作紀錄」查得。'
  }
};

type Merging = Extract<keyof Commands, `merge${string}` | 'handover_inspect' | 'handover_changes'>;

export function mergeHandlers(
  state: FakeState,
  steps: (file: string, step: HandoverStepWord, of: number) => Promise<void>
) {
  let merges = [EARLIER];
  const of = (kind: RecordKindWord | null): MergeChangeView[] =>
    CHANGES.filter((change) => kind === null || change.kind === kind);

  function checked({ path, sha256, choices, sender_accepted }: MergeApplyRequest): TakeInView {
    const view = inspect(state, path);
    if (view.sha256 !== sha256)
      refuse('package_replaced', '檔案在檢視之後被換過。', '請重新選擇檔案並再看一次。');
    if (view.refusal) throw view.refusal;
    const decided = new Set(choices.map((choice) => choice.id));
    if (view.conflicts.some((conflict) => !decided.has(conflict.id)))
      refuse('conflicts_open', '還有衝突沒有決定。', '請逐項決定後再合併。');
    if (view.sender?.trust !== 'verified' && !sender_accepted)
      refuse('sender_unknown', '送件者尚未核對。', '請核對指紋，或確認您願意收進。');
    if (view.blocked.length) refuse('signed_off', '底稿已簽核。', '請先重新開啟底稿。');
    return view;
  }

  async function apply(request: MergeApplyRequest): Promise<MergeDoneView> {
    const view = checked(request);
    await steps(request.path, 'merging', 452);
    const at = tick(state);
    if (view.standing === 'new_exam') {
      const like = state.exams[0]!;
      const { id, firm, case_no } = view.exam!;
      state.exams.push({ ...structuredClone(like), head: { ...like.head, id, firm, case_no } });
      return { exam: id, merge: 0, counts: view.counts, undo_possible: false };
    }
    const merge = merges.length + 1;
    const by = examiner(state);
    merges = [
      {
        ...EARLIER,
        merge,
        at,
        by,
        sender: view.sender!.name,
        made_at: view.made_at,
        sha256: view.sha256,
        counts: view.counts,
        conflicts: request.choices.length,
        undo_possible: true,
        why_not: null
      },
      ...merges
    ];
    return { exam: view.exam!.id, merge, counts: view.counts, undo_possible: true };
  }

  return {
    handover_inspect: async ({ path }) => {
      const view = inspect(state, path);
      await steps(path, 'checking', view.bytes);
      await steps(path, 'comparing', 452);
      return view;
    },
    handover_changes: ({ kind, offset, limit }) => ({
      total: of(kind).length,
      rows: of(kind).slice(offset, offset + limit)
    }),
    merge_apply: apply,
    merges: () => ({ merges }),
    merge_undo: ({ merge, reason }) => {
      const at = tick(state);
      const undone = {
        undone_at: at,
        undone_by: examiner(state),
        undone_reason: reason,
        undo_possible: false
      };
      merges = merges.map((one) => (one.merge === merge ? { ...one, ...undone } : one));
      return { merges };
    }
  } satisfies {
    [K in Merging]: (request: Commands[K]['request']) => Commands[K]['view'] | Promise<Commands[K]['view']>;
  };
}
