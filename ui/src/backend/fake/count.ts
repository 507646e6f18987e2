/** The count in the machine room of the invented host: what was filed, what the ledger has, and what was seen. */
import type { CountDevice, CountItemView, CountMarkRequest, CountState, CountView } from '../bindings';
import { FIRM } from './firm';
import { examiner, refuse, tick, type FakeState } from './state';

const FIELDS = 'name model serial property_no rack u_pos owner software_owner'.split(
  ' '
) as (keyof CountDevice)[];

const device = (line: string): CountDevice => {
  const parts = line.split('|');
  const made = Object.fromEntries(FIELDS.map((field, n) => [field, parts[n]?.trim() ?? '']));
  return made as unknown as CountDevice;
};

/** 設備名稱|廠牌型號|序號|財產編號|機櫃|U 位|擁有者|軟體所有人, then what the ledger has otherwise: a field, `-` without it, `-filed` where only the ledger has it. */
const LISTS: [filed: string, ledger: string][] = [
  [`下單閘道 GW-01|Dell PowerEdge R650|CN-7792-0O41|IT-108-0031|C07|U04-05|${FIRM}|${FIRM}`, ''],
  [`下單閘道 GW-02|Dell PowerEdge R650|CN-7792-0042|IT-108-0032|C07|U06-07|${FIRM}|${FIRM}`, 'u_pos=U08-09'],
  [`行情伺服器 MD-01|HPE DL360 Gen10|SGH937KL1P|IT-108-0040|C07|U10|${FIRM}|${FIRM}`, ''],
  [`行情伺服器 MD-02|HPE DL360 Gen10|SGH937KL2Q|IT-108-0041|C07|U11|${FIRM}|${FIRM}`, ''],
  [`策略主機 AL-01|Supermicro SYS-121H|S39120X1A4471|IT-109-0007|C07|U14-15|${FIRM}|丙丁資訊`, ''],
  [`策略主機 AL-02|Supermicro SYS-121H|S39120X1A4488||C07|U16-17|${FIRM}|${FIRM}`, '-'],
  [`核心交換器 SW-01|Arista 7130|JPE19230451|IT-108-0052|C07|U38|${FIRM}|`, ''],
  [`核心交換器 SW-02|Arista 7130|JPE19230452|IT-108-0053|C07|U39|${FIRM}|`, 'rack=C08'],
  [`防火牆 FW-01|Fortinet 600E|FG6H0ETB19901234|IT-107-0019|C07|U41|${FIRM}|`, ''],
  [`時間伺服器 TS-01|Meinberg M900|030411007732|IT-107-0022|C07|U42|${FIRM}|`, ''],
  [`下單閘道 GW-03|Dell PowerEdge R650|CN-7792-0043|IT-109-0033|C08|U04-05|${FIRM}|${FIRM}`, ''],
  [`行情伺服器 MD-03|HPE DL360 Gen10|SGH937KL3R|IT-109-0042|C08|U10|${FIRM}|${FIRM}`, 'owner=戊己資訊'],
  [`風控主機 RK-01|Lenovo SR630|J30A7L5K|IT-109-0061|C08|U12-13|${FIRM}|${FIRM}`, ''],
  [`風控主機 RK-02|Lenovo SR630|J30A7L5M|IT-109-0062|C08|U14-15|${FIRM}|${FIRM}`, ''],
  [`防火牆 FW-02|Fortinet 600E|FG6H0ETB19901288|IT-107-0020|C08|U41|${FIRM}|`, ''],
  [`遠端管理 KVM-01|Raritan KX4|KX4-88210|IT-107-0025|C08|U20|${FIRM}|`, ''],
  [`備援閘道 GW-09|Dell PowerEdge R640|CN-6610-1187|IT-106-0018|C08|U24-25|${FIRM}|${FIRM}`, '-filed']
];

interface Lists {
  filed: boolean;
  ledger: boolean;
}

/** Which lists the firm handed over; one that hands over rows from the start handed over both. */
function listsOf(state: FakeState): Lists {
  const origins = state.imports
    .filter((batch) => !batch.undone)
    .flatMap((batch) => batch.files.flatMap((file) => file.sheets))
    .filter((sheet) => sheet.dataset === 'assets')
    .map((sheet) => sheet.origin);
  const has = (origin: string): boolean => state.rows > 0 || origins.includes(origin);
  return { filed: has('FILED'), ledger: has('LEDGER') };
}

type Known = Pick<CountItemView, 'key' | 'filed' | 'ledger' | 'expected'>;

function known(state: FakeState): Known[] {
  const lists = listsOf(state);
  const all = LISTS.map(([line, other], n): Known => {
    const ledgerOnly = other === '-filed';
    const filed = ledgerOnly ? null : device(line);
    const [field = '', value = ''] = other.split('=');
    const base = device(line);
    const ledger = other === '-' ? null : { ...base, ...(value ? { [field]: value } : {}) };
    return {
      key: `d${n}`,
      filed: lists.filed ? filed : null,
      ledger: lists.ledger ? ledger : null,
      expected: true
    };
  });
  // The rest of the firm's ledger stands elsewhere.
  const office = Array.from(
    { length: lists.ledger ? Math.min(2_000, state.rows || 40) : 0 },
    (_, n): Known => {
      const no = String(1000 + n);
      const line = `辦公室個人電腦 PC-${no}|Acer Veriton|DTVSE${no}77${n % 10}|PC-105-${no}|||${FIRM}|`;
      return { key: `o${n}`, filed: null, ledger: device(line), expected: false };
    }
  );
  return [...all, ...office].filter((one) => one.filed ?? one.ledger);
}

