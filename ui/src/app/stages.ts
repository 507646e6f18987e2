/** Words, icons, counters and keys of the stages. */
import Archive from '@lucide/svelte/icons/archive';
import Building2 from '@lucide/svelte/icons/building-2';
import ChartBarStacked from '@lucide/svelte/icons/chart-bar-stacked';
import Database from '@lucide/svelte/icons/database';
import FileOutput from '@lucide/svelte/icons/file-output';
import FlaskConical from '@lucide/svelte/icons/flask-conical';
import ListChecks from '@lucide/svelte/icons/list-checks';
import PenLine from '@lucide/svelte/icons/pen-line';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import type { StatusView } from '../backend';
import { m } from '../i18n';
import { count } from '../shared/numbers';
import type { Stage } from '../shared/state/desk.svelte';

export const STAGE_WORDS: Record<Stage, () => string> = {
  dashboard: m.stage_dashboard,
  profile: m.stage_profile,
  items: m.stage_items,
  patterns: m.stage_patterns,
  data: m.stage_data,
  tests: m.stage_tests,
  count: m.stage_count,
  findings: m.stage_findings,
  evidence: m.stage_evidence,
  review: m.stage_review,
  outputs: m.stage_outputs,
  handover: m.stage_handover
};

export const STAGE_ICONS = {
  dashboard: ChartBarStacked,
  profile: Building2,
  items: ListChecks,
  data: Database,
  tests: FlaskConical,
  findings: TriangleAlert,
  evidence: Archive,
  review: PenLine,
  outputs: FileOutput
};

/** What is left to do in a stage, and in words what the figure counts. */
export function counter(stage: Stage, status: StatusView | null): { figure: string; what: string } {
  if (!status) return { figure: '', what: '' };
  const some = (
    n: number,
    what: (n: { n: string }) => string,
    mark = ''
  ): { figure: string; what: string } =>
    n > 0 ? { figure: count(n) + mark, what: what({ n: count(n) }) } : { figure: '', what: '' };
  /** A figure that follows 我的, and says so. */
  const own = (...of: Parameters<typeof some>): ReturnType<typeof some> => {
    const { figure, what } = some(...of);
    return { figure, what: what && status.mine ? m.mine_only({ what }) : what };
  };
  switch (stage) {
    case 'profile':
      return some(status.items_undetermined, m.counter_profile, '?');
    case 'items':
      return own(status.items_open, m.counter_items);
    case 'data':
      return status.issues > 0
        ? some(status.issues, m.counter_issues, '!')
        : some(status.files, m.counter_files);
    case 'tests':
      return own(status.exceptions_open, m.counter_tests);
    case 'findings':
      return own(status.findings, m.counter_findings);
    case 'dashboard':
    case 'patterns':
    case 'count':
    case 'evidence':
    case 'review':
    case 'outputs':
    case 'handover':
      return { figure: '', what: '' };
  }
}
