/** Contacts of the invented host. Its cards say what they say without any key being behind them. */
import type {
  CardLookView,
  CardRequest,
  Commands,
  ContactsView,
  ContactView,
  SquaresView
} from '../bindings';
import { examiner, refuse, tick, type FakeState } from './state';

const MARK = 'fieldbook-card:1:';
const OWN = 'own';

/** What a card of the invented host says; `key` stands for both keys. */
export interface FakeCard {
  name: string;
  unit: string;
  key: string;
}

const memory = new WeakMap<FakeState, { own: FakeCard; chosen: boolean; contacts: ContactView[] }>();

/** A number that depends on a text. */
function number(text: string): number {
  let n = 2166136261;
  for (const c of text) n = Math.imul(n ^ c.codePointAt(0)!, 16777619) >>> 0;
  return n;
}

export const fingerprintOf = (key: string): string[] =>
  [1, 2, 3, 4, 5, 6].map((group) => String(number(`${group}/${key}`) % 100_000).padStart(5, '0'));

/** A card as its owner would send it. */
export function fakeCard(card: FakeCard): string {
  const bytes = new TextEncoder().encode(JSON.stringify(card));
  const code = btoa(String.fromCharCode(...bytes));
  return MARK + code.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function picture(text: string): SquaresView {
  const side = 45;
  const dark = (x: number, y: number): boolean => number(`${x},${y},${text}`) % 2 === 0;
  let path = '';
  for (let y = 4; y < side - 4; y += 1)
    for (let x = 4; x < side - 4; x += 1) if (dark(x, y)) path += `M${x} ${y}h1v1h-1z`;
  return { side, path };
}

const contact = (id: number, card: FakeCard, verified_at: string): ContactView => ({
  id,
  name: card.name,
  unit: card.unit,
  recipient: `age1${card.key.padEnd(58, 'q')}`,
  fingerprint: fingerprintOf(card.key),
  pinned_at: '2026-03-01T09:12:00',
  verified_at,
  by: '查核人員甲',
  former: []
});

function of(state: FakeState) {
  const known = memory.get(state);
  if (known) return known;
  const made = {
    own: { name: '查核人員甲', unit: '證交所券商輔導部', key: OWN },
    chosen: false,
    contacts: [
      contact(1, { name: '查核人員乙', unit: '證交所券商輔導部', key: 'yi' }, '2026-03-01T09:20:00'),
      contact(2, { name: '期交所資安小組', unit: '期交所', key: 'qi' }, '')
    ]
  };
  memory.set(state, made);
  return made;
}

function view(state: FakeState): ContactsView {
  const { own, chosen, contacts } = of(state);
  const text = fakeCard(own);
  return {
    own: {
      name: own.name,
      unit: own.unit,
      chosen,
      text,
      picture: picture(text),
      fingerprint: fingerprintOf(OWN)
    },
    contacts: [...contacts].sort((a, b) => a.name.localeCompare(b.name))
  };
}

function read({ text, path }: CardRequest): FakeCard {
  const all = path ? fakeCard({ name: '陳美麗', unit: '期交所', key: 'mei' }) : text.replace(/\s/g, '');
  const code = all.split(MARK)[1];
  if (code === undefined)
    refuse(
      'card_none',
      '這段文字裡沒有名片。',
      '請貼上對方傳來、以 fieldbook-card: 開頭的整段文字，或選擇對方的名片檔。'
    );
  try {
    const bytes = atob(code.replaceAll('-', '+').replaceAll('_', '/'));
    const plain = new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(bytes, (c) => c.charCodeAt(0))
    );
    return JSON.parse(plain) as FakeCard;
  } catch {
    return refuse(
      'failed',
      '名片不完整或有字元被更動。',
      '請對方重新複製整段文字，或改以文字檔傳送；不要自行補字。'
    );
  }
}

