/** Files of the invented firm, by what their names say: what the host would see in them. */
import type { AskView, InspectedFileView, InspectedSheetView, MappedColumnView, RowView } from '../bindings';

type Column = [
  header: string,
  column: string | null,
  reading: string,
  confidence: number,
  ...samples: string[]
];

function columnsOf(rows: Column[]): MappedColumnView[] {
  return rows.map(([header, column, reading, confidence, ...samples], index) => ({
    index,
    header,
    column,
    reading,
    confidence,
    time_index: null,
    hidden: false,
    samples: samples.map((sample) => {
      const [original = '', read = original] = sample.split('→');
      return { original, read };
    }),
    choices:
      reading === 'ambiguous'
        ? [
            { reading: 'dmy', texts: ['109.02.01', '', '109.11.12'] },
            { reading: 'mdy', texts: ['109.01.02', '', '109.12.11'] }
          ]
        : []
  }));
}

const NAMES = [
  '王小明',
  '陳怡君',
  '林志豪',
  '黃淑芬',
  '張雅婷',
  '李建宏',
  '吳佩珊',
  '劉家豪',
  '蔡宗翰',
  '楊惠如'
];

function accountRows(): RowView[] {
  return Array.from({ length: 18 }, (_, n) => ({
    row: n + 4,
    hidden: n === 7,
    cells: [
      n % 3 ? '網路下單系統' : '主機共置下單系統',
      n === 2 ? 'vnd_root' : `u${String(1001 + n)}`,
      NAMES[n % NAMES.length]!,
      n === 2 ? '丙丁資訊' : '資訊部',
      n === 2 ? '最高' : '一般',
      n === 5 ? '凍結?' : '啟用',
      n === 9 ? null : `民國109年${(n % 12) + 1}月15日`
    ],
    bad: n === 5 ? [5] : n === 9 ? [6] : []
  }));
}

const hash = (n: number): string =>
  Array.from(
    { length: 64 },
    (_, i) => '0123456789abcdef'[(n * (i + 3) + i * i * 7 + Math.floor(n / (i + 2))) % 16]
  ).join('');

const base = (path: string): string => path.split(/[\\/]/).pop() ?? path;

/** What the host says of a table that it is sure of. */
function table(
  known: Pick<InspectedSheetView, 'sheet' | 'dataset' | 'header_row' | 'columns' | 'rows'> &
    Partial<InspectedSheetView>
): InspectedSheetView {
  const seen = {
    hidden: false,
    confidence: known.dataset === null ? 0 : 96,
    light: 'green',
    asks: [],
    end_row: null,
    row_count: known.rows.length * 57 + 12,
    more_rows: false,
    hidden_rows: known.rows.filter((row) => row.hidden).length,
    filled: [],
    earlier: [],
    missing_required: []
  };
  return { ...seen, ...known };
}

const ask = (code: string, column: string, zh: string, options: string[] = []): AskView => ({
  code,
  column,
  zh,
  options
});

const plain = (rows: (string | null)[][], first: number): RowView[] =>
  rows.map((cells, n) => ({ row: first + n, hidden: false, cells, bad: [] }));

const ACCOUNTS = (): InspectedSheetView[] => [
  table({
    sheet: '帳號清冊',
    dataset: 'accounts',
    header_row: 3,
    light: 'amber',
    asks: [ask('calendar', 'pw_changed_at', '「密碼最後變更日」的日期有數種讀法，請指定')],
    columns: columnsOf([
      ['系統別', 'system_name', 'plain', 98, '網路下單系統', '主機共置下單系統'],
      ['帳號', 'account', 'plain', 100, 'u1001', 'vnd_root'],
      ['姓名', 'holder_name', 'plain', 95, '王小明', '陳怡君'],
      ['單位', 'unit', 'plain', 90, '資訊部', '丙丁資訊'],
      ['權限', 'privilege', 'plain', 86, '最高', '一般'],
      ['狀態', 'status', 'plain', 97, '啟用', '停用'],
      ['密碼異動日', 'pw_changed_at', 'ambiguous', 52, '01/02/109→', '109/12/31→109.12.31', '12/11/109→'],
      ['備考', null, 'plain', 0, '離職待刪']
    ]).map((column) => ({ ...column, hidden: column.header === '備考' })),
    rows: accountRows()
  }),
  table({
    sheet: '舊資料',
    hidden: true,
    dataset: null,
    header_row: 1,
    light: 'red',
    columns: columnsOf([['項次', null, 'plain', 0, '1', '2']]),
    rows: []
  })
];