interface Entry {
  key: string;
  state: CountState | null;
  device: CountDevice | null;
  note: string;
  by: string;
  at: string;
}

interface Memory {
  entries: Entry[];
  fed: { at: string; rows: number; entries: number } | null;
  next: number;
}

const memories = new WeakMap<FakeState, Memory>();

function memoryOf(state: FakeState): Memory {
  const memory = memories.get(state) ?? { entries: [], fed: null, next: 1 };
  memories.set(state, memory);
  return memory;
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[\s-]/g, '');

const isFirm = (one: CountDevice | null): boolean =>
  one !== null && [FIRM, '本公司', '自有'].includes(one.owner);

function ours(...lists: (CountDevice | null)[]): string[] {
  return ['filed', 'ledger', 'seen'].filter((_, at) => isFirm(lists[at] ?? null));
}

function item(one: Known, entry: Entry | undefined): CountItemView {
  const listed = one.filed ?? one.ledger ?? device('');
  const shown = entry?.state ? { ...listed, ...(entry.device ?? {}) } : listed;
  const differs =
    entry?.state === 'found' && entry.device && one.filed
      ? (['rack', 'u_pos', 'owner'] as const).filter(
          (f) =>
            plain(shown[f]) !== plain(one.filed![f]) && !(f === 'owner' && isFirm(shown) && isFirm(one.filed))
        )
      : [];
  return {
    ...one,
    device: shown,
    state: entry?.state ?? null,
    ours: ours(one.filed, one.ledger, entry?.state ? shown : null),
    differs,
    note: entry?.note ?? '',
    by: entry?.state ? entry.by : '',
    at: entry?.state ? entry.at : ''
  };
}

const WORDS: Record<CountState, string> = { found: '見到', not_found: '未見', not_listed: '清單所無' };

function undoOf(view: CountItemView[], entries: Entry[]): string | null {
  const last = entries.at(-1);
  if (!last) return null;
  const name = last.device?.name ?? view.find((one) => one.key === last.key)?.device.name ?? '';
  return last.state ? `${WORDS[last.state]} ${name}` : `取消記錄 ${name}`;
}

export function count(state: FakeState): CountView {
  const { entries, fed } = memoryOf(state);
  const latest = new Map(entries.map((entry) => [entry.key, entry]));
  const listed = known(state);
  const keys = new Set(listed.map((one) => one.key));
  const others = [...latest.values()]
    .filter((entry) => !keys.has(entry.key) && entry.state)
    .map((entry): Known => ({ key: entry.key, filed: null, ledger: null, expected: false }));
  const all = [...listed, ...others].map((one) => item(one, latest.get(one.key)));
  const place = (one: CountItemView): string => `${one.device.rack}|${one.device.u_pos}`;
  const items = [
    ...all.filter((one) => one.expected).sort((a, b) => place(a).localeCompare(place(b))),
    ...all.filter((one) => !one.expected)
  ];
  const number = (test: (one: CountItemView) => boolean): number => items.filter(test).length;
  return {
    items,
    filed: number((one) => one.filed !== null),
    ledger: number((one) => one.ledger !== null),
    expected: number((one) => one.expected),
    found: number((one) => one.expected && one.state === 'found'),
    not_found: number((one) => one.state === 'not_found'),
    not_listed: number((one) => one.state === 'not_listed'),
    open: number((one) => one.expected && one.state === null),
    undo: undoOf(items, entries),
    fed: fed && { at: fed.at, rows: fed.rows, current: fed.entries === entries.length }
  };
}

function mark(state: FakeState, request: CountMarkRequest): CountView {
  const memory = memoryOf(state);
  const described = Object.values(request.device ?? {}).some((text: string) => text.trim());
  if (request.key === null && !described)
    refuse('required', '看不出是哪一件設備。', '請至少填序號、財產編號、名稱或位置。');
  const key = request.key ?? `n${memory.next}`;
  if (request.key === null) memory.next += 1;
  const { device: seen, note } = request;
  memory.entries.push({
    key,
    state: request.state,
    device: seen,
    note,
    by: examiner(state),
    at: tick(state)
  });
  return count(state);
}

function feed(state: FakeState): CountView {
  const memory = memoryOf(state);
  const { items, open } = count(state);
  if (open) refuse('count_open', `還有 ${open} 件設備尚未盤點，未送入測試。`, '請先逐件記為見到或未見。');
  const stands = items.filter((one) => one.state === 'found' || one.state === 'not_listed');
  if (!stands.length) refuse('count_empty', '還沒有見到任何設備，沒有可以送入測試的列。', '請先盤點。');
  memory.fed = { at: tick(state), rows: stands.length, entries: memory.entries.length };
  return count(state);
}

/** What the invented host answers about the count. */
export function countHandlers(state: FakeState) {
  return {
    count: () => count(state),
    count_mark: (request: CountMarkRequest) => mark(state, request),
    count_undo: () => {
      if (memoryOf(state).entries.pop()) tick(state);
      return count(state);
    },
    count_feed: () => feed(state),
    count_sheet: ({ path }: { path: string }) => {
      tick(state);
      return { files: [{ file: path, sha256: '4e'.repeat(32), size: 31_204 }] };
    }
  };
}
