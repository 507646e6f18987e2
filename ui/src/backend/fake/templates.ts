/** Templates of the invented host: the program's own, and those that somebody brought. */
import type {
  Commands,
  PlaceholderView,
  TemplateAddRequest,
  TemplateCheckView,
  TemplateMarkView,
  TemplatePreviewView,
  TemplateView
} from '../bindings';
import { documentText, keepFilled } from './looks';
import { written } from './outputs';
import { examiner, refuse, tick, type FakeState } from './state';

const OWN: [key: string, title: string, what: string, ending: string][] = [
  ['items', '查核明細表', '條次、規範內容、適用、查核結果、說明、底稿', 'xlsx'],
  ['findings', '缺失彙總表', '查核發現與現行規範左右對照', 'xlsx'],
  ['requests', '調閱資料清單', '編號、資料名稱、對應條文、期間、提供期限、收件日', 'xlsx'],
  ['devices', '主機共置設備盤點表', '申報、清冊及實地三方對照', 'xlsx'],
  ['follow_up', '改善追蹤表', '改善措施、負責人、預計完成日、覆查結果', 'xlsx'],
  ['assessment', '資通安全評估報告完整性檢核表', '評估報告應載十項，及評估人員資格', 'xlsx'],
  ['exceptions', '測試例外明細', '各程序之例外與其來源', 'xlsx'],
  ['report', '查核報告', '供編輯之報告', 'docx']
];

const shipped = ([key, title, what, ending]: (typeof OWN)[number]): TemplateView => ({
  key,
  title,
  what,
  authority: '',
  file: `${title}.${ending}`,
  shipped: true,
  by: '',
  at: ''
});

const REGIONS: Record<string, [what: string, fields: [string, string][]]> = {
  缺失: [
    '缺失、建議事項、觀察事項及良好作為，依編號，不含撤銷者',
    [
      ['缺失編號', '編號'],
      ['標題', '標題'],
      ['查核發現', '事實'],
      ['現行規範', '條次、版本及規範原文'],
      ['嚴重程度', '依機構所定等級'],
      ['改善建議', '具體改善建議'],
      ['預計完成日', '受查單位最後回覆所載']
    ]
  ],
  項目: [
    '查核項目，依文件及條次',
    [
      ['條次', '條次'],
      ['規範內容', '條文文字'],
      ['查核結果', '符合、部分符合、不符合等'],
      ['說明', '查核人員之說明']
    ]
  ],
  例外: [
    '各測試之例外',
    [
      ['測試編號', '程序編號'],
      ['檔案', '來源檔案'],
      ['列', '來源列號']
    ]
  ]
};
const PLAIN: [string, string][] = [
  ['受查單位', '受查單位全名'],
  ['查核案號', '查核案號'],
  ['查核單位', '辦理查核之單位'],
  ['查核基準日', '民國年月日'],
  ['查核期間', '起日至迄日'],
  ['查核人員', '以頓號分隔'],
  ['缺失數', '缺失件數，不含撤銷者'],
  ['會議名稱', '離場會議之名稱'],
  ['列印日期', '輸出之日']
];

const placeholders = (): PlaceholderView[] => [
  ...PLAIN.map(([name, what]) => ({ name, region: '', what })),
  ...Object.entries(REGIONS).flatMap(([region, [what, fields]]) => [
    { name: `#${region}`, region: '', what },
    ...fields.map(([name, said]) => ({ name, region, what: said }))
  ])
];

const brought = new WeakMap<FakeState, TemplateView[]>();
const own = (state: FakeState): TemplateView[] => brought.get(state) ?? [];

/** One that took the place of the program's own stands where that stood. */
function templates(state: FakeState): TemplateView[] {
  const mine = own(state);
  const first = OWN.map((one) => {
    const brought = mine.find((other) => other.key === one[0]);
    return brought ? { ...brought, what: one[2] } : shipped(one);
  });
  return [...first, ...mine.filter((one) => !OWN.some(([key]) => key === one.key))];
}

