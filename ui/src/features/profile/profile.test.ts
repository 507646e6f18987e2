import { expect, test } from 'vitest';
import type { ProfileChangeView } from '../../backend';
import { get, has, openExam, openWindow, press, requests, until, user } from '../../shared/testing/window';

test('a changed fact shows what would change before it is saved, and is saved on confirmation', async () => {
  const { calls } = openWindow();
  await openExam();
  const before = (await get('count-applicable')).textContent;
  await press('fact-colo-no');
  await until(() => expect(document.body.textContent).toContain('個項目的適用性會改變'));
  expect(requests(calls, 'profile_set')).toHaveLength(0);
  expect((await get('count-applicable')).textContent).not.toBe(before);
  await press('profile-save');
  await until(() => expect(has('profile-save')).toBe(false));
  expect(requests(calls, 'profile_set')).toEqual([
    { facts: [{ code: 'colo', value: false, basis: '115.03.02 進場會議' }], systems: null }
  ]);
});

test('Y, N and U answer the fact in hand; an answer as saved is no change', async () => {
  openWindow();
  await openExam();
  await press('fact-swift-unknown');
  await user.keyboard('n');
  expect((await get('fact-swift-no')).getAttribute('aria-pressed')).toBe('true');
  await user.keyboard('y');
  expect((await get('fact-swift-yes')).getAttribute('aria-pressed')).toBe('true');
  await user.keyboard('u');
  expect(has('profile-save')).toBe(false);
});

test('a letter typed as a basis answers nothing', async () => {
  openWindow();
  await openExam();
  await user.click(await get('fact-swift-basis'));
  await user.keyboard('n y');
  expect((await get('fact-swift-unknown')).getAttribute('aria-pressed')).toBe('true');
});

test('a system is added to the register and saved with it', async () => {
  const { calls } = openWindow();
  await openExam();
  await press('system-add');
  const name = await get('system-name-3');
  await user.type(name, '行情系統');
  await user.tab();
  await press('profile-save');
  await until(() => expect(requests(calls, 'profile_set')).toHaveLength(1));
  const [saved] = requests(calls, 'profile_set') as { systems: { name: string }[] }[];
  expect(saved?.systems.map((system) => system.name)).toContain('行情系統');
});

test('a suggestion fills the draft when it is pressed, and is saved only when somebody saves', async () => {
  const { calls } = openWindow();
  await openExam();
  expect((await get('remarks')).textContent).toContain('「人事差勤系統」尚未填資安評估分類');
  expect(has('profile-save')).toBe(false);
  await press('remark-fill-0');
  await until(async () => expect((await get('remarks')).textContent).toContain('已帶入'));
  expect(((await get('system-2-asmt_class')) as HTMLSelectElement).value).toBe('3');
  expect(requests(calls, 'profile_set')).toHaveLength(0);
  await press('profile-save');
  await until(() => expect(has('remarks')).toBe(false));
});

test('what changes is listed by what becomes of it, answers that would be left over first', async () => {
  openWindow({
    change: (name, answer) => {
      if (name !== 'profile_preview') return;
      const { changes } = answer as ProfileChangeView;
      changes[0]!.answered = true;
      Object.assign(changes[1]!, { from: 'not_applicable', to: 'applicable' });
      Object.assign(changes[2]!, { from: 'applicable', to: 'undetermined' });
    }
  });
  await openExam();
  await press('fact-colo-no');
  await get('change-group-kept');
  const groups = [...document.querySelectorAll<HTMLElement>('[data-testid^=change-group-]')];
  expect(groups.map((group) => group.dataset.testid)).toEqual(
    ['kept', 'applies', 'open', 'gone'].map((group) => `change-group-${group}`)
  );
  expect(groups[0]?.textContent).toContain('已作答而不再適用（保留答案）');
  expect(groups[0]?.querySelectorAll('li')).toHaveLength(1);
});
