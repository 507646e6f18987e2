import { expect, test } from 'vitest';
import { fakeCard, fingerprintOf } from '../../backend/fake/contacts';
import { faults } from '../../shared/testing/faults';
import {
  fill,
  get,
  has,
  openWindow,
  press,
  requests,
  unlock,
  until,
  user
} from '../../shared/testing/window';

async function opened(): Promise<{ calls: [string, unknown][] }> {
  const { calls } = openWindow();
  await unlock();
  await press('contacts-open');
  await get('card-fingerprint');
  return { calls };
}

async function paste(card: string): Promise<void> {
  await user.click(await get('contact-text'));
  await user.paste(card);
}

const mei = fakeCard({ name: '陳美麗', unit: '期交所', key: 'mei' });
const changed = fakeCard({ name: '查核人員乙', unit: '證交所', key: 'other' });

test('the own card shows its text, picture and six groups, and takes another name', async () => {
  await opened();
  expect((await get('card-fingerprint')).querySelectorAll('.digits')).toHaveLength(6);
  expect((await get('card-picture')).querySelector('path')?.getAttribute('d')).toContain('h1v1h-1z');
  await get('card-unchosen');
  const before = ((await get('card-text')) as HTMLTextAreaElement).value;
  expect(before.startsWith('fieldbook-card:1:')).toBe(true);
  await fill('card-name', '王小明');
  await press('card-set');
  await until(async () => expect(((await get('card-text')) as HTMLTextAreaElement).value).not.toBe(before));
  expect(has('card-unchosen')).toBe(false);
  expect(await faults()).toEqual([]);
});

test('a pasted card is looked at at once, added, and then compared', async () => {
  const { calls } = await opened();
  await paste(mei);
  expect((await get('contact-look')).dataset['standing']).toBe('new');
  expect(requests(calls, 'contact_add')).toEqual([]);
  await press('contact-add');
  const row = await get('contact-3');
  expect(row.dataset['state']).toBe('pinned');
  expect(row.textContent).toContain('指紋未核對');
  expect(((await get('contact-text')) as HTMLTextAreaElement).value).toBe('');
  await press('contact-3-compare');
  await get('compare');
  expect((await get('compare-yes')) as HTMLButtonElement).toHaveProperty('disabled', true);
  expect(await faults()).toEqual([]);
  await press('compare-same');
  await press('compare-yes');
  await until(async () => expect((await get('contact-3')).dataset['state']).toBe('verified'));
  expect(requests(calls, 'contact_verify')).toEqual([
    { contact: 3, fingerprint: fingerprintOf('mei').join(' ') }
  ]);
});

test('a damaged card and one without a card say so, and nothing can be added', async () => {
  await opened();
  await paste(mei.slice(0, -7));
  expect((await get('contact-look-error')).textContent).toContain('名片不完整');
  expect(has('contact-add')).toBe(false);
  await fill('contact-text', '您好');
  await until(async () => expect((await get('contact-look-error')).dataset['code']).toBe('card_none'));
});

test('a changed key is not dealt with in haste', async () => {
  const { calls } = await opened();
  await paste(changed);
  expect((await get('contact-look')).dataset['standing']).toBe('key_changed');
  expect(has('contact-add')).toBe(false);
  await press('contact-deal');
  // The groups that are asked for are not on the screen.
  const groups = fingerprintOf('other');
  const shown = (await get('change-new')).textContent;
  expect([shown.includes(groups[0]!), shown.includes(groups[1]!), shown.includes(groups[4]!)]).toEqual([
    true,
    false,
    false
  ]);
  expect(await faults()).toEqual([]);
  const button = async (): Promise<HTMLButtonElement> => (await get('change-do')) as HTMLButtonElement;
  expect((await button()).disabled).toBe(true);
  await fill('change-group-2', groups[1]!);
  await fill('change-group-5', '12345');
  expect((await button()).disabled).toBe(true);
  await fill('change-reason', '換電腦{Enter}');
  expect(requests(calls, 'contact_change_key')).toEqual([]);
  await press('change-do');
  expect((await get('contacts-error')).textContent).toContain('指紋不相符');
  await fill('change-group-5', groups[4]!);
  await press('change-do');
  await until(async () => expect((await get('contact-1')).dataset['state']).toBe('pinned'));
  expect((await get('contact-1')).textContent).toContain('曾變更金鑰 1 次');
});

test('leaving a changed key leaves everything as it was', async () => {
  const { calls } = await opened();
  await paste(changed);
  await press('contact-deal');
  await fill('change-reason', '換電腦');
  const dialog = document.querySelector('dialog')!;
  dialog.dispatchEvent(new Event('cancel', { cancelable: true }));
  expect((await get('contact-1')).dataset['state']).toBe('verified');
  expect(requests(calls, 'contact_change_key')).toEqual([]);
});

