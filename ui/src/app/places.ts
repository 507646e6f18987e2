/** Everything that the command palette can go to: asked of the host when the palette opens. */
import { call } from '../backend';
import { m } from '../i18n';
import { desk } from '../shared/state/desk.svelte';
import type { Entry } from './palette.svelte';

async function patterns(): Promise<Entry[]> {
  if (!desk.exam) return [];
  const list = await call('patterns', null);
  return list.map(({ code, finding }) => ({
    id: `pattern-${code}`,
    group: m.patterns_title(),
    word: `${code}　${finding.text}`,
    also: finding.clause,
    run: () => desk.go('patterns', { kind: 'pattern', code })
  }));
}

async function findings(): Promise<Entry[]> {
  if (!desk.exam) return [];
  return (await call('findings', null)).map(({ no, number, title }) => ({
    id: `finding-${no}`,
    group: m.stage_findings(),
    word: `${number}　${title}`,
    also: 'finding 缺失',
    run: () => desk.go('findings', { kind: 'finding', no })
  }));
}

async function procedures(): Promise<Entry[]> {
  if (!desk.exam) return [];
  return (await call('procedures', null)).map(({ id, title, family }) => ({
    id: `procedure-${id}`,
    group: m.stage_tests(),
    word: `${id}　${title}`,
    also: family,
    run: () => desk.go('tests', { kind: 'procedure', id })
  }));
}

async function evidence(): Promise<Entry[]> {
  if (!desk.exam) return [];
  return (await call('evidence', null)).map(({ id, number, name, source }) => ({
    id: `evidence-${id}`,
    group: m.stage_evidence(),
    word: `${number}　${name}`,
    also: source,
    run: () => desk.go('evidence', { kind: 'evidence', id })
  }));
}

async function papers(): Promise<Entry[]> {
  if (!desk.exam) return [];
  return (await call('review', null)).papers.map(({ paper, title }) => ({
    id: `paper-${paper}`,
    group: m.stage_review(),
    word: `${paper}　${title}`,
    also: 'paper 底稿',
    run: () => desk.go('review', { kind: 'paper', paper })
  }));
}

async function datasets(): Promise<Entry[]> {
  if (!desk.exam) return [];
  return (await call('datasets', null)).map(({ key, zh }) => ({
    id: `dataset-${key}`,
    group: m.data_tab_rows(),
    word: zh,
    also: key,
    run: () => desk.go('data', { kind: 'rows', dataset: key })
  }));
}

async function items(): Promise<Entry[]> {
  if (!desk.exam) return [];
  const { documents } = await call('checklist', null);
  const whole = documents.map((document): Entry => {
    const clause = document.chapters.find((chapter) => chapter.items.length)?.items[0]?.clause ?? '';
    return {
      id: `document-${document.code}`,
      group: m.palette_documents(),
      word: document.title,
      also: document.code,
      run: () => desk.go('items', { kind: 'item', clause })
    };
  });
  const clauses = documents.flatMap((document) =>
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
  return [...whole, ...clauses];
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

/** Everything that can be gone to, in the order in which it is offered. */
export async function places(): Promise<Entry[]> {
  const asked = [exams(), findings(), procedures(), datasets(), evidence(), papers(), patterns(), items()];
  return (await Promise.all(asked)).flat();
}
