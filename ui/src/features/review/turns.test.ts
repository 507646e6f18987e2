import { expect, test } from 'vitest';
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

const turn = (keys: string): Promise<void> => user.keyboard(`{Control>}${keys}{/Control}`);
const leaveFields = (): void => (document.activeElement as HTMLElement | null)?.blur();
const value = async (id: string): Promise<string> => ((await get(id)) as HTMLInputElement).value;

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

async function reply(text: string): Promise<void> {
  await press('note-1-reply');
  await fill('note-1-reply-text', text);
  await press('note-1-reply-send');
  await until(async () => expect((await get('note-1')).textContent).toContain(text));
}

/** A note of the second examiner on a paper, answered twice by the first. */
async function answeredTwice(): Promise<[string, unknown][]> {
  const calls = await opened();
  await press('paper-C-COL');
  await as(1);
  await press('note-add');
  expect((await get('note-text')).getAttribute('aria-describedby')).toBe('note-text-hint');
  await fill('note-text', '請補充母體。');
  await press('note-send');
  await get('note-1');
  await as(0);
  await reply('已補充。');
  expect(has('undo-hint')).toBe(false);
  await reply('已補充，見佐證三。');
  return calls;
}

test('a reply that took the place of an earlier one gives it back', async () => {
  const calls = await answeredTwice();
  expect((await get('undo-hint')).textContent).toContain('復原：C-COL 之意見回覆');
  await press('paper-F-00');
  leaveFields();
  await turn('z');
  await until(async () => expect((await get('note-1')).textContent).toContain('已補充。'));
  expect(requests(calls, 'note_reply').at(-1)).toEqual({ id: 1, text: '已補充。' });
  await turn('y');
  await until(async () => expect((await get('note-1')).textContent).toContain('見佐證三'));
  expect(requests(calls, 'note_reply')).toHaveLength(4);
});

test('nobody takes back what another replied, nor what was cleared', async () => {
  const calls = await answeredTwice();
  await get('undo-hint');
  await as(1);
  expect(has('undo-hint')).toBe(false);
  await press('note-1-clear');
  expect((await get('note-1')).textContent).toContain('清除後不能恢復');
  await press('note-1-clear-send');
  await until(async () => expect((await get('note-1')).dataset.state).toBe('cleared'));
  await as(0);
  expect(has('undo-hint')).toBe(false);
  leaveFields();
  await turn('z');
  expect(requests(calls, 'note_reply')).toHaveLength(2);
});

test('what is said of a member is taken back and brought back, and the form shows it', async () => {
  const calls = await opened();
  await press('review-tab-team');
  await fill('member-holds-management', 'ISO 27001 主導稽核員');
  await press('member-independent-yes');
  await press('member-save');
  await until(async () =>
    expect((await get('undo-hint')).textContent).toContain('復原：查核團隊：查核人員甲')
  );
  await press('member-1');
  leaveFields();
  await turn('z');
  await until(() => expect(requests(calls, 'team_save')).toHaveLength(2));
  await until(async () => expect(await value('member-name')).toBe('查核人員甲'));
  expect(await value('member-holds-management')).toBe('');
  expect((await get('member-independent-unknown')).getAttribute('aria-pressed')).toBe('true');
  leaveFields();
  await turn('y');
  await until(async () => expect(await value('member-holds-management')).toBe('ISO 27001 主導稽核員'));
  const [saved, back, again] = requests(calls, 'team_save');
  expect(back).toMatchObject({ name: '查核人員甲', holds: {}, independent: null });
  expect(again).toEqual(saved);
});

test('while a member is being written nothing else is taken back; who was added stays', async () => {
  const calls = await opened();
  await press('review-tab-team');
  await fill('member-unit', '稽核室');
  await press('member-save');
  await get('undo-hint');
  await fill('member-note', '外聘');
  await until(() => expect(has('undo-hint')).toBe(false));
  leaveFields();
  await turn('z');
  expect(requests(calls, 'team_save')).toHaveLength(1);
  expect(await value('member-note')).toBe('外聘');
  await press('member-save');
  await press('team-add');
  await fill('member-name', '外部專家丙');
  expect((await get('member-form')).parentElement!.textContent).toContain('加入後不能移除');
  await press('member-save');
  await get('member-2');
  expect((await get('undo-hint')).textContent).toContain('查核人員甲');
});

test('what a reviewer signed of the team is not offered to be taken back before it is opened again', async () => {
  const calls = await opened();
  await press('review-tab-team');
  await fill('member-unit', '稽核室');
  await press('member-save');
  await get('undo-hint');
  await press('review-tab-papers');
  await press('paper-A-02');
  for (const [examiner, role] of [
    [0, 'preparer'],
    [1, 'reviewer']
  ] as const) {
    await as(examiner);
    await press(`sign-${role}`);
    await fill('identity-passphrase', '河口八號燈塔的貓');
    await fill('identity-repeat', '河口八號燈塔的貓');
    await press('identity-make');
    await fill('sign-passphrase', '河口八號燈塔的貓');
    await press('sign-go');
    await until(() => expect(has('sign')).toBe(false));
  }
  await press('review-tab-team');
  await get('member-form');
  leaveFields();
  await turn('z');
  expect(has('undo-hint')).toBe(false);
  expect(has('error')).toBe(false);
  expect(requests(calls, 'team_save')).toHaveLength(1);
  await press('review-tab-papers');
  await press('paper-A-02');
  await press('paper-reopen');
  await fill('reopen-reason', '團隊異動');
  await press('reopen-confirm');
  await press('review-tab-team');
  expect((await get('undo-hint')).textContent).toContain('查核團隊：查核人員甲');
});

test('a team that is signed meanwhile refuses once, and offers nothing any more', async () => {
  let refusing = false;
  const error = { code: 'signed_off', message: '底稿 A-02 已簽核，不可修改。', hint: '請先重新開啟。' };
  openWindow({
    change: (name) => {
      if (name === 'team_save' && refusing) throw error;
    }
  });
  await openExam('review');
  await press('review-tab-team');
  await fill('member-unit', '稽核室');
  await press('member-save');
  await get('undo-hint');
  refusing = true;
  leaveFields();
  await turn('z');
  expect((await get('error')).dataset.code).toBe('signed_off');
  expect(has('undo-hint')).toBe(false);
});