test('a contact goes only after a second word, and the window opens from the settings too', async () => {
  const { calls } = await opened();
  await press('contact-2-remove');
  await press('contact-remove-no');
  expect(requests(calls, 'contact_remove')).toEqual([]);
  await press('contact-2-remove');
  await press('contact-remove-yes');
  await until(() => expect(has('contact-2')).toBe(false));
  await user.click(document.querySelector('dialog .close')!);
  await press('settings-open');
  await press('settings-contacts');
  await get('contact-1');
});

const turn = (keys: string): Promise<void> => user.keyboard(`{Control>}${keys}{/Control}`);
const text = async (id: string): Promise<string> => (await get(id)).textContent.replace(/\s+/g, ' ').trim();
const closed = (): Promise<void> => user.click(document.querySelector('dialog .close')!);

test('whose card was added is taken off the list again and brought back, and it is said', async () => {
  const { calls } = await opened();
  expect(has('contacts-undo')).toBe(false);
  await paste(mei);
  await press('contact-add');
  await get('contact-3');
  expect(await text('contacts-undo')).toContain('復原：加入往來對象 陳美麗');
  // In the text the keys belong to the text.
  await user.click(await get('contact-text'));
  await turn('z');
  expect(has('contact-3')).toBe(true);
  (await get('contact-browse')).focus();
  await turn('z');
  await until(() => expect(has('contact-3')).toBe(false));
  expect(await text('contacts-told')).toBe('✓ 已將 陳美麗 移出名單。');
  expect(requests(calls, 'contact_remove')).toEqual([{ contact: 3 }]);
  expect(has('contacts-undo')).toBe(false);
  await closed();
  await press('contacts-open');
  await press('contacts-redo');
  const row = await get('contact-3');
  expect(row.dataset['state']).toBe('pinned');
  expect((await get('contact-3-fingerprint')).textContent).toContain(fingerprintOf('mei')[0]);
  expect(await text('contacts-told')).toContain('已加入 陳美麗；接著請核對指紋。');
  expect(await text('contacts-undo')).toContain('陳美麗');
  expect(await faults()).toEqual([]);
});

test('who was compared or removed since is not taken off by a key', async () => {
  const { calls } = await opened();
  await paste(mei);
  await press('contact-add');
  await get('contacts-undo');
  await press('contact-3-compare');
  expect(await text('compare')).toContain('登錄後不能復原');
  await press('compare-same');
  await press('compare-yes');
  await until(async () => expect((await get('contact-3')).dataset['state']).toBe('verified'));
  expect(has('contacts-undo')).toBe(false);
  await turn('z');
  expect(requests(calls, 'contact_remove')).toEqual([]);
  await paste(fakeCard({ name: '林大同', unit: '', key: 'lin' }));
  await press('contact-add');
  await get('contacts-undo');
  await press('contact-4-remove');
  expect(await text('contacts-list')).toContain('移除 林大同？不能復原：');
  await press('contact-remove-yes');
  await until(() => expect(has('contact-4')).toBe(false));
  expect(has('contacts-undo')).toBe(false);
  expect(has('contacts-redo')).toBe(false);
});

test('another card in the file of who was taken off is not brought in', async () => {
  let swapped = false;
  const { calls } = openWindow({
    change: (name, answer) => {
      if (name === 'contact_look' && swapped)
        Object.assign(answer as object, { fingerprint: fingerprintOf('somebody else') });
    }
  });
  await unlock();
  await press('contacts-open');
  await press('contact-browse');
  await press('contact-add');
  await press('contacts-undo');
  await until(() => expect(has('contact-3')).toBe(false));
  swapped = true;
  await press('contacts-redo');
  expect((await get('contacts-error')).textContent).toContain('這張名片已與當時加入者不同');
  expect(requests(calls, 'contact_add')).toHaveLength(1);
  expect(has('contact-3')).toBe(false);
});

test('the name on the own card is taken back once there was a chosen one, but not over a name being written', async () => {
  const { calls } = await opened();
  const named = async (): Promise<string> => ((await get('card-name')) as HTMLInputElement).value;
  expect(await text('card-unchosen')).toContain('不再隨查核人員自動帶入');
  await fill('card-name', '王小明');
  await press('card-set');
  await until(() => expect(has('card-unchosen')).toBe(false));
  expect(has('contacts-undo')).toBe(false);
  await fill('card-name', '王曉明');
  await press('card-set');
  await until(async () => expect(await text('contacts-undo')).toContain('復原：名片上的姓名與單位'));
  await fill('card-unit', '查核部');
  expect(has('contacts-undo')).toBe(false);
  (await get('card-copy')).focus();
  await turn('z');
  expect(requests(calls, 'contact_card_set')).toHaveLength(2);
  await fill('card-unit', '證交所券商輔導部');
  await press('contacts-undo');
  await until(async () => expect(await named()).toBe('王小明'));
  await turn('y');
  await until(async () => expect(await named()).toBe('王曉明'));
  expect(requests(calls, 'contact_card_set').at(-1)).toEqual({ name: '王曉明', unit: '證交所券商輔導部' });
});
