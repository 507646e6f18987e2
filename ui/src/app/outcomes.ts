/** What became of a job, as shape, word and colour. */
import { m } from '../i18n';
import type { StateMark } from '../shared/marks';
import type { Job } from '../shared/state/jobs.svelte';

export function outcomeMark(job: Job): StateMark {
  if (job.state === 'failed') return { shape: '✕', tone: 'fail', word: m.job_failed() };
  if (job.state === 'cancelled') return { shape: '–', tone: 'quiet', word: m.job_cancelled() };
  return { shape: '✓', tone: 'ok', word: m.job_done() };
}
