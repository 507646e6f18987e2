/** 範例查核案 of the invented host: an exam of the invented firm, made with a few tellings, removed at once. */
import type { Commands, LicencesView } from '../bindings';
import { FIRM } from './firm';
import { refuse, tick, type FakeState } from './state';
import { vaultOf } from './vault';
import { openVisit } from './visits';

const FILES = 17;

type Answered = 'practice_make' | 'practice_remove' | 'news_seen' | 'licences';

/** What the invented host answers about practising. */
export function practiceHandlers(state: FakeState): {
  [K in Answered]: (request: Commands[K]['request']) => Commands[K]['view'] | Promise<Commands[K]['view']>;
} {
  return {
    practice_make: async () => {
      if (state.exams.some((one) => one.head.practice))
        refuse('failed', '保管庫已有一件範例查核案。', '請開啟既有的範例；要重新開始，請先移除它。');
      state.cancelled = false;
      for (let file = 1; file <= FILES; file += 1) {
        const told = { path: '', sheet: '', rows: 0, rows_per_second: 0, seconds_left: null };
        state.progress.forEach((listener) =>
          listener({ ...told, file, files: FILES, fraction: file / FILES })
        );
        await Promise.resolve();
        if (state.cancelled) refuse('failed', '已取消。', '未儲存任何內容。');
      }
      const id = 'practice-000102030405';
      const head = {
        id,
        practice: true,
        firm: FIRM,
        case_no: '範例-非實際查核',
        as_of: '2020-12-31',
        period_from: '2020-01-01',
        period_to: '2020-12-31',
        created_at: tick(state),
        state: 'open' as const,
        report_on: '',
        keep_until: '',
        keep_over: false
      };
      const counts = { applicable: 0, not_applicable: 0, undetermined: 324 };
      const examiners = ['查核員甲', '查核員乙'];
      const made = { head, examiners, current_examiner: '查核員甲', counts, notices: [] };
      state.exams.push(made);
      state.exam = made;
      openVisit(state);
      return made;
    },
    practice_remove: ({ exam }) => {
      if (!state.exams.some((one) => one.head.id === exam && one.head.practice))
        refuse('failed', '這不是範例查核案，不能以此方式移除。', '實際的查核案請依保存期限辦理。');
      state.exams = state.exams.filter((one) => one.head.id !== exam);
      return state.exams.map((one) => one.head);
    },
    licences: async () => (await import('../../../../assets/licences.json')).default as LicencesView,
    news_seen: () => {
      state.news = false;
      return vaultOf(state);
    }
  };
}
