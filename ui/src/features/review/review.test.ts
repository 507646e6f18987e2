import { expect, test } from 'vitest';
import { faults } from '../../shared/testing/faults';
import {
  fill,
  get,
  has,
  openExam,
  openWindow,
  press,
  requests,
  until,
  user
} from '../../shared/testing/window';

const SECRETS = ['河口八號燈塔的貓', '山頂七號氣象站旁'];

async function opened(): Promise<[string, unknown][]> {
  const { calls } = openWindow();
  await openExam('review');
  await get('paper-C-COL');
  return calls;
}

async function as(examiner: number): Promise<void> {
  await press('examiner-open');
  await press(`examiner-${examiner}`);
  await until(() => expect(has(`examiner-${examiner}`)).toBe(false));
}

async function identity(examiner: number): Promise<void> {
  await fill('identity-passphrase', SECRETS[examiner]!);
  await fill('identity-repeat', SECRETS[examiner]!);
  await press('identity-make');
}

async function sign(role: 'preparer' | 'reviewer', examiner: number): Promise<void> {
  await press(`sign-${role}`);
  await until(() => expect(has('identity-make') || has('sign-go')).toBe(true));
  if (has('identity-make')) await identity(examiner);
  await fill('sign-passphrase', SECRETS[examiner]!);
  await press('sign-go');
}

const state = async (paper: string): Promise<string | undefined> =>
  (await get(`paper-${paper}`)).dataset.state;

test('signing asks for an identity first, whose passphrase is typed twice and long enough', async () => {
  const calls = await opened();
  expect((await get('identity-none')).textContent).toContain('查核人員甲');
  await press('paper-C-COL');
  await press('sign-preparer');
  await fill('identity-passphrase', '短');
  expect(((await get('identity-make')) as HTMLButtonElement).disabled).toBe(true);
  await fill('identity-passphrase', SECRETS[0]!);
  await fill('identity-repeat', '別的');
  expect((await get('identity')).textContent).toContain('兩次輸入不同');
  await fill('identity-repeat', SECRETS[0]!);
  await press('identity-make');
  await fill('sign-passphrase', '不是這個');
  await press('sign-go');
  expect((await get('sign-error')).dataset.code).toBe('wrong_passphrase');
  await fill('sign-passphrase', SECRETS[0]!);
  await press('sign-go');
  await until(async () => expect(await state('C-COL')).toBe('prepared'));
  expect((await get('identity-mine')).textContent).toMatch(/指紋 [0-9a-f]{4} /);
  expect(requests(calls, 'review_sign').at(-1)).toMatchObject({ papers: ['C-COL'], role: 'preparer' });
  expect((await get('signature-preparer')).textContent).toContain('簽章有效');
});

test('several papers are signed at once; who prepared them cannot review them, another examiner can', async () => {
  await opened();
  await press('paper-tick-C-COL');
  await press('paper-tick-F-00');
  await sign('preparer', 0);
  await until(async () => expect(await state('F-00')).toBe('prepared'));
  expect(((await get('paper-tick-F-00')) as HTMLInputElement).checked).toBe(false);
  await press('paper-F-00');
  await press('sign-reviewer');
  expect((await get('sign-doubt')).textContent).toContain('F-00');
  await fill('sign-passphrase', SECRETS[0]!);
  await press('sign-go');
  expect((await get('sign-error')).dataset.code).toBe('same_person');
  await user.click((await get('sign')).querySelector('button.btn:not(.primary)')!);
  await as(1);
  await press('paper-tick-F-00');
  await press('paper-tick-C-COL');
  await sign('reviewer', 1);
  await until(async () => expect(await state('C-COL')).toBe('reviewed'));
  expect((await get('signature-reviewer')).textContent).toContain('查核人員乙');
});

test('a paper that was changed after it was signed says so, and is opened again with a reason', async () => {
  const calls = await opened();
  await press('paper-C-COL');
  await sign('preparer', 0);
  await until(async () => expect(await state('C-COL')).toBe('prepared'));
  await press('stage-items');
  await fill('item-search', 'COL-D4.2');
  await press('item-COL-D4.2');
  await until(async () => expect((await get('item-pane')).dataset.clause).toBe('COL-D4.2'));
  await press('result-compliant');
  await get('answer-saved');
  await press('stage-review');
  await until(async () => expect((await get('paper-C-COL')).textContent).toContain('簽署後已變更'));
  await press('papers-attention');
  await press('paper-C-COL');
  expect((await get('paper-stale')).textContent).toContain('重新開啟');
  await press('paper-reopen');
  expect(((await get('reopen-confirm')) as HTMLButtonElement).disabled).toBe(true);
  await fill('reopen-reason', '補登結果');
  await press('reopen-confirm');
  await until(() => expect(has('reopen-confirm')).toBe(false));
  expect((await get('paper-pane')).textContent).toContain('第 2 版');
  expect((await get('paper-pane')).textContent).toContain('補登結果');
  expect(requests(calls, 'review_reopen')).toEqual([{ paper: 'C-COL', reason: '補登結果' }]);
});

