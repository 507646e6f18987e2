/** An invented host for tests and for looking at the window in a browser. It is not part of the shipped program. */
import type { Backend, CommandName } from '../backend';
import type { Commands, ExamView, FoundView } from '../bindings';
import { assignmentHandlers, narrowedCounts } from './assignments';
import * as audit from './audit';
import * as carry from './carry';
import * as items from './checklist';
import { counts, lines } from './checklist';
import { contactHandlers } from './contacts';
import { dashboard, examFigures } from './dashboard';
import { newDossier } from './dossier';
import * as editions from './editions';
import { evidenceHandlers } from './evidence';
import { handoverHandlers } from './handover';
import { DATASETS, FIRM } from './firm';
import * as data from './data';
import { headquartersHandlers } from './headquarters';
import * as intake from './intake';
import { lifeHandlers } from './life';
import { lookHandlers } from './looks';
import { firstSlots, keyHandlers } from './keys';
import * as memory from './memory';
import { patterns } from './patterns';
import { practiceHandlers } from './practice';
import { FIRM_FACTS, FIRM_SYSTEMS, preview, profile, setProfile } from './profile';
import { outputHandlers } from './outputs';
import { reviewHandlers } from './review';
import { auditHandlers } from './runs';
import { backupHandlers } from './backups';
import { settingHandlers } from './settings';
import { refuse, tick, type FakeState } from './state';
import { templateHandlers } from './templates';
import { keepingHandlers, trailHandlers } from './trail';
import { followUp, openVisit, seed } from './visits';
import { vaultHandlers } from './vault';

type Handlers = {
  [K in CommandName]: (request: Commands[K]['request']) => Commands[K]['view'] | Promise<Commands[K]['view']>;
};

/** Passphrase of the vault that is there from the start. */
export const PASSPHRASE = '清晨五點的港邊小巷';

const exam = (id: string, firm: string, case_no: string): ExamView => ({
  head: {
    id,
    practice: false,
    firm,
    case_no,
    as_of: '2020-12-31',
    period_from: '2020-01-01',
    period_to: '2020-12-31',
    created_at: '2026-03-02T08:41:00',
    state: 'open',
    report_on: '',
    keep_until: '',
    keep_over: false
  },
  examiners: ['查核人員甲', '查核人員乙'],
  current_examiner: '查核人員甲',
  counts: { applicable: 0, not_applicable: 0, undetermined: 324 },
  notices: []
});

function firstState(empty: boolean, rows: number): FakeState {
  const state: FakeState = {
    passphrase: PASSPHRASE,
    dir: 'D:\\查核\\簿',
    open: false,
    exists: !empty,
    recoveryConfirmed: !empty,
    news: !empty,
    identity: 'AGE-SECRET-KEY-1QXW5L7D9P3N8K2V4T6R0YHJ5M7C9E3A8S2F4G6ZUQNLWK8PDJT',
    slots: firstSlots(),
    exams: empty ? [] : [exam('e1', FIRM, '115-證-0012'), exam('e2', '戊己期貨股份有限公司', '115-期-0003')],
    exam: null,
    facts: new Map(
      empty
        ? []
        : Object.entries(FIRM_FACTS).map(([code, value]) => [code, { value, basis: '115.03.02 進場會議' }])
    ),
    systems: empty ? [] : structuredClone(FIRM_SYSTEMS),
    answers: new Map(),
    imports: [],
    runs: new Map(),
    earlier: new Map(),
    overrides: new Map(),
    dispositions: new Map(),
    samples: [],
    findings: [],
    dossier: newDossier(),
    packages: [],
    signers: [],
    pinnedBy: '',
    undo: null,
    redo: null,
    clock: 14 * 3600 + 3 * 60,
    cancelled: false,
    rows,
    dataStops: 0,
    security: { idle_minutes: 10, clipboard_seconds: 60, content_protected: false },
    lockedBy: null,
    progress: new Set(),
    runProgress: new Set(),
    evidenceProgress: new Set(),
    handoverProgress: new Set(),
    integrity: new Set(),
    found: [],
    runStopped: false,
    corrections: new Map(),
    status: () => {
      const all = lines(state);
      const time = state.clock;
      const narrowed = narrowedCounts(state);
      const two = (n: number): string => String(n).padStart(2, '0');
      return {
        saved_at: `${two(Math.floor(time / 3600))}:${two(Math.floor(time / 60) % 60)}:${two(time % 60)}`,
        items_open: all.filter((i) => i.applicability !== 'not_applicable' && i.result === 'not_examined')
          .length,
        items_undetermined: counts(state).undetermined,
        files: state.imports.filter((i) => !i.undone).flatMap((i) => i.files).length,
        issues: state.imports
          .filter((i) => !i.undone)
          .flatMap((i) => i.files.flatMap((file) => file.sheets))
          .reduce((sum, s) => sum + s.issue_count, 0),
        exceptions_open: audit.openExceptions(state),
        findings: state.findings.filter((f) => f.status !== 'withdrawn').length,
        items_awaited: all.filter((i) => i.awaited !== null).length,
        ...narrowed,
        mine: narrowed !== null,
        undo: state.undo,
        redo: state.redo
      };
    }
  };
  return state;
}

