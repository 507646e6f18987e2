/** What the invented host remembers of findings' lives, evidence, signatures and the team. */
import type {
  CustodyEntryView,
  EvidenceView,
  NoteView,
  ReopeningView,
  SettingsView,
  SignRoleWord,
  TeamMemberView
} from '../bindings';
import { refuse } from './state';

/** A signature over what a paper said. */
export interface Signed {
  paper: string;
  version: number;
  role: SignRoleWord;
  by: string;
  at: string;
  sha256: string;
}

export interface Dossier {
  /** When a finding was last bound to the rows of a run, by its number. */
  bound: Map<number, number>;
  evidence: EvidenceView[];
  custody: (CustodyEntryView & { evidence: number })[];
  notes: NoteView[];
  signed: Signed[];
  reopened: (ReopeningView & { paper: string })[];
  /** Passphrases of the identities by the examiner's name. */
  identities: Map<string, string>;
  team: Map<string, TeamMemberView>;
  settings: SettingsView;
}

export const newDossier = (): Dossier => ({
  bound: new Map(),
  evidence: [],
  custody: [],
  notes: [],
  signed: [],
  reopened: [],
  identities: new Map(),
  team: new Map(),
  settings: {
    organisation: '',
    severity: ['重大', '高', '中', '低'],
    categories: ['管理面', '技術面', '存取控制', '網路安全管理', '主機共置', '營運持續管理'],
    exit_meeting: '離場會議',
    mask: true
  }
});

/** The number of papers by what they are about, as the host gives them. */
export const PAPERS = { team: 'A-02', evidence: 'E-00', findings: 'F-00', whole: 'EXAM' };

export const versionOf = (dossier: Dossier, paper: string): number =>
  dossier.reopened.filter((one) => one.paper === paper).length + 1;

export const signatureOf = (dossier: Dossier, paper: string, role: SignRoleWord): Signed | undefined =>
  dossier.signed.find(
    (one) => one.paper === paper && one.role === role && one.version === versionOf(dossier, paper)
  );

/** Refuses a change of what a reviewed paper says. */
export function stillOpen(dossier: Dossier, paper: string): void {
  for (const one of [PAPERS.whole, paper])
    if (signatureOf(dossier, one, 'reviewer'))
      refuse(
        'signed_off',
        `${one === PAPERS.whole ? '全案' : `底稿 ${one} `}已簽核，不可修改。`,
        '請先於「覆核」重新開啟並註明理由；其後為新版本。'
      );
}
