import axe from 'axe-core';
import { screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { ReperformView, RunRequest } from '../../backend';
import { get, has, openExam, openWindow, press, requests, until, user } from '../../shared/testing/window';

/** Colours are computed elsewhere; this document has no layout. */
async function faults(): Promise<string[]> {
  const result = await axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
  return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.substring(0, 120)).join(' | ')}`);
}

document.documentElement.lang = 'zh-Hant-TW';
document.title = '查核簿';

const text = async (id: string): Promise<string> => (await get(id)).textContent.replace(/\s+/g, ' ').trim();

test('while procedures run, one line says which, which of how many, and how to break it off', async () => {
  openWindow();
  await openExam('tests');
  await press('run-all');
  expect(await text('run-line')).toMatch(/正在執行 T-[A-Z]+-\d+ \S+ \d \/ 6 中止 S$/);
  const bar = (await get('run-bar')) as HTMLProgressElement;
  expect(bar.max).toBe(6);
  expect(bar.value).toBeGreaterThan(0);
  expect(((await get('run-all')) as HTMLButtonElement).disabled).toBe(true);
  expect(await text('job')).toBe('');
  expect(await faults()).toEqual([]);
  await until(() => expect(has('run-line')).toBe(false));
  expect(has('run-broken')).toBe(false);
});

test('S breaks it off, Escape does not; what did not run is named and can be run', async () => {
  const { calls } = openWindow();
  await openExam('tests');
  await press('run-all');
  await get('run-line');
  await user.keyboard('{Escape}');
  expect(requests(calls, 'audit_cancel')).toHaveLength(0);
  await user.keyboard('s');
  expect(requests(calls, 'audit_cancel')).toEqual([null]);
  const line = await text('run-broken');
  const left = Number(/(\d) 項沒有執行/.exec(line)?.[1]);
  const ran = Number(/執行了 (\d) 項/.exec(line)?.[1]);
  expect(ran + left).toBe(6);
  expect(left).toBeGreaterThan(0);
  expect(line).toContain('T-ACC-09 契約到期之廠商帳號未收回');
  expect((await get('procedure-T-COL-05')).dataset.verdict).toBe('exceptions');
  expect((await get('procedure-T-ACC-09')).dataset.verdict).toBe('none');
  expect(await faults()).toEqual([]);
  await press('run-rest');
  await until(async () => expect((await get('procedure-T-ACC-09')).dataset.verdict).toBe('unknown'));
  expect((requests(calls, 'audit_run').at(-1) as RunRequest).procedures).toHaveLength(left);
  expect(has('run-broken')).toBe(false);
});

test('on another stage the status bar tells of the run and breaks it off', async () => {
  const { calls } = openWindow();
  await openExam('tests');
  await press('run-all');
  await get('run-line');
  await press('stage-findings');
  await until(async () => expect(await text('job')).toContain('/ 6'));
  await user.keyboard('{Escape}');
  expect(requests(calls, 'audit_cancel')).toHaveLength(0);
  await press('job-cancel');
  expect(requests(calls, 'audit_cancel')).toHaveLength(1);
  await until(async () => expect(await text('job')).toBe(''));
  await press('stage-tests');
  await get('run-broken');
});

async function ran(change?: (name: string, answer: unknown) => void): Promise<[string, unknown][]> {
  const { calls } = openWindow({ change });
  await openExam('tests');
  await press('run-all');
  await until(async () => expect((await get('procedure-T-COL-06')).dataset.verdict).toBe('exceptions'));
  await press('procedure-T-COL-06');
  return calls;
}

test('a run that is run again with the same result says so, and only for that run', async () => {
  const calls = await ran();
  expect(await text('latest-run')).toContain('查核人員甲');
  await user.keyboard('r');
  expect(await text('reperform-same')).toBe('✓ 結果相同');
  expect(requests(calls, 'audit_reperform')).toHaveLength(1);
  expect(await faults()).toEqual([]);
  await press('run-selected');
  await until(() => expect(has('reperform-same')).toBe(false));
});

test('differences are listed, some at a time', async () => {
  await ran((name, answer) => {
    if (name !== 'audit_reperform') return;
    const differences = Array.from({ length: 120 }, (_, n) => ({ kind: 'lacks', text: `少了第 ${n} 列` }));
    Object.assign(answer as ReperformView, { same: false, differences });
  });
  await press('reperform');
  expect(await text('reperform-differs')).toBe('≠ 結果不同，120 處：');
  expect(screen.getAllByTestId(/^difference-/)).toHaveLength(50);
  await user.click(screen.getByText('再列 50 處'));
  await user.click(screen.getByText('再列 20 處'));
  expect(await text('difference-119')).toBe('少了第 119 列');
  expect(has('reperform-same')).toBe(false);
  expect(await faults()).toEqual([]);
});

test('a run without anything to compare with has no button', async () => {
  openWindow();
  await openExam('tests');
  await get('procedure-T-COL-06');
  expect(has('reperform')).toBe(false);
});
