import { expect, test } from 'vitest';
import { desk } from '../../shared/state/desk.svelte';
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

const status = async (): Promise<string | undefined> => (await get('finding-path')).dataset.status;
const is = (word: string): Promise<void> => until(async () => expect(await status()).toBe(word));

/** The finding that rests on the three rows of a rule, complete and saved. */
async function drafted(): Promise<[string, unknown][]> {
  const { calls } = openWindow();
  await openExam('tests');
  await press('run-all');
  await press('procedure-T-COL-05');
  await press('group-rule-vendor_holds_root');
  await press('make-finding');
  await fill('group-ask-note', '已當場確認。');
  await press('group-ask-confirm');
  await press('finding-save-draft');
  await get('finding-1');
  return calls;
}

async function complete(): Promise<void> {
  await fill('finding-effect', '難以追究責任。');
  await fill('finding-recommendation', '請收回帳號。');
  await press('finding-save-draft');
  await until(() => expect(has('finding-lacks')).toBe(false));
}

async function as(examiner: number): Promise<void> {
  await press('examiner-open');
  await press(`examiner-${examiner}`);
  await until(() => expect(has(`examiner-${examiner}`)).toBe(false));
}

async function sent(): Promise<[string, unknown][]> {
  const calls = await drafted();
  await complete();
  await press('finding-step-in_review');
  await is('in_review');
  await as(1);
  await press('finding-step-final');
  await is('final');
  await press('finding-step-sent');
  await is('sent');
  return calls;
}

async function replied(due: string): Promise<[string, unknown][]> {
  const calls = await sent();
  await press('finding-reply');
  await get('reply-signer');
  await fill('reply-measure', '改採逐案申請。');
  await fill('reply-signer', '總經理');
  await fill('reply-due', due);
  await press('reply-save');
  await is('replied');
  return calls;
}

test('what a draft lacks is said, and only then it can go to review', async () => {
  await drafted();
  expect((await get('finding-lacks')).textContent).toContain('風險影響、具體改善建議');
  expect(((await get('finding-step-in_review')) as HTMLButtonElement).disabled).toBe(true);
  await complete();
  await press('finding-step-in_review');
  await is('in_review');
  expect((await get('finding-1')).dataset.status).toBe('in_review');
  // Read, not written any more.
  expect(has('finding-condition')).toBe(false);
  expect((await get('finding-condition-read')).textContent).toContain('其中 3 筆');
});

test('who wrote a finding cannot make it final; another examiner can', async () => {
  await drafted();
  await complete();
  await press('finding-step-in_review');
  await is('in_review');
  expect((await get('finding-own')).textContent).toContain('須由另一位查核人員定稿');
  await press('finding-step-final');
  expect((await get('error')).dataset.code).toBe('same_person');
  await as(1);
  await press('finding-step-final');
  await is('final');
  const path = (await get('finding-path')).textContent;
  expect(path).toContain('查核人員甲');
  expect(path).toContain('查核人員乙');
});

test('back to the draft needs a reason, which its author reads', async () => {
  const calls = await drafted();
  await complete();
  await press('finding-step-in_review');
  await is('in_review');
  await press('finding-step-draft');
  expect(((await get('step-confirm')) as HTMLButtonElement).disabled).toBe(true);
  await fill('step-reason', '母體請核對');
  await press('step-confirm');
  await is('draft');
  expect((await get('finding-back')).textContent).toContain('母體請核對');
  await get('finding-condition');
  expect(requests(calls, 'finding_step').at(-1)).toEqual({ no: 1, to: 'draft', note: '母體請核對' });
});

test('a finding is withdrawn only with a reason, and stays to be read', async () => {
  const calls = await drafted();
  await press('finding-withdraw');
  expect(((await get('withdraw-confirm')) as HTMLButtonElement).disabled).toBe(true);
  await fill('withdraw-reason', '受查單位補件後查明');
  await press('withdraw-confirm');
  await until(async () => expect((await get('finding-1')).dataset.status).toBe('withdrawn'));
  expect(has('finding-withdraw')).toBe(false);
  await get('finding-reading');
  expect(requests(calls, 'finding_withdraw')).toEqual([{ no: 1, reason: '受查單位補件後查明' }]);
});

test('a later run that counts otherwise raises a flag; the figures are taken over, the words are left to the examiner', async () => {
  await drafted();
  await press('stage-tests');
  await press('run-all');
  await until(() => expect(desk.jobs.unfinished).toEqual([]));
  await press('stage-findings');
  const banner = (await get('finding-changed')).textContent.replace(/\s+/g, ' ');
  expect(banner).toContain('例外 3 → 2');
  expect(banner).toContain('母體 1,043 → 1,050');
  expect((await get('finding-1')).textContent).toContain('筆數已變動');
  await press('finding-rebind');
  expect((await get('finding-rebound')).textContent).toContain('請核對');
  expect((await get('finding-1')).textContent).toContain('2 / 1,050 筆');
  expect(((await get('finding-condition')) as HTMLTextAreaElement).value).toContain('其中 3 筆');
});

