/** Rows of the invented firm, as many as are wanted: each is made from its number when it is asked for. */
import { DATASETS } from './firm';

/** A cell as the host stores it: the text, what the firm wrote where it differs, and why there is no text. */
export interface Made {
  value: string | null;
  original?: string;
  state?: 'never' | 'unreadable';
}

export interface MadeColumn {
  key: string;
  zh: string;
  kind: string;
  make: (n: number) => Made;
}

/** The same number for the same row and column, spread evenly. */
function spread(n: number, salt: number): number {
  let h = Math.imul(n ^ (salt * 0x9e3779b9), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const two = (n: number): string => String(n).padStart(2, '0');
const plain = (value: string): Made => ({ value });
const pick =
  (salt: number, ...values: string[]) =>
  (n: number): Made =>
    plain(values[spread(n, salt) % values.length]!);

function dateOf(n: number, salt: number): string {
  const day = spread(n, salt) % 1430;
  return new Date(Date.UTC(2017, 1, 3 + day)).toISOString().substring(0, 10);
}

const roc = (iso: string, mark: string): string => {
  const [year = '', month = '', day = ''] = iso.split('-');
  return [Number(year) - 1911, month, day].join(mark);
};

/** A date of which some are missing, some never were, and some cannot be read. */
const date =
  (salt: number, never = 0, unreadable = 0, missing = 0) =>
  (n: number): Made => {
    const chance = spread(n, salt + 77) % 1000;
    if (chance < never) return { value: null, original: chance % 2 ? '從未登入' : 'Never', state: 'never' };
    if (chance < never + unreadable)
      return { value: null, original: chance % 2 ? '01/02/109' : '109.2.30', state: 'unreadable' };
    if (chance < never + unreadable + missing) return { value: null };
    const iso = dateOf(n, salt);
    return chance % 3 === 0 ? { value: iso, original: roc(iso, '/') } : plain(iso);
  };

const time =
  (salt: number, day: (n: number) => string, after = 0) =>
  (n: number): Made => {
    const at = 31_500_000 + (n % 16_000) * 1_000 + (spread(n, 5) % 1000) + after;
    const clock = [at / 3_600_000, (at / 60_000) % 60, (at / 1_000) % 60].map((x) => two(Math.floor(x)));
    return plain(`${day(n)}T${clock.join(':')}.${String(at % 1000).padStart(3, '0')}`);
  };

/** Trading days in the order of the rows. */
const tradeDay = (n: number): string => {
  const day = Math.floor(n / 4_000) % 250;
  return new Date(Date.UTC(2020, 0, 2 + Math.floor(day * 1.45))).toISOString().substring(0, 10);
};

const NAMES = '王小明 陳怡君 林志豪 黃淑芬 張雅婷 李建宏 吳佩珊 劉家豪 蔡宗翰 楊惠如'.split(' ');

const WORDS: Record<string, string> = {
  internet: '網際網路',
  voice: '語音',
  dma: '專線（DMA）',
  in_person: '當面・電話',
  buy: '買',
  sell: '賣',
  active: '啟用',
  disabled: '停用',
  high: '最高',
  normal: '一般'
};

const MAKERS: Record<string, [kind: string, make: (n: number) => Made]> = {
  trade_date: ['date', (n) => ({ value: tradeDay(n), original: roc(tradeDay(n), '') })],
  order_no: ['text', (n) => plain(`${'ABCDEFGH'[n % 8]}${String(n).padStart(7, '0')}`)],
  received_at: ['datetime', time(1, tradeDay)],
  sent_at: ['datetime', time(2, tradeDay, 37)],
  acked_at: ['datetime', time(3, tradeDay, 52)],
  channel: ['enum', pick(4, 'internet', 'internet', 'internet', 'voice', 'dma', 'in_person')],
  side: ['enum', pick(6, 'buy', 'sell')],
  symbol: ['text', pick(7, '2330', '2317', '2454', '0050', '2603', '1301', '00878')],
  qty: ['num', (n) => plain(String(((spread(n, 8) % 40) + 1) * 1000))],
  price: ['num', (n) => (n % 97 ? plain(String(20 + (spread(n, 9) % 60_000) / 100)) : { value: null })],
  branch: ['text', pick(10, '總公司', '台中', '高雄', '新竹')],
  counter: ['text', (n) => plain(`${two(spread(n, 11) % 40)}`)],
  client_name: ['text', pick(12, ...NAMES)],
  system_name: ['text', pick(13, '網路下單系統', '網路下單系統', '主機共置下單系統', '後台帳務系統')],
  account: ['text', (n) => plain(n % 41 === 2 ? 'vnd_root' : `u${1001 + n}`)],
  holder_name: ['text', pick(14, ...NAMES)],
  unit: ['text', pick(15, '資訊部', '資訊部', '營業部', '稽核室', '丙丁資訊')],
  privilege: ['enum', pick(16, 'normal', 'normal', 'normal', 'high')],
  status: [
    'enum',
    (n) =>
      n % 53 === 5
        ? { value: null, original: '凍結?', state: 'unreadable' }
        : pick(17, 'active', 'active', 'disabled')(n)
  ],
  created_at: ['date', date(18)],
  pw_changed_at: ['date', date(19, 0, 40, 30)],
  last_login: ['datetime', date(20, 90, 0, 40)]
};

const LONGER: Record<string, [key: string, zh: string][]> = {
  orders: [
    ['branch', '分公司'],
    ['counter', '櫃號'],
    ['client_name', '委託人姓名'],
    ['acked_at', '交易所回報時間'],
    ['channel', '委託來源'],
    ['symbol', '證券代號'],
    ['side', '買賣別'],
    ['qty', '數量'],
    ['price', '價格']
  ]
};

/** Columns of a dataset with what makes their cells. */
export function columnsOf(dataset: string): MadeColumn[] {
  const own = DATASETS.find((one) => one.key === dataset)?.columns ?? [];
  const all = [...own.map(({ key, zh }): [string, string] => [key, zh]), ...(LONGER[dataset] ?? [])];
  return all.map(([key, zh]) => {
    const [kind, make] = MAKERS[key] ?? ['text', (n: number) => plain(`${zh}${(n % 37) + 1}`)];
    return { key, zh, kind, make };
  });
}

/** A stored text as people read it. */
export function shown(kind: string, value: string): string {
  if (kind === 'enum' || kind === 'bool') return WORDS[value] ?? value;
  if (kind !== 'date' && kind !== 'datetime') return value;
  const [day = '', clock] = value.split('T');
  return clock ? `${roc(day, '.')} ${clock}` : roc(day, '.');
}