function look(state: FakeState, request: CardRequest): CardLookView {
  const card = read(request);
  const groups = fingerprintOf(card.key);
  const { contacts } = of(state);
  const same = contacts.find((one) => one.fingerprint.join() === groups.join());
  const named = contacts.find((one) => one.name === card.name);
  const standing = ((): CardLookView['standing'] => {
    if (card.key === OWN) return 'own';
    if (same) return same.verified_at ? 'verified' : 'pinned';
    return named ? 'key_changed' : 'new';
  })();
  const asked = standing === 'key_changed' ? [2, 5] : [];
  return {
    standing,
    name: card.name,
    unit: card.unit,
    fingerprint: groups.map((group, n) => (asked.includes(n + 1) ? '' : group)),
    asked,
    contact: same ?? named ?? null
  };
}

const found = (state: FakeState, id: number): ContactView =>
  of(state).contacts.find((one) => one.id === id) ??
  refuse('failed', '沒有這個往來對象。', '請重新整理清單（命令列：contact list）。');

const other = (): never =>
  refuse(
    'other_fingerprint',
    '指紋不相符；未變更。',
    '請請對方逐組念出其畫面上的指紋，全部重新核對；仍不相符者，這張名片不是對方的。'
  );

function add(state: FakeState, request: CardRequest): void {
  const { contacts } = of(state);
  const { standing } = look(state, request);
  if (standing !== 'new') refuse('failed', '這張名片的金鑰已在往來對象中。', '無須重複加入。');
  const next = Math.max(0, ...contacts.map((one) => one.id)) + 1;
  contacts.push({ ...contact(next, read(request), ''), pinned_at: tick(state), by: examiner(state) });
}

function change(state: FakeState, request: Commands['contact_change_key']['request']): void {
  const one = found(state, request.contact);
  const card = read(request.card);
  const groups = fingerprintOf(card.key);
  if (!request.reason.trim()) refuse('note_required', '尚未寫下理由。', '請寫下理由。');
  if (request.typed.length < 2 || request.typed.some(({ number: n, digits }) => groups[n - 1] !== digits))
    other();
  const { fingerprint, pinned_at, verified_at, former } = one;
  const at = tick(state);
  Object.assign(one, contact(one.id, card, ''), {
    pinned_at: at,
    former: [
      ...former,
      { fingerprint, pinned_at, verified: verified_at !== '', ended_at: at, reason: request.reason.trim() }
    ]
  });
}

type Contacts =
  | 'contacts'
  | 'contact_card_set'
  | 'contact_card_save'
  | 'contact_look'
  | 'contact_add'
  | 'contact_verify'
  | 'contact_change_key'
  | 'contact_remove';
export const contactHandlers = (state: FakeState) =>
  ({
    contacts: () => view(state),
    contact_card_set: ({ name, unit }) => {
      if (!name.trim())
        refuse(
          'card_name',
          '名片上的姓名或單位不能使用。',
          '姓名須為 1 至 40 字、單位至多 60 字，且不得含有換行或看不見的字元。'
        );
      const kept = of(state);
      Object.assign(kept, { own: { name: name.trim(), unit: unit.trim(), key: OWN }, chosen: true });
      tick(state);
      return view(state);
    },
    contact_card_save: ({ path }) => ({ files: [{ file: path, sha256: '3c'.repeat(32), size: 302 }] }),
    contact_look: (request) => look(state, request),
    contact_add: (request) => {
      add(state, request);
      return view(state);
    },
    contact_verify: ({ contact: id, fingerprint }) => {
      const one = found(state, id);
      if (one.fingerprint.join(' ') !== fingerprint) other();
      one.verified_at = tick(state);
      return view(state);
    },
    contact_change_key: (request) => {
      change(state, request);
      return view(state);
    },
    contact_remove: ({ contact: id }) => {
      const kept = of(state);
      kept.contacts = kept.contacts.filter((one) => one !== found(state, id));
      tick(state);
      return view(state);
    }
  }) satisfies { [K in Contacts]: (request: Commands[K]['request']) => Commands[K]['view'] };