const find = (state: FakeState, key: string): TemplateView =>
  templates(state).find((one) => one.key === key) ?? refuse('not_found', '查無此範本。', '請重新整理清單。');

const base = (path: string): string => path.split(/[\\/]/).pop() ?? path;

function check(path: string): TemplateCheckView {
  const [, kind = ''] = /\.(xlsx|docx|ods)$/i.exec(path) ?? [];
  if (!kind)
    refuse('not_a_template', '這個檔案不是範本可用的格式。', '請另存為 .xlsx、.docx 或 .ods 後再加入。');
  const wrong = /錯/.test(path);
  const mark = (name: string, place: string, known = true): TemplateMarkView => ({ name, place, known });
  return {
    kind: kind.toLowerCase(),
    marks: [
      mark('受查單位', '封面!B3'),
      mark('查核基準日', '封面!B4'),
      mark('主辦會計師', '封面!B7', false),
      mark('#缺失', '缺失彙總!A6'),
      mark('缺失編號', '缺失彙總!A6'),
      mark('查核發現', '缺失彙總!B6'),
      mark('現行規範', '缺失彙總!C6')
    ],
    problems: wrong ? ['缺失彙總!A6：{{#缺失}} 沒有對應的 {{/缺失}}。'] : []
  };
}

function add(state: FakeState, { path, key, title, authority }: TemplateAddRequest): TemplateView[] {
  if (check(path).problems.length)
    refuse('bad_template', '這個範本無法填入。', '請依檢查結果修正範本，再加入一次。');
  const known = new Set(own(state).map((one) => one.key));
  const free = Array.from({ length: known.size + 1 }, (_, n) => `own-${n + 1}`).find(
    (one) => !known.has(one)
  );
  const made: TemplateView = {
    key: key || (free ?? ''),
    title: title.trim() || base(path).replace(/\.[^.]+$/, ''),
    what: '',
    authority: authority.trim(),
    file: base(path),
    shipped: false,
    by: examiner(state),
    at: tick(state)
  };
  brought.set(state, [...own(state).filter((one) => one.key !== made.key), made]);
  return templates(state);
}

function drop(state: FakeState, key: string): TemplateView[] {
  if (find(state, key).shipped) refuse('shipped', '隨附的範本不可移除。', '可加入自己的範本取代它。');
  brought.set(
    state,
    own(state).filter((one) => one.key !== key)
  );
  tick(state);
  return templates(state);
}

function unfilled(state: FakeState, key: string): TemplateMarkView[] {
  return find(state, key).shipped
    ? [{ name: '覆核人', place: '缺失彙總!F2', known: true }]
    : [
        { name: '主辦會計師', place: '封面!B7', known: false },
        { name: '覆核人', place: '封面!B9', known: true }
      ];
}

function look(state: FakeState, key: string): TemplatePreviewView {
  const { file, title } = find(state, key);
  const left = unfilled(state, key);
  if (!file.endsWith('.docx')) return { sheets: keepFilled(state, title), text: null, unfilled: left };
  return { sheets: [], text: { text: documentText(state), encoding: 'UTF-8', cut: false }, unfilled: left };
}

type Templates =
  | 'templates'
  | 'template_check'
  | 'template_add'
  | 'template_drop'
  | 'template_save'
  | 'template_fill'
  | 'template_preview'
  | 'placeholders';
export const templateHandlers = (state: FakeState) =>
  ({
    templates: () => templates(state),
    template_check: ({ path }) => check(path),
    template_add: (request) => add(state, request),
    template_drop: ({ key }) => drop(state, key),
    template_save: ({ key, path }) => {
      find(state, key);
      return written([path, 14_203]);
    },
    template_fill: ({ key, path }) => ({ ...written([path, 38_771]), unfilled: unfilled(state, key) }),
    template_preview: ({ key }) => look(state, key),
    placeholders
  }) satisfies { [K in Templates]: (request: Commands[K]['request']) => Commands[K]['view'] };
