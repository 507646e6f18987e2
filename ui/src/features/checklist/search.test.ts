import { expect, test } from 'vitest';
import { makeFake, PASSPHRASE } from '../../backend/fake';
import type { ChecklistView, ItemLineView } from '../../backend';
import { SearchIndex } from './search';

async function checklist(): Promise<ChecklistView> {
  const host = makeFake();
  await host.call('vault_unlock', { dir: 'D:\\查核\\簿', passphrase: PASSPHRASE });
  await host.call('exam_open', { exam: 'e1' });
  return host.call('checklist', null);
}
const all = (view: ChecklistView): ItemLineView[] =>
  view.documents.flatMap((document) => document.chapters.flatMap((chapter) => chapter.items));
const found = (view: ChecklistView, query: string): string[] => {
  const hit = new SearchIndex(view).finder(query);
  return all(view)
    .filter(hit)
    .map((line) => line.clause);
};

test('a clause is found by its words however they are spelled', async () => {
  const view = await checklist();
  const expected = ['COL-D7.1', 'COL-D7.3', 'COL-G6.1', 'COL-G6.2'];
  for (const query of ['稽核紀錄管理', '稽核記錄管理', '稽核　紀錄 管理'])
    expect(found(view, query)).toEqual(expect.arrayContaining(expected));
  expect(found(view, '每半年一次 弱點掃瞄')).toContain('COL-G10.1');
  expect(found(view, '每半年乙次 弱點掃描')).toContain('COL-G10.1');
  expect(found(view, '台灣期貨交易所')).toEqual(found(view, '臺灣期貨交易所'));
});

test('ids, labels and topics are searched too', async () => {
  const view = await checklist();
  expect(found(view, 'col-d6.1')).toEqual(['COL-D6.1']);
  expect(found(view, '第六條第七款')).toEqual(['BSL-6.7']);
  const topic = view.topics.find((t) => t.title.includes('離職'))!;
  const of = all(view).filter((line) => line.topics.includes(topic.code));
  expect(of.length).toBeGreaterThan(0);
  expect(found(view, topic.title)).toEqual(expect.arrayContaining(of.map((line) => line.clause)));
});

test('a note is found after it was written', async () => {
  const view = await checklist();
  const hit = new SearchIndex(view).finder('機房訪談');
  const line = all(view)[0]!;
  expect(hit(line)).toBe(false);
  expect(hit({ ...line, notes: '機房 訪談紀錄' })).toBe(true);
});

test('every key press over all items comes back with an answer', async () => {
  const view = await checklist();
  const index = new SearchIndex(view);
  const lines = all(view);
  const typed = '防火牆進出紀錄及其備份';
  const counts = [...typed].map((_, n) => lines.filter(index.finder(typed.substring(0, n + 1))).length);
  expect(lines.length).toBeGreaterThan(300);
  expect(counts.at(-1)).toBeGreaterThan(0);
  expect(counts).toEqual([...counts].sort((a, b) => b - a));
  expect(lines.filter(index.finder('並無此語'))).toHaveLength(0);
});
