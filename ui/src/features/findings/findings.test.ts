import { expect, test } from 'vitest';
import { fill, get, has, openExam, openWindow, press, requests, until } from '../../shared/testing/window';

test('a finding needs words and a clause; the clause is quoted, not written', async () => {
  const { calls } = openWindow();
  await openExam('findings');
  await press('finding-new');
  await fill('finding-title', '防火牆紀錄未完整保存');
  await fill('finding-condition', '抽查 25 日，其中 3 日無紀錄。');
  expect(((await get('finding-save-draft')) as HTMLButtonElement).disabled).toBe(true);
  await fill('finding-clauses', 'col-d4.2');
  await press('finding-cite');
  await until(async () => expect((await get('finding-criteria')).textContent).toContain('三年'));
  await press('finding-save-draft');
  await get('finding-1');
  expect(requests(calls, 'finding_save')).toEqual([
    expect.objectContaining({ no: 0, clauses: ['COL-D4.2'], status: 'draft', title: '防火牆紀錄未完整保存' })
  ]);
});

test('a finding is made final, and withdrawn only with a reason', async () => {
  const { calls } = openWindow();
  await openExam('findings');
  await press('finding-new');
  await fill('finding-title', '甲');
  await fill('finding-condition', '乙');
  await fill('finding-clauses', 'COL-D4.2');
  await press('finding-cite');
  await until(async () =>
    expect(((await get('finding-save-final')) as HTMLButtonElement).disabled).toBe(false)
  );
  await press('finding-save-final');
  await until(async () => expect((await get('finding-1')).dataset.status).toBe('final'));
  await press('finding-withdraw');
  expect(((await get('withdraw-confirm')) as HTMLButtonElement).disabled).toBe(true);
  await fill('withdraw-reason', '受查單位補件後查明');
  await press('withdraw-confirm');
  await until(async () => expect((await get('finding-1')).dataset.status).toBe('withdrawn'));
  expect(has('finding-withdraw')).toBe(false);
  expect(requests(calls, 'finding_withdraw')).toEqual([{ no: 1, reason: '受查單位補件後查明' }]);
});

test('words of an unsaved finding stay when another stage is looked at, and a complete one is saved before locking', async () => {
  const { calls } = openWindow();
  await openExam('findings');
  await press('finding-new');
  await fill('finding-title', '甲');
  await press('stage-outputs');
  await press('stage-findings');
  expect(((await get('finding-title')) as HTMLInputElement).value).toBe('甲');
  await fill('finding-condition', '乙');
  await fill('finding-clauses', 'COL-D4.2');
  await press('finding-cite');
  await until(async () => expect((await get('finding-criteria')).textContent).toContain('三年'));
  expect(requests(calls, 'finding_save')).toHaveLength(0);
  await press('lock');
  await get('vault-passphrase');
  expect(requests(calls, 'finding_save')).toEqual([
    expect.objectContaining({ title: '甲', status: 'draft' })
  ]);
});
