/** Files and rows of the invented firm 甲乙綜合證券股份有限公司. */
import type { DatasetView, InspectedFileView, MappedColumnView, RowView } from '../bindings';

export const FIRM = '甲乙綜合證券股份有限公司';

const dataset = (key: string, zh: string, columns: string): DatasetView => ({
  key,
  zh,
  columns: columns.split(' ').map((column) => {
    const [name = '', word = ''] = column.split(':');
    return { key: name.replace('*', ''), zh: word, required: name.endsWith('*') };
  })
});

export const DATASETS: DatasetView[] = [
  dataset(
    'accounts',
    '帳號清冊',
    'system_name*:系統名稱 account*:帳號 holder_name*:使用者姓名 unit:所屬單位 kind:帳號類型 privilege:權限等級 status*:狀態 created_at:建立日期 pw_changed_at:密碼最後變更日 last_login:最後登入時間 vendor_name:廠商名稱'
  ),
  dataset(
    'personnel',
    '人員名冊',
    'employee_id*:員工編號 name*:姓名 unit*:部門 hire_date:到職日 leave_date:離職日'
  ),
  dataset(
    'vendor_contracts',
    '委外廠商及契約清冊',
    'vendor_name*:廠商名稱 contract_no:契約編號 start_date*:契約起日 end_date*:契約迄日'
  ),
  dataset(
    'orders',
    '委託紀錄',
    'trade_date*:交易日期 order_no*:委託書編號 account*:客戶帳號 received_at*:接收客戶委託時間 sent_at:送交易所時間'
  ),
  dataset('assets', '資訊資產/設備清冊', 'name*:設備名稱 owner*:擁有者 serial:序號 rack:機櫃位置 u_pos:U位')
];

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
    })
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
  Array.from({ length: 64 }, (_, i) => '0123456789abcdef'[(i * 7 + n * 13 + i * i) % 16]).join('');

const base = (path: string): string => path.split(/[\\/]/).pop() ?? path;

/** What the host would say about a file by its name. */
/** What the host says of a table that it is sure of. */
const RECOGNISED = {
  confidence: 96,
  light: 'green',
  asks: [],
  end_row: null,
  filled: [],
  earlier: []
};

export function inspect(path: string, n: number): InspectedFileView {
  const file = base(path);
  const head = {
    path,
    file,
    sha256: hash(n),
    size: 48_213 + n * 9_871,
    encoding: file.endsWith('.csv') ? 'Big5' : '',
    error: null
  };
  if (!/\.(xlsx|csv)$/i.test(file)) {
    const error = {
      code: 'not_a_spreadsheet',
      message: '這個檔案不是試算表。',
      hint: '請受查單位另存為 .xlsx 或 .csv 後再匯入。'
    };
    return { ...head, sheets: [], error };
  }
  if (/設備|asset/.test(file))
    return {
      ...head,
      sheets: [
        {
          sheet: '實地盤點',
          hidden: false,
          dataset: 'assets',
          header_row: 2,
          columns: columnsOf([
            ['設備名稱', 'name', 'plain', 100, '下單主機一', '交換器'],
            ['所有人', 'owner', 'plain', 92, '甲乙證券', '丙丁資訊'],
            ['S/N', 'serial', 'plain', 88, 'TW00123', 'TW0O124']
          ]),
          ...RECOGNISED,
          missing_required: [],
          rows: [1, 2, 3].map((r) => ({
            row: r + 2,
            hidden: false,
            cells: [`下單主機${r}`, r === 2 ? '丙丁資訊' : '甲乙證券', `TW0012${r}`],
            bad: []
          }))
        }
      ]
    };
  if (/委託|order/.test(file))
    return {
      ...head,
      sheets: [
        {
          sheet: '',
          hidden: false,
          dataset: 'orders',
          header_row: 1,
          columns: columnsOf([
            ['成交日', 'trade_date', 'roc_compact', 96, '1091204→民國109年12月4日'],
            ['委託書號', 'order_no', 'plain', 100, 'A0001', 'A0002'],
            ['帳號', 'account', 'plain', 84, '9801234', '9801235'],
            ['備註', null, 'plain', 0, '', '改單']
          ]),
          ...RECOGNISED,
          missing_required: ['接收客戶委託時間'],
          rows: [1, 2, 3, 4].map((r) => ({
            row: r + 1,
            hidden: false,
            cells: ['民國109年12月4日', `A000${r}`, `980123${r}`],
            bad: []
          }))
        }
      ]
    };
  return {
    ...head,
    sheets: [
      {
        sheet: '帳號清冊',
        hidden: false,
        dataset: 'accounts',
        header_row: 3,
        columns: columnsOf([
          ['系統別', 'system_name', 'plain', 98, '網路下單系統', '主機共置下單系統'],
          ['帳號', 'account', 'plain', 100, 'u1001', 'vnd_root'],
          ['姓名', 'holder_name', 'plain', 95, '王小明', '陳怡君'],
          ['單位', 'unit', 'plain', 90, '資訊部', '丙丁資訊'],
          ['權限', 'privilege', 'plain', 86, '最高', '一般'],
          ['狀態', 'status', 'plain', 97, '啟用', '停用'],
          [
            '密碼異動日',
            'pw_changed_at',
            'ambiguous',
            52,
            '01/02/109→民國109年1月2日',
            '109/12/31→民國109年12月31日',
            '12/11/109→民國109年12月11日'
          ],
          ['備考', null, 'plain', 0, '', '離職待刪']
        ]),
        ...RECOGNISED,
        missing_required: [],
        rows: accountRows()
      },
      {
        sheet: '舊資料',
        hidden: true,
        dataset: null,
        header_row: 1,
        columns: columnsOf([['項次', null, 'plain', 0, '1', '2']]),
        ...RECOGNISED,
        missing_required: [],
        rows: []
      }
    ]
  };
}
