/** The journal of the invented host, and how its exams are kept. */
import type { Commands, DestructionView, TrailEntryView, TrailLineView } from '../bindings';
import { refuse, tick, type FakeState } from './state';

type Some<K extends keyof Commands> = {
  [C in K]: (request: Commands[C]['request']) => Commands[C]['view'];
};

const ROOT = '5f'.repeat(32);
/** Enough that a list of them scrolls. */
const ENTRIES = 240;

const ACTS: [action: string, subject: string][] = [
  ['answer.set', 'COL-D5.1'],
  ['answer.bulk', 'BSL-3.4'],
  ['import.store', 'batch:1'],
  ['run.store', 'run:2'],
  ['exception.dispose', 'T-COL-06'],
  ['finding.change', 'finding:1']
];
const PEOPLE = ['查核人員甲', '查核人員乙'];

function lines(vault: boolean): TrailLineView[] {
  const two = (n: number): string => String(n).padStart(2, '0');
  const all = vault
    ? [['vault.exam_made', 'exam:e1'] as const, ['vault.setting', 'setting:mask'] as const]
    : Array.from({ length: ENTRIES }, (_, n) => ACTS[n % ACTS.length]!);
  return all
    .map(([action, subject], n): TrailLineView => ({
      seq: n + 1,
      at: `2026-03-${two(2 + Math.floor(n / 60))}T09:${two(n % 60)}:00`,
      by: PEOPLE[n % 2]!,
      action,
      subject
    }))
    .reverse();
}

export function trailHandlers(): Some<'trail' | 'trail_entry' | 'trail_checkpoint' | 'trail_verify'> {
  return {
    trail: ({ vault, by, action, subject, text, from, to, offset, limit }) => {
      const found = lines(vault)
        .filter((line) => by === '' || line.by === by)
        .filter((line) => action === '' || line.action === action || line.action.startsWith(`${action}.`))
        .filter((line) => line.subject.toLowerCase().includes(subject.toLowerCase()))
        .filter((line) => text === '' || line.subject.includes(text))
        .filter(({ at }) => (from === '' || at >= from) && (to === '' || at.substring(0, 10) <= to));
      return {
        total: found.length,
        lines: found.slice(offset, offset + limit),
        people: PEOPLE,
        families: vault ? ['vault'] : [...new Set(ACTS.map(([code]) => code.split('.')[0]!))]
      };
    },
    trail_entry: ({ vault, seq }): TrailEntryView => {
      const line =
        lines(vault).find((one) => one.seq === seq) ??
        refuse('failed', `操作紀錄沒有第 ${seq} 筆。`, '請先查看操作紀錄的筆數。');
      const replaced = line.action.startsWith('answer.') || line.action === 'finding.change';
      return {
        line,
        replaced,
        fields: [
          { key: 'result', before: replaced ? 'compliant' : null, after: 'noncompliant' },
          { key: 'note', before: replaced ? '未見例外' : null, after: '廠商持有最高權限帳號 2 個。' },
          { key: 'method', before: replaced ? 'inspection' : null, after: 'inspection' }
        ]
      };
    },
    trail_checkpoint: ({ vault }) => {
      const [origin, size] = [vault ? 'fieldbook/vault' : 'fieldbook/exam/e1', lines(vault).length];
      return {
        origin,
        size,
        root: ROOT,
        note: `${origin}\n${size}\nX19fX19fX19fX19fX19fX19fX19fX19fX19fX19fX18=\n\n— ${origin} AAAA\n`,
        key: `${origin}+00000000+AQ==`
      };
    },
    trail_verify: ({ vault, checkpoint }) => {
      const [size, root] = checkpoint.trim().split(':');
      const now = lines(vault).length;
      if (root?.length !== 64)
        refuse('failed', '檢查點的格式不正確。', '請輸入「筆數:根雜湊值」，或貼上簽章檢查點全文。');
      const n = Number(size);
      if (n > now) return { verdict: 'cut', number: now, size: n, signed: false };
      if (root !== ROOT) return { verdict: 'fork', number: 0, size: n, signed: false };
      return { verdict: 'holds', number: now - n, size: n, signed: false };
    }
  };
}

export function keepingHandlers(
  state: FakeState
): Some<'exam_put_away' | 'exam_destroy' | 'destructions' | 'destruction_export'> {
  const destroyed: DestructionView[] = [];
  const find = (id: string) =>
    state.exams.find((one) => one.head.id === id) ??
    refuse('not_found', '查無此查核案。', '請重新整理清單。');
  return {
    exam_put_away: ({ exam, to, reason }) => {
      if (reason.trim() === '') refuse('note_required', '尚未填寫說明。', '請先寫下理由再處理。');
      find(exam).head.state = to;
      tick(state);
      return state.exams.map((one) => one.head);
    },
    exam_destroy: ({ exam, typed, reason, witness, before_due }) => {
      const { head } = find(exam);
      if (![head.case_no, head.firm].includes(typed))
        refuse('failed', '輸入的文字與查核案號或受查單位名稱不符，未銷毀。', '請完整輸入。');
      if (!head.keep_over && before_due === '')
        refuse('failed', '本案尚未逾保存期限，或期限未定，不得銷毀。', '請另填期前銷毀之理由。');
      const at = tick(state);
      const record: DestructionView = {
        exam,
        firm: head.firm,
        case_no: head.case_no,
        as_of: head.as_of,
        period_from: head.period_from,
        period_to: head.period_to,
        report_on: head.report_on,
        keep_until: head.keep_until,
        by: '查核人員甲',
        witness,
        reason,
        before_due,
        at,
        finished_at: at,
        checkpoint: `${ENTRIES}:${ROOT}`,
        file_sha256: '7c'.repeat(32),
        own_key: true,
        copies: 0
      };
      destroyed.unshift(record);
      state.exams = state.exams.filter((one) => one.head.id !== exam);
      return record;
    },
    destructions: () => destroyed,
    destruction_export: ({ path }) => ({ files: [{ file: path, sha256: '3d'.repeat(32), size: 1204 }] })
  };
}
