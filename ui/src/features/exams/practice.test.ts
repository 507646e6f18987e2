import { screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { desk } from '../../shared/state/desk.svelte';
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

const PASSPHRASE = '清晨五點的港邊小巷';

/** Makes the invented vault from an empty folder; gives how often somebody presses for it. */
async function fromNothing(): Promise<number> {
  await fill('vault-passphrase', PASSPHRASE);
  await fill('vault-repeat', PASSPHRASE);
  await press('vault-create');
  const groups = [...(await get('recovery-text')).querySelectorAll('li')].map((li) =>
    li.lastChild!.textContent!.trim()
  );
  await press('recovery-written');
  for (const field of document.querySelectorAll<HTMLElement>('[data-testid^=recovery-group-]'))
    await user.type(field, groups[Number(field.dataset.testid!.replace('recovery-group-', '')) - 1]!);
  await press('recovery-confirm');
  await get('first-steps');
  return 3;
}

test('from an empty folder to a useful screen it takes four presses; the steps go with the first exam', async () => {
  openWindow({ empty: true });
  await get('vault-create');
  const presses = await fromNothing();
  expect((await get('first-steps')).querySelectorAll('li').length).toBe(3);
  await press('practice-make');
  await get('practice-band');
  expect(presses + 1).toBe(4);
  expect(desk.exam?.head.practice).toBe(true);
  expect((await get('practice-mark')).textContent).toContain('範例');
  await press('exams-back');
  await get('practice-leave-open');
  expect(has('first-steps')).toBe(false);
});

test('the three steps are accessible', async () => {
  openWindow({
    change: (name, answer) => {
      if (name === 'exams') (answer as unknown[]).length = 0;
    }
  });
  await fill('vault-passphrase', PASSPHRASE);
  await press('vault-unlock');
  await get('first-steps');
  expect(await faults()).toEqual([]);
});

test('the other way begins with the name of the firm', async () => {
  openWindow({ empty: true });
  await get('vault-create');
  await fromNothing();
  await press('first-new');
  expect(document.activeElement).toBe(await get('exam-firm'));
});

test('the practice exam goes after one question, and no other exam can', async () => {
  const { calls } = openWindow();
  await unlock();
  await press('palette-open');
  await user.type(await get('palette-input'), '三步驟');
  await user.click(await screen.findByText('建立範例查核案'));
  await get('practice-band');
  await press('exams-back');
  await get('practice-leave-open');
  expect(document.querySelectorAll('[data-testid=practice-leave-open]').length).toBe(1);
  const id = 'practice-000102030405';
  expect(has(`exam-keeping-${id}`)).toBe(false);
  await press('practice-leave-open');
  expect(requests(calls, 'practice_remove')).toEqual([]);
  await press('practice-leave-go');
  await until(() => expect(has(`exam-practice-${id}`)).toBe(false));
  expect(requests(calls, 'practice_remove')).toEqual([{ exam: id }]);
  expect(has('exam-keeping-e1')).toBe(true);
});

test('broken off, nothing of it is there, and nothing is complained about', async () => {
  openWindow({ empty: true });
  await get('vault-create');
  await fromNothing();
  await press('practice-make');
  const stop = document.querySelector<HTMLElement>('[data-testid=practice-stop]');
  stop?.click();
  await until(() => expect(has('practice-making')).toBe(false));
  if (stop) await get('first-steps');
  expect(has('practice-error')).toBe(false);
});
