import { expect, test } from 'vitest';
import { get, has, openExam, openWindow, press, requests, until, user } from '../../shared/testing/window';

const open = async (): Promise<string | undefined> => (await get('pattern-pane')).dataset.code;

async function openPatterns(): Promise<[string, unknown][]> {
  const { calls } = openWindow();
  await openExam();
  await press('stage-patterns');
  await get('pattern-C1');
  return calls;
}

test('a pattern stands beside its criteria, each verbatim with label and edition', async () => {
  await openPatterns();
  await press('pattern-C7');
  const criterion = (await get('pattern-criterion-COL-D7.3')).textContent;
  expect(criterion).toContain('至少留存三年');
  expect(criterion).toContain('依據版本');
  expect(has('pattern-criterion-COL-D7.1') && has('pattern-criterion-COL-D7.2')).toBe(true);
  expect((await get('pattern-pane')).textContent).toContain('因與證交所簽訂主機共置服務契約');
});

test('J and K walk, Enter opens the item', async () => {
  await openPatterns();
  await user.keyboard('jjjk');
  expect(await open()).toBe('C3');
  await user.keyboard('{Enter}');
  expect((await get('item-pane')).dataset.clause).toBe('COL-C3');
});

test('after a click the focus follows J, so that Enter means the pattern in hand', async () => {
  await openPatterns();
  await press('pattern-C1');
  await user.keyboard('j{Enter}');
  expect((await get('item-pane')).dataset.clause).toBe('COL-C2');
});

test('a clause that states the same rule is one press away', async () => {
  await openPatterns();
  await press('pattern-C6');
  const same = [...(await get('pattern-criterion-COL-D6.1')).querySelectorAll('button')].find((button) =>
    button.textContent?.includes('COL-G5.1')
  );
  await user.click(same!);
  expect((await get('item-pane')).dataset.clause).toBe('COL-G5.1');
});

test('F begins a finding with the words of the pattern and its criteria; nothing is saved', async () => {
  const calls = await openPatterns();
  await press('pattern-C4');
  await user.keyboard('f');
  expect(((await get('finding-title')) as HTMLInputElement).value).toContain('未裝置防火牆');
  const criteria = (await get('finding-criteria')).textContent;
  expect(criteria).toContain('應建立防火牆');
  expect(criteria).toContain('應至少保存三年');
  expect(requests(calls, 'finding_draft')).toEqual([
    { procedure: '', rule: '', system: null, clause: '', pattern: 'C4' }
  ]);
  expect(requests(calls, 'finding_save')).toEqual([]);
});

test('a saved finding is counted at its pattern and found again from there', async () => {
  await openPatterns();
  await press('pattern-C1');
  await press('pattern-finding');
  await user.type(await get('finding-condition'), '未訂使用規則。');
  await press('finding-save-draft');
  await get('finding-1');
  await press('stage-patterns');
  await until(async () => expect((await get('pattern-C1')).textContent).toContain('發現 1'));
  await user.click((await get('pattern-pane')).querySelector('dd:last-of-type button')!);
  expect(((await get('finding-condition')) as HTMLTextAreaElement).value).toBe('未訂使用規則。');
});
