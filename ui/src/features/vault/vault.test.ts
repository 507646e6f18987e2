import { expect, test } from 'vitest';
import { desk } from '../../shared/state/desk.svelte';
import { fill, get, openWindow, press, requests, unlock, until, user } from '../../shared/testing/window';

const strength = async (): Promise<HTMLElement> => get('strength');
const disabled = async (id: string): Promise<boolean> => ((await get(id)) as HTMLButtonElement).disabled;

test('the strength of a passphrase is said while it is typed, and a weak one makes no vault', async () => {
  const { calls } = openWindow({ empty: true });
  await fill('vault-dir', '/vault');
  await fill('vault-passphrase', '清晨五點');
  await until(async () => expect((await strength()).textContent).toContain('還差 4 個字元'));
  await fill('vault-passphrase', 'aaaaaaaaaaaaaa');
  await fill('vault-repeat', 'aaaaaaaaaaaaaa');
  await until(async () => expect((await strength()).textContent).toContain('重複的字容易猜到'));
  expect(await disabled('vault-create')).toBe(true);
  for (const id of ['vault-passphrase', 'vault-repeat']) await fill(id, '清晨五點的港邊小巷有貓');
  await until(async () => expect((await strength()).dataset.score).toBe('3'));
  await until(async () => expect(await disabled('vault-create')).toBe(false));
  expect(requests(calls, 'vault_create')).toHaveLength(0);
});

test('a passphrase is shown for input methods, and the press that ends a composition opens nothing', async () => {
  const { calls } = openWindow();
  const field = (await get('vault-passphrase')) as HTMLInputElement;
  expect(field.type).toBe('password');
  await press('vault-passphrase-show');
  expect(field.type).toBe('text');
  expect(document.activeElement).toBe(field);
  expect([field.autocomplete, field.getAttribute('spellcheck')]).toEqual(['off', 'false']);
  await fill('vault-passphrase', '清晨');
  const ending = new KeyboardEvent('keydown', {
    key: 'Enter',
    keyCode: 229,
    bubbles: true,
    cancelable: true
  });
  expect(field.dispatchEvent(ending)).toBe(false);
  expect(requests(calls, 'vault_unlock')).toHaveLength(0);
  await press('vault-passphrase-show');
  expect(field.type).toBe('password');
});

test('Caps Lock is told of while it is on', async () => {
  openWindow();
  const field = await get('vault-passphrase');
  const press = (on: boolean): boolean =>
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true, modifierCapsLock: on }));
  press(true);
  await until(() => expect(document.body.textContent).toContain('大寫鎖定'));
  press(false);
  await until(() => expect(document.body.textContent).not.toContain('大寫鎖定'));
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