function itemHandlers(state: FakeState) {
  const item = (clause: string): Commands['item']['view'] =>
    items.item(state, clause, audit.related(state, clause));
  const then =
    <R extends { clause: string }>(change: (state: FakeState, request: R) => void) =>
    (request: R) => {
      change(state, request);
      return item(request.clause);
    };
  return {
    checklist: () => items.checklist(state),
    item: ({ clause }) => item(clause),
    answer: then(items.answer),
    answers_bulk: (request) => items.answersBulk(state, request),
    answer_undo: () => items.answerUndo(state),
    answer_redo: () => items.answerRedo(state),
    answer_copy_preview: (request) => items.answerCopyPreview(state, request),
    answer_copy: (request) => items.answerCopy(state, request),
    applicability_set: then(items.applicabilitySet),
    phrase_keep: then(items.phraseKeep),
    phrase_drop: then(items.phraseDrop),
    source_text: ({ document }) => items.sourceText(document)
  } satisfies Partial<Handlers>;
}

function examHandlers(
  state: FakeState
): Pick<
  Handlers,
  | 'status'
  | 'exams'
  | 'exam_figures'
  | 'exam_create'
  | 'exam_open'
  | 'exam_close'
  | 'exam_work_as'
  | 'profile'
  | 'profile_preview'
  | 'profile_set'
> {
  return {
    status: () => state.status(),
    exams: () => state.exams.map((e) => e.head),
    exam_figures: () => examFigures(state),
    exam_create: ({ examiners, ...head }) => {
      const made = exam(`e${state.exams.length + 1}`, head.firm, head.case_no);
      Object.assign(made.head, head);
      Object.assign(made, { examiners, current_examiner: examiners[0] ?? '', counts: counts(state) });
      state.exams.push(made);
      if (state.packages.length) state.pinnedBy = head.case_no;
      state.exam = made;
      openVisit(state);
      tick(state);
      return made;
    },
    exam_open: (request) => {
      const found =
        state.exams.find((e) => e.head.id === request.exam) ??
        refuse('not_found', '查無此查核案。', '請重新整理清單。');
      state.exam = found;
      openVisit(state);
      found.counts = counts(state);
      return found;
    },
    exam_close: () => {
      state.exam = null;
      return null;
    },
    exam_work_as: ({ examiner }) => {
      const open = state.exam ?? refuse('no_exam', '尚未開啟查核案。', '請先開啟查核案。');
      if (!open.examiners.includes(examiner))
        refuse('not_an_examiner', '此人不在本案查核人員名單。', '請由名單選擇。');
      open.current_examiner = examiner;
      return open;
    },
    profile: () => profile(state),
    profile_preview: (request) => preview(state, request),
    profile_set: (request) => setProfile(state, request)
  };
}

function editionHandlers(state: FakeState) {
  return {
    patterns: () => patterns(state),
    editions: () => editions.editions(state),
    package_inspect: ({ path }) => editions.inspect(state, path),
    package_load: (request) => editions.load(state, request),
    package_remove: ({ key }) => editions.remove(state, key),
    signer_distrust: ({ key }) => editions.distrust(state, key),
    editions_compare: (request) => editions.compare(state, request),
    carry_preview: ({ exam }) => carry.preview(state, exam),
    carry: ({ exam }) => carry.carry(state, exam),
    field_sheets: () => carry.fieldSheets(),
    export_sheet: (request) => carry.exportSheet(state, request),
    export_requests: (request) => carry.exportRequests(state, request)
  } satisfies Partial<Handlers>;
}