test('an earlier finding is proposed with its reason, confirmed as the same, and shown as a chain', async () => {
  const calls = await drafted();
  await press('finding-side-repeats');
  expect((await get('repeat-0')).textContent).toContain('同一條文：COL-D5.1');
  await press('repeat-0-yes');
  await until(async () => expect((await get('finding-chain')).textContent).toContain('112-缺-015'));
  expect(requests(calls, 'finding_save').at(-1)).toMatchObject({ repeat_of: { number: '114-證-0007-F02' } });
  expect((await get('finding-1')).textContent).toContain('重複 2 次');
  await press('repeat-undo');
  await until(() => expect(has('finding-chain')).toBe(false));
});

test('a proposal that is not the same is put aside', async () => {
  await drafted();
  await press('finding-side-repeats');
  await press('repeat-0-no');
  expect(has('repeat-0')).toBe(false);
});

test('the reply asks for what it needs: a measure and a date when the firm agrees, its reasons when it does not', async () => {
  const calls = await sent();
  await press('finding-reply');
  await fill('reply-signer', '總經理');
  const ready = async (): Promise<boolean> => !((await get('reply-save')) as HTMLButtonElement).disabled;
  expect(await ready()).toBe(false);
  await press('reply-disagree');
  expect(await ready()).toBe(false);
  await fill('reply-text', '帳號由本公司保管。');
  expect(await ready()).toBe(true);
  // The focus is in a text now, so that 1 is a character.
  await user.type(await get('reply-text'), '1');
  expect((await get('reply-disagree')).getAttribute('aria-pressed')).toBe('true');
  await press('reply-agree');
  await user.keyboard('2');
  expect((await get('reply-partly')).getAttribute('aria-pressed')).toBe('true');
  await fill('reply-measure', '改採逐案申請。');
  await fill('reply-due', '115.12.31');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await is('replied');
  expect(requests(calls, 'finding_reply')).toEqual([
    expect.objectContaining({ agreement: 'partly', due: '2026-12-31', text: '帳號由本公司保管。1' })
  ]);
  expect((await get('finding-replies')).textContent).toContain('部分同意');
});

test('what is overdue says so; a review that found it remedied lets it be closed', async () => {
  const calls = await replied('115.02.20');
  expect((await get('finding-overdue')).textContent).toContain('民國115年2月20日');
  expect((await get('finding-1')).textContent).toContain('已逾期');
  await press('finding-step-closed');
  expect((await get('error')).dataset.code).toBe('not_remedied');
  await press('finding-follow-up');
  await get('follow-up-note');
  await user.click(await get('follow-up-remedied'));
  await fill('follow-up-on', '115.03.20');
  await fill('follow-up-note', '檢視帳號清冊，均已收回。');
  await until(async () => expect((await get('follow-up-run')).textContent).toContain('T-COL-05'));
  await user.selectOptions(
    await get('follow-up-run'),
    (await get('follow-up-run')).querySelectorAll('option')[1]!
  );
  await press('follow-up-save');
  await is('followed_up');
  expect((await get('finding-follow-ups')).textContent).toContain('T-COL-05');
  expect(has('finding-overdue')).toBe(false);
  expect(requests(calls, 'finding_follow_up')).toEqual([
    expect.objectContaining({
      on: '2026-03-20',
      result: 'remedied',
      reviewer: '查核人員乙',
      run: expect.any(Number)
    })
  ]);
  await press('finding-step-closed');
  await is('closed');
  await press('finding-step-followed_up');
  await fill('step-reason', '再度發生');
  await press('step-confirm');
  await is('followed_up');
});

test('every place of a life is accessible', async () => {
  await drafted();
  await press('finding-side-evidence');
  await press('finding-evidence-add');
  await get('evidence-take');
  expect(await faults()).toEqual([]);
  await user.click((await get('evidence-window')).querySelector('button.btn:not(.primary)')!);
  await user.keyboard('{Escape}');
  await press('finding-side-repeats');
  await press('repeat-0-yes');
  await get('finding-chain');
  expect(await faults()).toEqual([]);
  await press('finding-phrases-cause');
  await get('phrase-0');
  expect(await faults()).toEqual([]);
});

test('a finding that was replied to, and its forms, are accessible', async () => {
  await replied('115.02.20');
  await press('finding-side-history');
  expect(await faults()).toEqual([]);
  await press('finding-follow-up');
  await get('follow-up-note');
  expect(await faults()).toEqual([]);
});
