/** Signatures, notes and the team of the invented host. */
import type {
  Commands,
  NoteView,
  PaperView,
  QualificationView,
  ReviewView,
  SaidView,
  SignatureView,
  SignRequest,
  TeamMemberView,
  TeamView
} from '../bindings';
import { planOf } from './audit';
import { PAPERS, signatureOf, stillOpen, versionOf, type Signed } from './dossier';
import { hashOf, pieces } from './evidence';
import { examiner, refuse, tick, type FakeState } from './state';

/** What every paper says now: number, title, and the text that stands for its content. */
function contents(state: FakeState): [paper: string, title: string, says: string][] {
  const answers = [...state.answers].filter(([, list]) => list.length > 0);
  const of = (code: string): string => JSON.stringify(answers.filter(([clause]) => clause.startsWith(code)));
  return [
    ['A-01', '封面與底稿索引', 'index'],
    ['A-02', '查核團隊', JSON.stringify([...state.dossier.team.values()])],
    ['B-01', '受查單位概況', JSON.stringify([...state.facts])],
    ['C-FCM', '期貨商資通安全檢查機制', of('FCM')],
    ['C-BSL', '資通系統安全防護基準', of('BSL')],
    ['C-COL', '主機共置服務查核明細表', of('COL')],
    ['D-02', '資料收受清單', String(state.imports.length)],
    ['E-00', '證據索引', JSON.stringify(pieces(state))],
    ['F-00', '缺失彙總表', JSON.stringify(state.findings)],
    ...[...state.runs.keys()].map((id): [string, string, string] => [
      id,
      planOf(id).title,
      JSON.stringify([state.runs.get(id)?.id, [...state.dispositions].length])
    ])
  ];
}

const fingerprint = (name: string): string =>
  (hashOf(`key ${name}`).substring(0, 16).match(/.{4}/g) ?? []).join(' ');

function paperView(state: FakeState, paper: string, title: string, sha256: string): PaperView {
  const { dossier } = state;
  const version = versionOf(dossier, paper);
  const view = (s: Signed): SignatureView => ({
    role: s.role,
    version: s.version,
    by: s.by,
    at: s.at,
    fingerprint: fingerprint(s.by),
    holds: true,
    current: s.sha256 === sha256
  });
  const by = (role: Signed['role']): SignatureView | null => {
    const found = signatureOf(dossier, paper, role);
    return found ? view(found) : null;
  };
  return {
    paper,
    title,
    sha256,
    version,
    prepared: by('preparer'),
    reviewed: by('reviewer'),
    earlier: dossier.signed.filter((s) => s.paper === paper && s.version !== version).map(view),
    reopenings: dossier.reopened
      .filter((r) => r.paper === paper)
      .map((r) => ({ version: r.version, reason: r.reason, by: r.by, at: r.at })),
    notes_open: dossier.notes.filter((n) => n.paper === paper && n.clearance === null).length
  };
}

function review(state: FakeState): ReviewView {
  const papers = contents(state).map(([paper, title, says]) =>
    paperView(state, paper, title, hashOf(`${paper} ${says}`))
  );
  const whole = hashOf(papers.map((paper) => paper.sha256).join(''));
  return {
    exam: paperView(state, PAPERS.whole, '全案', whole),
    papers,
    notes: state.dossier.notes,
    identities: [...state.dossier.identities.keys()].map((name) => ({
      name,
      key: hashOf(`key ${name}`),
      fingerprint: fingerprint(name)
    }))
  };
}

const paperOf = (state: FakeState, paper: string): PaperView => {
  const all = review(state);
  return (
    [all.exam, ...all.papers].find((one) => one.paper === paper) ??
    refuse('unknown_paper', `沒有底稿 ${paper}。`, '請重新整理底稿清單。')
  );
};

function sign(state: FakeState, { papers, role, passphrase }: SignRequest): ReviewView {
  const by = examiner(state);
  const secret = state.dossier.identities.get(by);
  if (secret === undefined) refuse('no_identity', '這位查核人員尚無簽章身分。', '請先建立簽章身分，再簽署。');
  const chosen = papers.map((paper) => paperOf(state, paper));
  for (const { paper, prepared, reviewed } of chosen) {
    const word = paper === PAPERS.whole ? '全案' : `底稿 ${paper} `;
    if (role === 'reviewer' && prepared && !prepared.current)
      refuse('paper_changed', `${word}於編製簽署後已變更。`, '請編製人重新開啟並再次簽署。');
    if (role === 'reviewer' && !prepared)
      refuse('not_prepared', `${word}尚未由編製人簽署。`, '請編製人先簽署，再由覆核人簽署。');
    if (role === 'reviewer' && prepared?.by === by)
      refuse('same_person', '編製人與覆核人不可為同一人。', '請切換為另一位查核人員後再覆核。');
    if (reviewed || (role === 'preparer' && prepared))
      refuse('signed_off', `${word}已簽核，不可修改。`, '請先於「覆核」重新開啟並註明理由；其後為新版本。');
  }
  if (secret !== passphrase)
    refuse('wrong_passphrase', '簽章密語不正確，未簽署。', '請確認輸入法與大小寫後再試。');
  const at = tick(state);
  for (const { paper, version, sha256 } of chosen)
    state.dossier.signed.push({ paper, version, role, by, at, sha256 });
  return review(state);
}

