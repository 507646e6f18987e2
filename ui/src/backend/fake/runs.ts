/** Running the invented procedures, one after the other, until somebody breaks it off; and running one again. */
import type { Commands, ReperformView, RuleView, RunRequest, RunsView, RunView } from '../bindings';
import { analysis } from './analysis';
import * as audit from './audit';
import { planOf } from './audit';
import { countHandlers } from './count';
import { pictureHandlers } from './pictures';
import * as derived from './derived';
import { groups } from './groups';
import * as own from './own';
import { pause } from './pause';
import * as samples from './samples';
import { examiner, refuse, tick, type FakeState } from './state';

/** How long a procedure takes. */
const EACH_MS = 30;

function ran(state: FakeState, run: RunView): RunView {
  const before = state.runs.get(run.procedure);
  if (before) state.earlier.set(run.procedure, before);
  state.runs.set(run.procedure, run);
  return run;
}

function runOne(state: FakeState, procedure: string): RunView {
  if (own.isOwn(state, procedure)) return ran(state, own.run(state, procedure));
  const plan = planOf(procedure);
  const sum = (verdict: RuleView['verdict']): number =>
    plan.verdict === 'exceptions'
      ? plan.rules.filter((rule) => rule[2] === verdict).reduce((all, rule) => all + rule[3], 0)
      : 0;
  const at = tick(state);
  const run: RunView = {
    id: state.clock,
    procedure,
    at,
    by: examiner(state),
    verdict: plan.verdict,
    population: plan.population,
    completeness: plan.population === null ? 'not_stated' : 'complete',
    exceptions: sum('exception'),
    unknown: sum('unknown'),
    leads: sum('lead'),
    missing: plan.missing
  };
  return ran(state, run);
}

async function runAll(state: FakeState, request: RunRequest): Promise<RunsView> {
  for (const change of request.overrides) state.overrides.set(`${change.procedure}/${change.key}`, change);
  state.runStopped = false;
  const of = request.procedures.length;
  const out: RunsView = { runs: [], failed: [], cancelled: false };
  for (const [done, procedure] of request.procedures.entries()) {
    const title = own.titleOf(state, procedure) || planOf(procedure).title;
    for (const tell of state.runProgress) tell({ procedure, title, done, of });
    await pause(EACH_MS);
    if (state.runStopped) return { ...out, cancelled: true };
    out.runs.push(runOne(state, procedure));
  }
  return out;
}

/** One of the invented procedures shows something else than before. */
function reperform(state: FakeState, id: number): ReperformView {
  const run =
    [...state.runs.values()].find((one) => one.id === id) ??
    refuse('not_found', '查無這次執行。', '請重新整理程序清單。');
  const differences =
    run.procedure === 'T-COL-05'
      ? [
          { kind: 'exceptions', text: '例外筆數：當時 5，重新執行 4' },
          { kind: 'lacks', text: '重新執行未列出：規則 vendor_holds_root，帳號清冊.xlsx:帳號清冊:7' }
        ]
      : [];
  return { run: id, procedure: run.procedure, same: differences.length === 0, differences };
}

type Answers<K extends keyof Commands> = {
  [N in K]: (request: Commands[N]['request']) => Commands[N]['view'] | Promise<Commands[N]['view']>;
};

/** What the invented host answers about procedures and what they rest on. */
export function auditHandlers(
  state: FakeState
): Answers<
  | 'own_schema'
  | 'own_procedures'
  | 'own_preview'
  | 'own_save'
  | 'own_withdraw'
  | 'analysis'
  | 'procedure_picture'
  | 'picture_save'
  | 'procedures'
  | 'audit_run'
  | 'audit_cancel'
  | 'audit_reperform'
  | 'derived_rows'
  | 'derived_correct'
  | 'exceptions'
  | 'exception_source'
  | 'dispose'
  | 'undispose'
  | 'audit_change'
  | 'samples'
  | 'sample_draw'
  | 'sample_sheet'
  | 'sample_size'
  | 'sample_evaluate'
  | 'exception_groups'
  | 'count'
  | 'count_mark'
  | 'count_undo'
  | 'count_feed'
  | 'count_sheet'
> {
  return {
    ...own.ownHandlers(state),
    ...countHandlers(state),
    ...pictureHandlers(state),
    analysis: (request) => analysis(state, request),
    procedures: () => [...audit.procedures(state), ...own.procedures(state)],
    audit_run: (request) => runAll(state, request),
    audit_cancel: () => {
      state.runStopped = true;
      return null;
    },
    audit_reperform: ({ run }) => reperform(state, run),
    derived_rows: (request) => derived.rows(state, request),
    derived_correct: (request) => derived.correct(state, request),
    exceptions: (request) => (own.isOwn(state, request.procedure) ? own : audit).exceptions(state, request),
    exception_groups: ({ procedure: id }) =>
      own.isOwn(state, id)
        ? groups([], [], null)
        : groups(planOf(id).rules, audit.ran(state, id), '系統名稱'),
    exception_source: ({ id }) => own.source(state, id) ?? audit.source(id),
    dispose: (request) => audit.dispose(state, request),
    undispose: (request) => audit.undispose(state, request),
    audit_change: ({ procedure }) => (own.isOwn(state, procedure) ? own : audit).change(state, procedure),
    samples: () => state.samples,
    sample_draw: (request) => samples.draw(state, request),
    sample_sheet: (request) => samples.sheet(request),
    sample_size: (request) => samples.size(request),
    sample_evaluate: (request) => samples.evaluate(request)
  };
}
