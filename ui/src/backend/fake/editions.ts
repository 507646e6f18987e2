/** Editions of the invented host: what is built in, one package that can be loaded, and what it changes. */
import type {
  ClauseChangeView,
  CompareRequest,
  DocumentChangeView,
  EditionsView,
  EditionView,
  PackageInspectView,
  PackageRequest,
  PackageView,
  SignerView
} from '../bindings';
import { clauseText } from './checklist';
import documents from './data/clauses.json';
import { examiner, refuse, tick, type FakeState } from './state';

const FINGERPRINT = '3f5a 0c9e 1b7d 2468 ace0 1357 9bdf 8642 fedc ba98';
const KEY = '7d2468ace013579bdf8642fedcba98765432100f1e2d3c4b5a69788796a5b4c3';
const SHA = '9c41e07b5d2a4c6e8f1033557799bbddee02468ace13579bdf0f1e2d3c4b5a69';
const EFFECTIVE: Record<string, string> = { COL: '2020-12-31', EMT: '2022-08-01' };

const hash = (code: string): string =>
  Array.from(
    { length: 64 },
    (_, i) => '0123456789abcdef'[(i * 11 + code.charCodeAt(0) * 7 + code.charCodeAt(1) * i) % 16]
  ).join('');

/** What the invented package changes in the guidelines of co-location. */
function changes(): ClauseChangeView[] {
  const text = clauseText('COL-G4.4').text;
  const [before, after] = text.split('半年');
  const plain = { from_label: '', what: [] };
  const kept = (id: string) => [{ kind: 'kept', text: clauseText(id).text }];
  return [
    {
      ...plain,
      kind: 'changed',
      clause: 'COL-G4.4',
      label: clauseText('COL-G4.4').label,
      pieces: [
        { kind: 'kept', text: before! },
        { kind: 'removed', text: '半年' },
        { kind: 'added', text: '季' },
        { kind: 'kept', text: after! }
      ]
    },
    {
      ...plain,
      kind: 'added',
      clause: 'COL-G2.5',
      label: 'G2.5',
      pieces: [{ kind: 'added', text: '主機共置機房之防火牆規則異動，應經權責主管核准並留存紀錄。' }]
    },
    {
      ...plain,
      kind: 'moved',
      clause: 'COL-G6.2',
      label: '未來查核方向 電腦稽核紀錄管理 3',
      from_label: clauseText('COL-G6.2').label,
      pieces: kept('COL-G6.2')
    },
    {
      ...plain,
      kind: 'rule',
      clause: 'COL-G10.1',
      label: clauseText('COL-G10.1').label,
      pieces: kept('COL-G10.1'),
      what: ['適用條件：is_sec & inet → is_sec & (inet | colo)', '週期：6 個月 → 3 個月']
    },
    {
      ...plain,
      kind: 'removed',
      clause: 'COL-G9.1',
      label: clauseText('COL-G9.1').label,
      pieces: [{ kind: 'removed', text: clauseText('COL-G9.1').text }]
    }
  ];
}

const difference = (): DocumentChangeView[] => [
  {
    document: 'COL',
    title: documents.find((d) => d.code === 'COL')!.title,
    from: '109年12月31日',
    to: '112年修正',
    changes: changes()
  }
];

function edition(state: FakeState, document: (typeof documents)[number]): EditionView {
  const loaded = document.code === 'COL' ? (state.packages.at(-1)?.sha256 ?? '') : '';
  const version = loaded ? '112' : document.code === 'COL' ? '109' : '內建';
  const later = state.exam !== null && state.exam.head.case_no === state.pinnedBy;
  const pinned = document.code !== 'COL' ? '內建' : later ? '112' : '109';
  return {
    document: document.code,
    title: document.title,
    version,
    edition: loaded ? '112年修正' : document.edition,
    effective_from: loaded ? '2023-07-01' : (EFFECTIVE[document.code] ?? ''),
    source_sha256: hash(document.code + loaded),
    package: loaded,
    pinned: state.exam ? pinned : null,
    same: state.exam !== null && pinned === version
  };
}

export const editions = (state: FakeState): EditionsView => ({
  documents: documents.map((document) => edition(state, document)),
  packages: state.packages,
  signers: state.signers,
  unfit: [],
  own_fingerprint: 'a1b2 c3d4 e5f6 0718 293a 4b5c 6d7e 8f90 a1b2 c3d4'
});

/** What a package holds by its name: a broken one has defects, a forged one a signature that does not fit. */
export function inspect(state: FakeState, path: string): PackageInspectView {
  if (/forged/.test(path))
    refuse('bad_signature', '簽章與內容不符，檔案可能遭更動。', '請向發行單位重新索取檢查表套件。');
  if (/\.(xlsx|csv|docx)$/.test(path))
    refuse('not_a_package', '這個檔案不是檢查表套件。', '請選擇發行單位寄來的套件檔。');
  const broken = /broken/.test(path);
  return {
    name: '主機共置查核表',
    version: '112.1',
    made_on: '2026-02-20',
    fingerprint: FINGERPRINT,
    signer: state.signers.find((signer) => signer.key === KEY)?.name ?? null,
    changes: broken ? [] : difference(),
    procedures: ['T-COL-11'],
    problems: broken
      ? [
          {
            file: 'twse-col/07-future-criteria.toml',
            line: 112,
            message: 'applies 提到未知的事實 colocation。',
            hint: '請改為 facts.toml 所列之代號，例如 colo。'
          },
          {
            file: 'twse-col/document.toml',
            line: null,
            message: '沒有 edition。',
            hint: '請寫明依據版本。'
          }
        ]
      : []
  };
}

export function load(state: FakeState, { path, trust_as, fingerprint }: PackageRequest): EditionsView {
  const found = inspect(state, path);
  if (found.problems.length)
    refuse('package_defective', '套件有錯誤，未載入。', '請發行單位修正後再寄一次。');
  if (found.signer === null) {
    if (trust_as.trim() === '' || fingerprint !== FINGERPRINT)
      refuse(
        'unknown_signer',
        '簽章者不在信任名單，套件未載入。',
        '請先與發行單位比對指紋，再決定是否信任。'
      );
    const signer: SignerView = {
      key: KEY,
      name: trust_as.trim(),
      fingerprint: FINGERPRINT,
      by: examiner(state) || '保管庫使用者',
      at: tick(state)
    };
    state.signers = [...state.signers, signer];
  }
  const loaded: PackageView = {
    sha256: SHA,
    name: found.name,
    version: found.version,
    signer: state.signers.find((signer) => signer.key === KEY)!.name,
    fingerprint: FINGERPRINT,
    by: examiner(state) || '保管庫使用者',
    at: tick(state)
  };
  state.packages = [...state.packages.filter((p) => p.sha256 !== SHA), loaded];
  return editions(state);
}

export function remove(state: FakeState, key: string): EditionsView {
  if (state.pinnedBy)
    refuse(
      'package_in_use',
      `查核案 ${state.pinnedBy} 仍使用這個套件的版本，不能移除。`,
      '結案封存後再移除；新查核案可改用其他版本。'
    );
  state.packages = state.packages.filter((p) => p.sha256 !== key);
  tick(state);
  return editions(state);
}

export function distrust(state: FakeState, key: string): EditionsView {
  state.signers = state.signers.filter((signer) => signer.key !== key);
  tick(state);
  return editions(state);
}

export function compare(state: FakeState, { from, to }: CompareRequest): DocumentChangeView[] {
  const newer = (side: string): boolean =>
    side === SHA || (side === 'current' && state.packages.some((p) => p.sha256 === SHA));
  return newer(from) === newer(to) ? [] : difference();
}
