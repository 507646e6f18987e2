import { expect, test } from 'vitest';
import { desk } from '../../shared/state/desk.svelte';
import { fill, get, openWindow, press, requests, unlock, user } from '../../shared/testing/window';
import { strength } from './strength';

test('a passphrase below twelve characters says how many are missing, Han characters count as one', () => {
  expect(strength('清晨五點').left).toBe(8);
  expect(strength('aaaaaaaaaaaaaaaaaaaa').good).toBe(false);
  expect(strength('清晨五點的港邊小巷有貓有雨傘和燈').good).toBe(true);
});

test('a wrong passphrase is said in two lines, the field is empty and has the focus', async () => {
  openWindow();
  await fill('vault-passphrase', '不是這個通行碼吧一二三');
  await press('vault-unlock');
  const error = await get('error');
  expect(error.dataset.code).toBe('wrong_passphrase');
  expect(error.querySelectorAll('p')).toHaveLength(2);
  const field = (await get('vault-passphrase')) as HTMLInputElement;
  expect(field.value).toBe('');
  expect(document.activeElement).toBe(field);
});

test('a vault is made only with two equal passphrases, and opens only after the recovery identity was typed back', async () => {
  const { calls } = openWindow({ empty: true });
  await fill('vault-dir', '/vault');
  await fill('vault-passphrase', 'a quiet harbour lane');
  await fill('vault-repeat', 'a quiet harbour lame');
  expect(((await get('vault-create')) as HTMLButtonElement).disabled).toBe(true);
  await fill('vault-repeat', 'a quiet harbour lane');
  await press('vault-create');
  const shown = [...(await get('recovery-text')).querySelectorAll('li')].map(
    (li) => li.textContent?.replace(/^\d+/, '').trim() ?? ''
  );
  await press('recovery-written');
  for (const n of [2, 5, 9]) await fill(`recovery-group-${n}`, n === 5 ? 'WRONG' : (shown[n - 1] ?? ''));
  await press('recovery-confirm');
  expect((await get('error')).dataset.code).toBe('recovery_mismatch');
  expect(desk.vault).toBeNull();
  await fill('recovery-group-5', (shown[4] ?? '').toLowerCase());
  await press('recovery-confirm');
  await get('exam-create');
  expect(requests(calls, 'vault_confirm_recovery')).toHaveLength(2);
});

test('locking takes everything off the desk', async () => {
  openWindow();
  await unlock();
  await press('exam-open-e1');
  await get('count-applicable');
  await press('lock');
  await get('vault-passphrase');
  expect(desk.exam).toBeNull();
  expect(document.body.textContent).not.toContain('甲乙綜合證券');
});

test('when the host says that it is locked, the window asks for the passphrase', async () => {
  openWindow();
  await unlock();
  const { call } = await import('../../backend');
  await call('vault_lock', null);
  await user.click(await get('exam-open-e1'));
  expect((await get('vault-passphrase')).closest('form')?.textContent).toContain('已上鎖');
});
