/** The command palette: whether it is open, and what it offers. */
import { call } from '../backend';
import { locale, m } from '../i18n';
import { desk, STAGES } from '../shared/state/desk.svelte';
import { theme } from '../theme/theme.svelte';
import { STAGE_WORDS } from './stages';

export const palette = $state({ open: false });

export interface Entry {
  id: string;
  group: string;
  word: string;
  /** What is searched besides the word. */
  also: string;
  run: () => void;
}

function always(): Entry[] {
  const group = m.palette_commands();
  return [
    { id: 'lock', group, word: m.lock(), also: 'lock', run: () => void desk.lock() },
    {
      id: 'language',
      group,
      word: m.language_other(),
      also: 'language english 中文',
      run: () => locale.toggle()
    },
    {
      id: 'theme',
      group,
      word: theme.current === 'dark' ? m.theme_light() : m.theme_dark(),
      also: 'theme dark light',
      run: () => theme.toggle()
    }
  ];
}

function inExam(): Entry[] {
  if (!desk.exam) return [];
  const stages = STAGES.map((stage) => ({
    id: `stage-${stage}`,
    group: m.stages(),
    word: STAGE_WORDS[stage](),
    also: stage,
    run: () => desk.go(stage)
  }));
  const group = m.palette_commands();
  return [
    ...stages,
    {
      id: 'run-all',
      group,
      word: m.run_all(),
      also: 'run',
      run: () => desk.go('tests', { kind: 'run-all' })
    },
    { id: 'export', group, word: m.outputs_title(), also: 'export pdf xlsx', run: () => desk.go('outputs') },
    { id: 'exams', group, word: m.exams_back(), also: 'exams', run: () => void desk.closeExam() }
  ];
}

async function items(): Promise<Entry[]> {
  if (!desk.exam) return [];
  const { documents } = await call('checklist', null);
  return documents.flatMap((document) =>
    document.chapters.flatMap((chapter) =>
      chapter.items.map((item) => ({
        id: item.clause,
        group: document.title,
        word: `${item.label}　${item.text}`,
        also: item.clause,
        run: () => desk.go('items', { kind: 'item', clause: item.clause })
      }))
    )
  );
}

async function change(exam: string): Promise<void> {
  if (desk.exam) await desk.closeExam();
  await desk.openExam(await call('exam_open', { exam }));
}

async function exams(): Promise<Entry[]> {
  const heads = await call('exams', null);
  return heads
    .filter((head) => head.id !== desk.exam?.head.id)
    .map((head) => ({
      id: `exam-${head.id}`,
      group: m.exams_title(),
      word: `${head.firm} · ${head.case_no}`,
      also: head.id,
      run: () => void change(head.id)
    }));
}

/** Everything that can be done from here. */
export async function entries(): Promise<Entry[]> {
  const [open, clauses] = await Promise.all([exams(), items()]);
  return [...inExam(), ...always(), ...open, ...clauses];
}
