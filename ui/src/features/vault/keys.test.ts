import { expect, test } from 'vitest';
import { PASSPHRASE } from '../../backend/fake';
import { desk } from '../../shared/state/desk.svelte';
import { fill, get, has, openWindow, press, requests, unlock, until } from '../../shared/testing/window';

async function open(): Promise<ReturnType<typeof openWindow>> {
  const window = openWindow();
  await unlock();
  await press('keys-open');
  await get('key-passphrase');
  return window;
}

const disabled = async (id: string): Promise<boolean> => ((await get(id)) as HTMLButtonElement).disabled;

test('the passphrase is changed only by who knows the one of now', async () => {
  const { calls } = await open();
  await press('keys-passphrase');
  for (const id of ['key-new-passphrase', 'key-new-repeat']) await fill(id, 'a quiet harbour lane');
  await fill('key-proof', '不是這個');
  await press('key-do');
  expect((await get('keys-error')).dataset.code).toBe('wrong_proof');
  expect(((await get('key-proof')) as HTMLInputElement).value).toBe('');
  await fill('key-proof', PASSPHRASE);
  await press('key-do');
  await until(() => expect(has('key-act')).toBe(false));
  expect(requests(calls, 'passphrase_change').at(-1)).toEqual({
    proof: PASSPHRASE,
    passphrase: 'a quiet harbour lane'
  });
});

test('a holder of an escrow key is added with a name, listed, and taken away', async () => {
  await open();
  await press('keys-escrow');
  await fill('key-proof', PASSPHRASE);
  expect(await disabled('key-do')).toBe(true);
  await fill('key-label', '稽核室');
  await fill('key-recipient', 'age1hsxundr37aphvuhdzt0hm2v6uqhlt5jrgrkd87ykj5dg5tzq4pyqmjlerl');
  await press('key-do');
  expect((await get('key-escrow-00000002')).textContent).toContain('稽核室');
  await press('key-remove-escrow-00000002');
  await fill('key-proof', PASSPHRASE);
  await press('key-do');
  await until(() => expect(has('key-escrow-00000002')).toBe(false));
});

test('a renewed recovery identity is typed back; until then the passphrase is the last way in', async () => {
  await open();
  expect(await disabled('key-remove-passphrase')).toBe(false);
  await press('keys-recovery');
  await fill('key-proof', PASSPHRASE);
  await press('key-do');
  const shown = [...(await get('recovery-text')).querySelectorAll('li')].map(
    (li) => li.textContent?.replace(/^\d+/, '').trim() ?? ''
  );
  await press('recovery-written');
  for (const n of [2, 5, 9]) await fill(`recovery-group-${n}`, shown[n - 1] ?? '');
  await press('recovery-confirm');
  await get('key-recovery');
  expect(desk.vault?.recovery_confirmed).toBe(true);
  await press('key-remove-recovery');
  await fill('key-proof', PASSPHRASE);
  await press('key-do');
  await until(() => expect(has('key-recovery')).toBe(false));
  expect(await disabled('key-remove-passphrase')).toBe(true);
});

test('a vault that this login may open opens without a passphrase', async () => {
  await open();
  await press('keys-keystore');
  await fill('key-proof', PASSPHRASE);
  await press('key-do');
  await get('key-keystore');
  expect(has('keys-keystore')).toBe(false);
  await desk.lock();
  await press('vault-keystore');
  await get('exam-open-e1');
});

test('the keys are not shown while the vault is locked', async () => {
  await open();
  await desk.lock();
  await get('vault-passphrase');
  expect(has('keys')).toBe(false);
});