const said = (state: FakeState, text: string): SaidView => ({
  text: text.trim(),
  by: examiner(state),
  at: tick(state)
});

const noteOf = (state: FakeState, id: number): NoteView => {
  const note =
    state.dossier.notes.find((one) => one.id === id) ??
    refuse('unknown_note', '查無這項覆核意見。', '請重新整理覆核意見清單。');
  if (note.clearance) refuse('note_cleared', '這項覆核意見已清除。', '如尚有意見，請另提新意見。');
  return note;
};

function required(text: string): void {
  if (text.trim() === '') refuse('note_required', '尚未填寫內容。', '請寫下後再送出。');
}

const KINDS: QualificationView[] = [
  ['management', '資通安全管理知識', ['國際資通安全經理人（CISM）', 'ISO 27001 主導稽核員']],
  ['technical', '資通安全技術能力', ['國際資通安全系統專家（CISSP）']],
  ['attack', '模擬駭客攻擊能力', ['滲透專家（CEH）', '事件處理專家（CIH）']],
  ['finance', '金融領域載具應用、系統開發或稽核經驗', []]
].map(([key, zh, examples], n) => ({
  key: key as string,
  zh: zh as string,
  examples: examples as string[],
  clause: `ASM-7.2.${n + 1}`
}));

function team(state: FakeState): TeamView {
  const blank = (name: string): TeamMemberView => ({
    name,
    unit: '',
    holds: {},
    independent: null,
    confidential: null,
    signed_on: '',
    note: ''
  });
  const recorded = state.dossier.team;
  const examiners = state.exam?.examiners ?? [];
  const others = [...recorded.values()].filter((member) => !examiners.includes(member.name));
  const members = [...examiners.map((name) => recorded.get(name) ?? blank(name)), ...others];
  const said = (name: string, what: string, known: boolean | null): string[] =>
    known ? [] : [`${name}之${what}${known === null ? '尚未確認' : '不符'}。`];
  return {
    kinds: KINDS,
    members,
    gaps: [
      ...KINDS.filter((kind) => !members.some((member) => member.holds[kind.key])).map(
        (kind) => `團隊尚無人具備「${kind.zh}」（${kind.clause}）。`
      ),
      ...members.flatMap((member) => [
        ...said(member.name, '獨立性', member.independent),
        ...said(member.name, '保密切結', member.confidential)
      ])
    ]
  };
}

type Answered =
  | 'review'
  | 'identity_make'
  | 'review_sign'
  | 'review_reopen'
  | 'note_add'
  | 'note_reply'
  | 'note_clear'
  | 'team'
  | 'team_save';

/** What the invented host answers about the review. */
export function reviewHandlers(state: FakeState): {
  [K in Answered]: (request: Commands[K]['request']) => Commands[K]['view'];
} {
  const { dossier } = state;
  return {
    review: () => review(state),
    identity_make: ({ passphrase }) => {
      if ([...passphrase].length < 8) refuse('weak_passphrase', '簽章密語太短。', '請至少輸入八個字元。');
      if (dossier.identities.has(examiner(state)))
        refuse('identity_exists', '這位查核人員已有簽章身分。', '請直接以其簽章密語簽署。');
      dossier.identities.set(examiner(state), passphrase);
      tick(state);
      return review(state);
    },
    review_sign: (request) => sign(state, request),
    review_reopen: ({ paper, reason }) => {
      required(reason);
      if (!signatureOf(dossier, paper, 'preparer'))
        refuse('not_prepared', '這份底稿尚未簽署。', '未簽署之底稿可直接修改。');
      const version = versionOf(dossier, paper);
      const [by, at] = [examiner(state), tick(state)];
      dossier.reopened.push({ paper, version, reason: reason.trim(), by, at });
      return review(state);
    },
    note_add: ({ paper, text }) => {
      required(text);
      paperOf(state, paper);
      const id = dossier.notes.length + 1;
      dossier.notes = [
        ...dossier.notes,
        { id, paper, note: said(state, text), reply: null, clearance: null }
      ];
      return review(state);
    },
    note_reply: ({ id, text }) => {
      required(text);
      noteOf(state, id).reply = said(state, text);
      return review(state);
    },
    note_clear: ({ id, text }) => {
      const note = noteOf(state, id);
      if (note.reply?.by === examiner(state))
        refuse('same_person', '回覆人不可自行清除意見。', '請由提出意見之覆核人清除。');
      note.clearance = said(state, text);
      return review(state);
    },
    team: () => team(state),
    team_save: (request) => {
      if (request.name.trim() === '') refuse('required', '尚未填寫姓名。', '請填寫姓名。');
      stillOpen(dossier, PAPERS.team);
      dossier.team.set(request.name.trim(), request);
      tick(state);
      return team(state);
    }
  };
}
