import { expect, test } from 'vitest';
import type { FoundView } from '../../backend';
import { faults } from '../../shared/testing/faults';
import { get, has, openExam, openWindow, press, unlock, until, user } from '../../shared/testing/window';

const DAMAGED: FoundView = {
  kind: 'pages',
  database: 'e1',
  file: 'exams/e1.db',
  pages: [3],
  tables: ['ds_accounts'],
  number: null,
  message: 'exams/e1.db 之第 3 頁驗證碼不符；涉及 ds_accounts。',
  hint: '請以最近一次經驗證之備份還原。'
};

test('after unlocking the vault is verified beside the work, and the strip says that it is whole', async () => {
  const { calls } = openWindow();
  await unlock();
  await until(async () => expect((await get('integrity-open')).dataset.state).toBe('whole'));
  expect((await get('integrity-open')).textContent).toContain('完整');
  expect(calls.filter(([name]) => name === 'integrity_start')).toHaveLength(1);
  await press('integrity-open');
  expect((await get('integrity-none')).textContent).toContain('相符');
  expect(await faults()).toEqual([]);
});

test('opening an exam begins no second look, and its strip says the same', async () => {
  const { calls } = openWindow();
  await openExam();
  await until(async () => expect((await get('integrity-open')).dataset.state).toBe('whole'));
  expect(calls.filter(([name]) => name === 'integrity_start')).toHaveLength(1);
});

test('what is damaged is counted in the strip and listed with its file and what to do', async () => {
  openWindow({ found: [DAMAGED] });
  await unlock();
  await until(async () => expect((await get('integrity-open')).textContent).toContain('問題 1'));
  await user.click(await get('integrity-open'));
  const line = await get('integrity-found-0');
  expect(line.textContent).toContain('exams/e1.db');
  expect(line.textContent).toContain('備份');
  expect(await faults()).toEqual([]);
});

test('locking takes the strip away, and the next unlocking looks again', async () => {
  const { calls } = openWindow();
  await unlock();
  await get('integrity-open');
  await press('lock');
  await until(() => expect(has('integrity-open')).toBe(false));
  await unlock();
  await get('integrity-open');
  expect(calls.filter(([name]) => name === 'integrity_start')).toHaveLength(2);
});