function workHandlers(state: FakeState) {
  return {
    datasets: () => DATASETS,
    import_inspect: ({ paths, encoding }) => intake.inspectAll(paths, state, encoding),
    import_look: (request) => intake.look(state, request),
    import_run: (request) => intake.runImport(state, request),
    import_cancel: () => {
      state.cancelled = true;
      return null;
    },
    imports: () => state.imports,
    import_issues: (request) => intake.issues(state, request),
    import_rows: (request) => intake.rows(state, request),
    import_undo: ({ batch }) => intake.undo(state, batch),
    import_compare: () => data.compared(),
    mappings: () => memory.mappings(),
    mappings_export: ({ path }) => memory.exported(path),
    mappings_import: () => memory.takeOver(),
    mapping_forget: (request) => memory.forget(request),
    ...carry.listHandlers(),
    data_sets: () => data.dataSets(state),
    data_rows: (request) => data.dataRows(state, request),
    data_find: (request) => data.dataFind(state, request),
    data_copy: (request) => data.dataCopy(state, request),
    data_profile: ({ dataset, column }) => data.dataProfile(state, dataset, column),
    data_cancel: () => {
      state.dataStops += 1;
      return null;
    },
    due: () => followUp(state),
    dashboard: () => dashboard(state),
    ...headquartersHandlers(state),
    ...outputHandlers(state),
    ...lookHandlers(state),
    ...templateHandlers(state),
    ...backupHandlers(state),
    ...settingHandlers(state)
  } satisfies Partial<Handlers>;
}

/** What the address of the page asks for: `?rows=1000000`, and its first exam `?begun`, no vault yet `?empty`. */
const asked = (): number => Number(new URLSearchParams(location.search).get('rows')) || 0;
const askedFor = (what: 'begun' | 'empty'): boolean => new URLSearchParams(location.search).has(what);

/**
 * A fresh host. `empty` has no vault yet; with `rows` the firm has handed over lists, one of them that long; with
 * `begun` the first exam has answers, runs and findings.
 */
export function makeFake({
  empty = askedFor('empty'),
  rows = asked(),
  begun = askedFor('begun'),
  found = []
}: { empty?: boolean; rows?: number; begun?: boolean; found?: FoundView[] } = {}): Backend {
  const state = firstState(empty, rows);
  state.found = found;
  if (!empty) seed(state, begun);
  const handlers: Handlers = {
    ...vaultHandlers(state),
    ...keyHandlers(state),
    ...examHandlers(state),
    ...itemHandlers(state),
    ...editionHandlers(state),
    ...auditHandlers(state),
    ...lifeHandlers(state),
    ...evidenceHandlers(state),
    ...handoverHandlers(state),
    ...reviewHandlers(state),
    ...trailHandlers(),
    ...keepingHandlers(state),
    ...practiceHandlers(state),
    ...contactHandlers(state),
    ...assignmentHandlers(state),
    ...workHandlers(state)
  };
  return {
    call: async (name, request) => {
      await Promise.resolve();
      const vaultless =
        ['session', 'passphrase_strength', 'licences'].includes(name) || name.startsWith('vault_');
      if (!state.open && !vaultless) refuse('locked', '保管庫已上鎖。', '請輸入通行碼。');
      return structuredClone(await handlers[name](JSON.parse(JSON.stringify(request)) as typeof request));
    },
    onProgress: (listener) => {
      state.progress.add(listener);
      return () => void state.progress.delete(listener);
    },
    onRunProgress: (listener) => {
      state.runProgress.add(listener);
      return () => void state.runProgress.delete(listener);
    },
    onEvidenceProgress: (listener) => {
      state.evidenceProgress.add(listener);
      return () => void state.evidenceProgress.delete(listener);
    },
    onHandoverProgress: (listener) => {
      state.handoverProgress.add(listener);
      return () => void state.handoverProgress.delete(listener);
    },
    onIntegrity: (listener) => {
      state.integrity.add(listener);
      return () => void state.integrity.delete(listener);
    },
    onLock: () => () => {},
    onDrop: () => () => {},
    pickFiles: async () =>
      ['帳號清冊.xlsx', '委託紀錄.csv', '設備清單.xlsx', '說明.docx'].map((name) => `D:\\收件\\${name}`),
    pickFolder: async () => 'D:\\查核\\輸出',
    pickSaveFile: async (name) => `D:\\查核\\輸出\\${name}`,
    openPath: async () => {},
    givenFile: async () => null
  };
}