const ASSETS = (): InspectedSheetView[] => [
  table({
    sheet: '實地盤點',
    dataset: 'assets',
    header_row: 2,
    columns: columnsOf([
      ['設備名稱', 'name', 'plain', 100, '下單主機一', '交換器'],
      ['所有人', 'owner', 'plain', 92, '甲乙證券', '丙丁資訊'],
      ['S/N', 'serial', 'plain', 88, 'TW00123', 'TW0O124']
    ]),
    rows: plain(
      [1, 2, 3].map((r) => [`下單主機${r}`, r === 2 ? '丙丁資訊' : '甲乙證券', `TW0012${r}`]),
      3
    )
  })
];

const ORDERS = (): InspectedSheetView[] => [
  table({
    sheet: '',
    dataset: 'orders',
    header_row: 1,
    light: 'red',
    more_rows: true,
    row_count: 5000,
    hidden_rows: null,
    columns: columnsOf([
      ['成交日', 'trade_date', 'roc_compact', 96, '1091204→109.12.04'],
      ['委託書號', 'order_no', 'plain', 100, 'A0001', 'A0002'],
      ['帳號', 'account', 'plain', 84, '9801234', '9801235'],
      ['接單', null, 'plain', 0, '090000123', '090001004']
    ]),
    asks: [ask('required', 'received_at', '缺必要欄位「接收客戶委託時間」')],
    missing_required: ['接收客戶委託時間'],
    rows: plain(
      [1, 2, 3, 4].map((r) => ['109.12.04', `A000${r}`, `980123${r}`]),
      2
    )
  })
];

/** One system a sheet: its name is the system's. */
const PER_SYSTEM = (): InspectedSheetView[] =>
  ['網路下單', '電話下單', '主機共置'].map((sheet, n) =>
    table({
      sheet,
      dataset: 'accounts',
      confidence: 81,
      header_row: 1,
      hidden: n === 2,
      light: 'amber',
      asks: [ask('filled', 'system_name', '「系統名稱」取自工作表名稱或標題，請確認')],
      filled: [{ column: 'system_name', zh: '系統名稱', text: sheet, from: 'sheet_name' }],
      columns: columnsOf([
        ['使用者代號', 'account', 'plain', 96, `a${n}01`, `a${n}02`],
        ['使用人', 'holder_name', 'plain', 91, '王小明', '李建宏'],
        ['停用', 'status', 'plain', 64, 'N→啟用', 'Y→停用'],
        ['最後登入日', 'last_login', 'ymd', 90, '2020/12/30→109.12.30', '2020/11/02→109.11.02'],
        ['最後登入時', null, 'plain', 0, '08:59:41', '17:20:05']
      ]),
      rows: plain(
        [1, 2].map((r) => [`a${n}0${r}`, '王小明', '啟用', '109.12.30', sheet]),
        2
      )
    })
  );

const PERSONNEL = (): InspectedSheetView[] => [
  table({
    sheet: '在職',
    dataset: 'personnel',
    confidence: 58,
    header_row: 4,
    light: 'amber',
    asks: [
      ask('dataset', '', '可能是「人員名冊」或「帳號清冊」，請確認', ['personnel', 'accounts']),
      ask('above', '', '標題列以上另有 2 列似為資料，不會讀取，請確認')
    ],
    columns: columnsOf([
      ['員編', 'employee_id', 'plain', 100, 'E1001', 'E1002'],
      ['姓名', 'name', 'plain', 80, '王小明', '陳怡君'],
      ['部門', 'unit', 'plain', 96, '資訊部', '經紀部'],
      ['到職', 'hire_date', 'roc_ymd', 92, '98/07/01→098.07.01', '105/3/15→105.03.15']
    ]),
    rows: plain([['E1001', '王小明', '資訊部', '098.07.01']], 5)
  })
];

/** What the host would say about a file by its name. */
export function inspect(path: string, n: number): InspectedFileView {
  const file = base(path);
  const head = {
    path,
    file,
    sha256: hash(n),
    size: 48_213 + (n % 97) * 9_871,
    encoding: file.endsWith('.csv') ? 'Big5' : '',
    error: null
  };
  if (!/\.(xlsx|xls|csv)$/i.test(file)) {
    const error = {
      code: 'not_a_spreadsheet',
      message: '這個檔案不是試算表。',
      hint: '請受查單位另存為 .xlsx 或 .csv 後再匯入。'
    };
    return { ...head, sheets: [], error };
  }
  if (/設備|asset/.test(file)) return { ...head, sheets: ASSETS() };
  if (/委託|order/.test(file)) return { ...head, sheets: ORDERS() };
  if (/人員/.test(file)) return { ...head, sheets: PERSONNEL() };
  if (/各系統/.test(file)) return { ...head, sheets: PER_SYSTEM() };
  return { ...head, sheets: ACCOUNTS() };
}
