/** Sheets of the invented host that are looked at before they are written. */
import type { Commands, EvidenceGridView, OutputPaperView } from '../bindings';
import { planOf } from './audit';
import { lines } from './checklist';
import { FIRM } from './firm';
import { findings } from './life';
import { reviewHandlers } from './review';
import { refuse, type FakeState } from './state';

/** Rows that are shown of a sheet. */
const MOST = 200;

/** Sheets by their names, as far as they are looked at. */
type Book = [name: string, rows: string[][]][];

/** What was made last; the host holds no other. */
const held = new WeakMap<FakeState, Book>();

const head = (state: FakeState, paper: string, title: string): string[][] => [
  [title],
  ['受查單位', FIRM, '查核案號', state.exam?.head.case_no ?? ''],
  ['底稿編號', paper, '版本', '第 1 版'],
  ['查核基準日', '民國109年12月31日', '查核期間', '民國109年1月1日至109年12月31日'],
  ['編製人／日期', '查核人員甲／民國115年3月2日', '覆核人／日期', '']
];

function findingRows(state: FakeState): string[][] {
  const standing = findings(state).filter(({ status }) => status !== 'withdrawn');
  return [
    ['缺失編號', '標題', '查核發現', '現行規範', '改善建議'],
    ...standing.map((one) => [
      one.number,
      one.title,
      one.condition,
      one.criteria.map(({ clause }) => clause).join('、'),
      one.recommendation
    ])
  ];
}

function itemRows(state: FakeState, document: string): string[][] {
  const own = lines(state).filter((line) => line.clause.startsWith(document));
  return [
    ['條次', '規範內容', '適用', '查核結果'],
    ...own.map((line) => [line.label, line.text, line.applicability, line.result])
  ];
}

function book(state: FakeState, { paper, title, sheets }: OutputPaperView): Book {
  const rows = (name: string): string[][] => {
    if (paper === 'F-00') return findingRows(state);
    if (paper.startsWith('C-')) return itemRows(state, paper.substring(2));
    if (name === '例外明細')
      return [
        ['項次', '規則', '來源檔案', '列', '帳號', '處置'],
        ...Array.from({ length: 240 }, (_, n) => [
          `${n + 1}`,
          'R1',
          '帳號清冊.xlsx',
          `${n + 5}`,
          `user${n}`,
          '確認'
        ])
      ];
    return name === '空白'
      ? []
      : [
          ['項目', '內容'],
          ['本底稿', title]
        ];
  };
  return sheets.map((name): Book[number] => [name, [...head(state, paper, title), ...rows(name)]]);
}

function papers(state: FakeState): OutputPaperView[] {
  const sheetsOf = (paper: string, title: string): string[] => {
    if (paper === 'A-01') return ['封面', '底稿總表'];
    if (paper === 'F-00') return ['缺失彙總表', '追蹤覆查'];
    return state.runs.has(paper) ? [planOf(paper).title, '例外明細', '程序紀錄'] : [title];
  };
  const all = reviewHandlers(state).review(null).papers;
  const real = all.filter(({ paper }) => /^[A-Z]/.test(paper));
  return real.map(({ paper, title }) => ({ paper, title, sheets: sheetsOf(paper, title) }));
}

function grid(state: FakeState, sheet: number): EvidenceGridView {
  const [, rows] = held.get(state)?.[sheet] ?? refuse('failed', '預覽已經關閉。', '請再按一次「預覽」。');
  return {
    rows: rows.slice(0, MOST).map((cells, n) => ({ row: n + 1, cells })),
    cut: rows.length > MOST
  };
}

/** Keeps a template that is filled, and says its sheets. */
export function keepFilled(state: FakeState, title: string): string[] {
  held.set(state, [[title, [[title], ['受查單位', FIRM], ...findingRows(state)]]]);
  return [title];
}

/** What a filled document says. */
export const documentText = (state: FakeState): string =>
  [
    '查核報告',
    `受查單位：${FIRM}`,
    '貳、查核發現',
    ...findingRows(state).map((row) => row.slice(0, 3).join('｜'))
  ].join('\n');

type Looks = 'output_papers' | 'output_paper' | 'output_grid';
export const lookHandlers = (state: FakeState) =>
  ({
    output_papers: () => papers(state),
    output_paper: ({ paper }) => {
      const one =
        papers(state).find((other) => other.paper === paper) ??
        refuse('failed', `本案沒有底稿 ${paper}。`, '請自底稿清單選取。');
      held.set(state, book(state, one));
      return { sheets: one.sheets };
    },
    output_grid: ({ sheet }) => grid(state, sheet)
  }) satisfies { [K in Looks]: (request: Commands[K]['request']) => Commands[K]['view'] };