test('a reviewed paper of findings locks their words until it is opened again', async () => {
  await opened();
  await press('paper-F-00');
  await sign('preparer', 0);
  await until(async () => expect(await state('F-00')).toBe('prepared'));
  await as(1);
  await sign('reviewer', 1);
  await until(async () => expect(await state('F-00')).toBe('reviewed'));
  await press('stage-findings');
  await press('finding-new');
  await fill('finding-title', '甲');
  await fill('finding-condition', '乙');
  await fill('finding-clauses', 'COL-D4.2');
  await press('finding-cite');
  await press('finding-save-draft');
  const error = await get('error');
  expect(error.dataset.code).toBe('signed_off');
  expect(error.textContent).toContain('重新開啟');
});

test('a note is answered by one and cleared by another', async () => {
  await opened();
  await press('paper-C-COL');
  await as(1);
  await user.keyboard('n');
  await fill('note-text', '請補充母體。');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await until(async () => expect((await get('paper-C-COL')).textContent).toContain('意見 1'));
  await as(0);
  await press('note-1-reply');
  await fill('note-1-reply-text', '已補充。');
  await press('note-1-reply-send');
  await until(async () => expect((await get('note-1')).textContent).toContain('已補充。'));
  await press('note-1-clear');
  await press('note-1-clear-send');
  expect((await get('error')).dataset.code).toBe('same_person');
  await as(1);
  await press('note-1-clear-send');
  await until(async () => expect((await get('note-1')).dataset.state).toBe('cleared'));
  expect((await get('paper-C-COL')).textContent).not.toContain('意見');
});

test('the whole exam is signed by itself; X ticks, the box above ticks the papers alone', async () => {
  const calls = await opened();
  await press('paper-tick-all');
  expect(((await get('paper-tick-EXAM')) as HTMLInputElement).checked).toBe(false);
  expect(((await get('paper-tick-F-00')) as HTMLInputElement).checked).toBe(true);
  await press('paper-tick-all');
  await press('paper-EXAM');
  await user.keyboard('x');
  expect(((await get('paper-tick-EXAM')) as HTMLInputElement).checked).toBe(true);
  await sign('preparer', 0);
  await until(async () => expect(await state('EXAM')).toBe('prepared'));
  expect(requests(calls, 'review_sign')).toEqual([expect.objectContaining({ papers: ['EXAM'] })]);
});

test('the team: certificates by qualification, yes and no by key, gaps that close', async () => {
  const calls = await opened();
  await press('review-tab-team');
  expect((await get('team-gaps')).textContent).toContain('查核人員甲之獨立性尚未確認。');
  await fill('member-holds-management', 'ISO 27001 主導稽核員');
  await user.click(await get('member-independent-unknown'));
  await user.keyboard('y');
  expect((await get('member-independent-yes')).getAttribute('aria-pressed')).toBe('true');
  expect((await get('member-confidential-yes')).getAttribute('aria-pressed')).toBe('false');
  await user.click(await get('member-confidential-no'));
  await press('member-save');
  await until(async () =>
    expect((await get('team-gaps')).textContent).toContain('查核人員甲之保密切結不符。')
  );
  expect((await get('team-gaps')).textContent).not.toContain('資通安全管理知識');
  expect(requests(calls, 'team_save')).toEqual([
    expect.objectContaining({
      name: '查核人員甲',
      holds: { management: 'ISO 27001 主導稽核員' },
      independent: true,
      confidential: false
    })
  ]);
  await press('team-add');
  await fill('member-name', '外部專家丙');
  await press('member-save');
  expect((await get('member-2')).textContent).toContain('外部專家丙');
});

test('papers, signing, notes and the team are accessible', async () => {
  await opened();
  await press('paper-C-COL');
  await sign('preparer', 0);
  await until(async () => expect(await state('C-COL')).toBe('prepared'));
  await press('note-add');
  await fill('note-text', '請補充。');
  await press('note-send');
  await get('note-1');
  expect(await faults()).toEqual([]);
  await press('sign-reviewer');
  await get('sign-passphrase');
  expect(await faults()).toEqual([]);
  await user.keyboard('{Escape}');
  await user.click((await get('sign')).querySelector('button.btn:not(.primary)')!);
  await press('review-tab-team');
  await get('member-0');
  expect(await faults()).toEqual([]);
});
