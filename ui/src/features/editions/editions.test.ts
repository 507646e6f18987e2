import { expect, test } from 'vitest';
import {
  fill,
  get,
  has,
  openExam,
  openWindow,
  press,
  requests,
  unlock,
  until,
  user
} from '../../shared/testing/window';

const SHA8 = '9c41e07b';
const loadable = async (): Promise<boolean> => !((await get('package-load')) as HTMLButtonElement).disabled;

async function inspect(path: string): Promise<void> {
  await fill('package-path', path);
  await press('package-inspect');
}

async function load(): Promise<void> {
  await inspect('/in/col-112.pkg');
  await press('package-compared');
  await fill('package-trust-name', '證交所券商輔導部');
  await press('package-load');
  await get(`package-${SHA8}`);
}

async function openEditions(): Promise<[string, unknown][]> {
  const { calls } = openWindow();
  await unlock();
  await press('editions-open');
  await get('package-path');
  return calls;
}

test('the focus begins at the package to load, not at the way out', async () => {
  await openEditions();
  await until(async () => expect(document.activeElement).toBe(await get('package-path')));
});

test('an unknown signer is refused until the fingerprint was compared and a name is given', async () => {
  const calls = await openEditions();
  await inspect('/in/col-112.pkg');
  expect((await get('package-holds')).textContent).toContain('簽章者不在信任名單');
  expect(await loadable()).toBe(false);
  await fill('package-trust-name', '證交所券商輔導部');
  expect(await loadable()).toBe(false);
  await press('package-compared');
  expect(await loadable()).toBe(true);
  await press('package-load');
  await get(`package-${SHA8}`);
  expect(requests(calls, 'package_load')).toEqual([
    {
      path: '/in/col-112.pkg',
      trust_as: '證交所券商輔導部',
      fingerprint: '3f5a 0c9e 1b7d 2468 ace0 1357 9bdf 8642 fedc ba98'
    }
  ]);
  expect((await get('edition-COL')).textContent).toContain('民國112年7月1日');
  expect((await get('edition-FCM')).textContent).toContain('來源未載');
});

test('a trusted signer needs no second comparison', async () => {
  const calls = await openEditions();
  await load();
  await inspect('/in/col-112.pkg');
  expect((await get('package-holds')).textContent).toContain('已信任之簽章者：證交所券商輔導部');
  expect(has('package-compared')).toBe(false);
  await press('package-load');
  await until(() => expect(requests(calls, 'package_load')).toHaveLength(2));
  expect(requests(calls, 'package_load')[1]).toEqual({
    path: '/in/col-112.pkg',
    trust_as: '',
    fingerprint: ''
  });
});

test('a defective package tells file and line and cannot be loaded; a forged one shows nothing of itself', async () => {
  await openEditions();
  await inspect('/in/broken.pkg');
  const problems = (await get('package-problems')).textContent;
  expect(problems).toContain('twse-col/07-future-criteria.toml:112');
  expect(problems).toContain('請改為 facts.toml 所列之代號');
  expect(has('package-load')).toBe(false);
  await inspect('/in/forged.pkg');
  expect((await get('package-error')).dataset.code).toBe('bad_signature');
  expect(has('package-holds')).toBe(false);
});

test('a package that an exam uses stays, with the reason at its line', async () => {
  await openEditions();
  await load();
  await user.click(document.querySelector('dialog .close')!);
  for (const [id, text] of Object.entries({
    'exam-firm': '庚辛證券',
    'exam-case': '115-證-0099',
    'exam-asof': '112.12.31',
    'exam-from': '112.01.01',
    'exam-to': '112.12.31',
    'exam-examiners': '甲'
  }))
    await fill(id, text);
  await press('exam-create');
  await get('count-applicable');
  await press('exams-back');
  await press('editions-open');
  await press(`package-${SHA8}-remove`);
  expect((await get(`package-${SHA8}`)).textContent).toContain('115-證-0099 仍使用');
});

test('removed and added characters are struck and underlined as such, not by colour alone', async () => {
  await openEditions();
  await load();
  await press('compare-run');
  expect((await get('tally-COL-changed')).textContent).toMatch(/修改\s*1/);
  expect((await get('tally-COL-moved')).textContent).toMatch(/移動\s*1/);
  const changed = await get('change-COL-G4.4');
  expect(changed.querySelector('del')?.textContent).toBe('半年');
  expect(changed.querySelector('ins')?.textContent).toBe('季');
  expect(changed.querySelector('.law')?.textContent).toContain('應定期(至少每半年季一次)');
  expect((await get('change-COL-G6.2')).textContent).toContain(
    '由 未來查核方向 電腦稽核紀錄管理 2 移至 未來查核方向 電腦稽核紀錄管理 3'
  );
  expect((await get('change-COL-G10.1')).textContent).toContain('6 個月 → 3 個月');
});

test('two sides without a difference say so; the same side twice is not compared', async () => {
  const calls = await openEditions();
  await press('compare-run');
  expect((await get('changes')).textContent).toContain('沒有任何變動');
  await user.selectOptions(await get('compare-to'), 'built_in');
  expect(((await get('compare-run')) as HTMLButtonElement).disabled).toBe(true);
  expect(requests(calls, 'editions_compare')).toEqual([{ from: 'built_in', to: 'current' }]);
});

test('answers are carried only after the preview was applied', async () => {
  const { calls } = openWindow();
  await openExam();
  await press('carry-open');
  await user.selectOptions(await get('carry-exam'), 'e2');
  expect((await get('carry-can')).textContent).toContain('已裝置防火牆');
  expect((await get('carry-again')).textContent).toContain('條文文字已修正');
  expect((await get('carry-apply')).textContent).toContain('3');
  expect(requests(calls, 'carry')).toEqual([]);
  await press('carry-apply');
  expect((await get('carry-done')).textContent).toContain('已沿用 3 項結果');
  expect(requests(calls, 'carry')).toEqual([{ exam: 'e2' }]);
});
