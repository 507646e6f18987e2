import { fireEvent } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { AnswerRequest, BulkRequest, CopyRequest } from '../../backend';
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

async function openItem(clause: string): Promise<[string, unknown][]> {
  const { calls } = openWindow();
  await openExam('items');
  await fill('item-search', clause);
  await press(`item-${clause}`);
  await until(async () => expect((await get('item-pane')).dataset.clause).toBe(clause));
  (document.activeElement as HTMLElement).blur();
  return calls;
}
const answers = (calls: [string, unknown][]): AnswerRequest[] => requests(calls, 'answer') as AnswerRequest[];
const head = async (): Promise<string> => (await get('item-head')).textContent;
const row = async (clause: string): Promise<string> => (await get(`item-${clause}`)).textContent;

test('each duty is answered for each system, and the head tells what it comes to', async () => {
  const calls = await openItem('BSL-6.8');
  expect((await get('cell-a-0')).getAttribute('aria-pressed')).toBe('true');
  await user.keyboard('1]3');
  await until(() => expect(answers(calls)).toHaveLength(2));
  expect(answers(calls).map(({ unit, system, result }) => [unit, system, result])).toEqual([
    ['a', '主機共置下單系統', 'compliant'],
    ['a', '網路下單系統', 'noncompliant']
  ]);
  await until(async () => expect(await head()).toMatch(/不符合.*2\/3 已答.*缺失/s));
  expect(await row('BSL-6.8')).toContain('2/3');
  await user.keyboard('h');
  expect((await get('cell-a-0')).getAttribute('aria-pressed')).toBe('true');
});

test('what does not apply to a system cannot be answered and says why', async () => {
  await openItem('BSL-6.8');
  const out = await get('cell-a-2');
  expect(out.tagName).not.toBe('BUTTON');
  expect(out.title).toMatch(/^因/);
  await user.keyboard(']]]]');
  expect((await get('cell-b-2')).getAttribute('aria-pressed')).toBe('true');
});

test('a failed 宜 leads to a recommendation', async () => {
  await openItem('BSL-6.8');
  await press('cell-b-2');
  await user.keyboard('3');
  await until(async () => expect(await head()).toContain('建議事項'));
});

test('a permission cannot be failed', async () => {
  const { calls } = openWindow({
    change: (name, view) => {
      if (name === 'item')
        for (const unit of (view as { units: { failure: null }[] }).units) unit.failure = null;
    }
  });
  await openExam('items');
  expect(((await get('result-noncompliant')) as HTMLButtonElement).disabled).toBe(true);
  expect((await get('result-partial')).title).toContain('得');
  await user.keyboard('3');
  await user.keyboard('1');
  await until(() => expect(answers(calls).map((a) => a.result)).toEqual(['compliant']));
});

test('not applicable waits for its reason before it is stored', async () => {
  const calls = await openItem('COL-D6.1');
  await user.keyboard('4');
  await until(async () => expect(document.activeElement).toBe(await get('item-note')));
  expect(has('reason-first')).toBe(true);
  expect(answers(calls)).toHaveLength(0);
  await user.keyboard('公司無此類帳號{Escape}');
  await until(() =>
    expect(answers(calls)).toEqual([
      expect.objectContaining({ result: 'not_applicable', note: '公司無此類帳號' })
    ])
  );
  expect(has('reason-first')).toBe(false);
});

test('nothing is saved while an input method composes, and the note is saved after it', async () => {
  const calls = await openItem('COL-D6.1');
  const note = (await get('item-note')) as HTMLTextAreaElement;
  note.focus();
  await fireEvent.compositionStart(note);
  await fireEvent.input(note, { target: { value: 'ㄈㄤˊ' } });
  await new Promise((rest) => setTimeout(rest, 900));
  expect(answers(calls)).toHaveLength(0);
  await fireEvent.input(note, { target: { value: '防火牆' } });
  await fireEvent.compositionEnd(note);
  await until(() => expect(answers(calls).map((a) => a.note)).toEqual(['防火牆']));
  expect(await get('item-note')).toBe(note);
  expect(note.value).toBe('防火牆');
});

test('a space at the end of a note survives its being saved', async () => {
  const calls = await openItem('COL-D6.1');
  await user.keyboard('n');
  await user.keyboard('see ');
  await until(() => expect(answers(calls)).toHaveLength(1));
  await user.keyboard('log');
  expect(((await get('item-note')) as HTMLTextAreaElement).value).toBe('see log');
});

test('W says what is awaited; M and E go to method and evidence', async () => {
  const calls = await openItem('COL-D6.1');
  await user.keyboard('w');
  await until(async () => expect(document.activeElement).toBe(await get('item-await-text')));
  await user.keyboard('密碼政策{Escape}');
  await until(() =>
    expect(answers(calls).at(-1)).toMatchObject({ awaited: '密碼政策', result: 'not_examined' })
  );
  await until(async () => expect(await row('COL-D6.1')).toContain('待補資料'));
  await user.keyboard('e');
  await until(async () => expect(document.activeElement).toBe(await get('item-paper')));
  await user.keyboard('{Escape}m');
  await until(async () => expect(document.activeElement).toBe(await get('item-method')));
});

test('an assessment procedure asks whether the report covers it', async () => {
  const calls = await openItem('ASM-4.7.1.1');
  await user.selectOptions(await get('item-mode'), 'spot_check');
  await until(() => expect(answers(calls).at(-1)).toMatchObject({ mode: 'spot_check' }));
});

test('a phrase that fits the result goes into the note, its first blank selected', async () => {
  const calls = await openItem('COL-D6.1');
  await user.keyboard('3p');
  await user.type(await get('phrase-search'), '抽查');
  const text = (await get('phrase-0')).textContent.trim();
  expect(text).toContain('不符');
  await user.keyboard('{Enter}');
  const note = (await get('item-note')) as HTMLTextAreaElement;
  await until(() => expect(document.activeElement).toBe(note));
  expect(note.value).toBe(text);
  expect(note.value.substring(note.selectionStart, note.selectionEnd)).toBe('○');
  await until(() => expect(answers(calls).at(-1)?.note).toBe(text));
});

test('a note is kept as a phrase and dropped again', async () => {
  await openItem('COL-D6.1');
  await user.keyboard('n');
  await user.keyboard('抽核三十個帳號');
  await user.keyboard('{Escape}p');
  await press('phrase-keep');
  await until(async () => expect((await get('phrase-0')).textContent).toContain('抽核三十個帳號'));
  await press('phrase-drop');
  await until(async () => expect((await get('phrase-0')).textContent).not.toContain('抽核三十個帳號'));
});

test('U takes the last answer back, Shift+U and Ctrl+Y bring it back', async () => {
  await openItem('COL-D6.1');
  await user.keyboard('1');
  await until(async () => expect(await head()).toContain('符合'));
  await user.keyboard('u');
  await until(async () => expect(await head()).toContain('未查核'));
  expect((await get('result-not_examined')).getAttribute('aria-pressed')).toBe('true');
  await user.keyboard('{Shift>}U{/Shift}');
  await until(async () => expect((await get('result-compliant')).getAttribute('aria-pressed')).toBe('true'));
  await user.keyboard('{Control>}z{/Control}');
  await until(async () => expect(await head()).toContain('未查核'));
  await user.keyboard('{Control>}y{/Control}');
  await until(async () => expect(await head()).not.toContain('未查核'));
});

test('an answer is used for a related clause after a look at it, and each keeps its own', async () => {
  const calls = await openItem('COL-D4.2');
  expect(((await get('item-copy')) as HTMLButtonElement).disabled).toBe(true);
  await user.keyboard('1t');
  await user.click(await get('copy-target-COL-G2.2'));
  expect(document.querySelector('[data-testid=copy]')?.textContent).toContain('不因此合併');
  await user.keyboard('{Enter}');
  await until(() => expect(requests(calls, 'answer_copy')).toHaveLength(1));
  expect((requests(calls, 'answer_copy') as CopyRequest[])[0]).toEqual({
    from: { clause: 'COL-D4.2', unit: '', system: '' },
    to: [{ clause: 'COL-G2.2', unit: '', system: '' }]
  });
  await until(async () => expect((await get('relative-COL-G2.2')).textContent).toContain('符合'));
  await press('relative-COL-G2.2');
  await until(async () =>
    expect((await get('answer-saved')).textContent).toContain(
      '沿用自 現行規範 CC-17010 網路安全管理 (二)防火牆之安全管理 第2點'
    )
  );
});

test('selected items are answered together and taken back together', async () => {
  const { calls } = openWindow();
  await openExam('items');
  const clause = (await get('item-pane')).dataset.clause!;
  await user.keyboard('{Shift>}JJ{/Shift}');
  await user.keyboard('b');
  expect(document.querySelector('[data-testid=bulk]')?.textContent).toContain('已選取 3 項');
  await press('bulk-result-no_data');
  await user.type(await get('bulk-note'), '資料尚未提供');
  await press('bulk-apply');
  await until(() => expect(requests(calls, 'answers_bulk')).toHaveLength(1));
  const request = (requests(calls, 'answers_bulk') as BulkRequest[])[0]!;
  expect(request.keys).toHaveLength(3);
  expect(request).toMatchObject({ result: 'no_data', note: '資料尚未提供', only_open: true });
  await until(async () => expect(await row(clause)).toContain('無法取得'));
  expect((await get('notice')).textContent).toContain('已記錄');
  await user.keyboard('u');
  await until(async () => expect(await row(clause)).toContain('未查核'));
});

test('an examiner overrides applicability with a reason and sees the profile beside it', async () => {
  const calls = await openItem('COL-D6.1');
  await user.keyboard('a');
  await press('override-not_applicable');
  expect(((await get('override-apply')) as HTMLButtonElement).disabled).toBe(true);
  await user.type(await get('override-reason'), '無其他使用者');
  await press('override-apply');
  await until(() =>
    expect(requests(calls, 'applicability_set')).toEqual([
      { clause: 'COL-D6.1', applicability: 'not_applicable', reason: '無其他使用者' }
    ])
  );
  await until(async () =>
    expect((await get('item-pane')).textContent).toMatch(/無其他使用者.*依基本資料.*適用/s)
  );
});

test('the source text marks the item, and J still moves', async () => {
  await openItem('COL-G2.2');
  await user.clear(await get('item-search'));
  (document.activeElement as HTMLElement).blur();
  await user.keyboard('g');
  await until(async () => expect((await get('source-line-94')).getAttribute('aria-current')).toBe('true'));
  expect((await get('item-pane')).textContent).toContain('SHA-256');
  await user.keyboard('j');
  await until(async () => expect((await get('source-line-95')).getAttribute('aria-current')).toBe('true'));
  expect((await get('source-line-94')).getAttribute('aria-current')).toBeNull();
  await user.keyboard('g');
  await get('item-text');
});

test('answering moves on only when the examiner set it so', async () => {
  openWindow();
  await openExam('items');
  const first = (await get('item-pane')).dataset.clause!;
  await user.keyboard('1');
  await until(async () => expect(await head()).toContain('符合'));
  expect((await get('item-pane')).dataset.clause).toBe(first);
  await press('answer-advance');
  await user.keyboard('1');
  await until(async () => expect((await get('item-pane')).dataset.clause).not.toBe(first));
  await press('answer-advance');
});

test('the sheet of keys opens with ?, and keys behind it do nothing', async () => {
  const calls = await openItem('COL-D6.1');
  await user.keyboard('?');
  expect(document.querySelector('[data-testid=keys]')?.textContent).toContain('沿用本結果至其他條文');
  await user.keyboard('1');
  expect(answers(calls)).toHaveLength(0);
});

test('what waits for the firm is listed, and a chip takes the filter away', async () => {
  await openItem('COL-D6.1');
  await user.keyboard('w');
  await until(async () => expect(await row('COL-D6.1')).toContain('待補資料'));
  await user.clear(await get('item-search'));
  await press('filter-open');
  await press('filter-flag-awaited');
  await until(async () => expect((await get('item-count')).textContent).toBe('1 項'));
  await press('filter-close');
  await user.click(document.querySelector<HTMLElement>('[aria-label="移除 待補資料"]')!);
  await until(async () => expect((await get('item-count')).textContent).not.toBe('1 項'));
});

test('an item that belongs to a deficiency pattern leads there, by mouse and by D', async () => {
  await openItem('COL-C3');
  await press('item-pattern-C3');
  expect((await get('pattern-pane')).dataset.code).toBe('C3');
  await user.keyboard('{Enter}');
  expect((await get('item-pane')).dataset.clause).toBe('COL-C3');
  await user.keyboard('d');
  expect((await get('pattern-pane')).dataset.code).toBe('C3');
});

test('what is answered already is said when a bulk answer would reach nothing', async () => {
  await openItem('COL-C3');
  await user.keyboard('1');
  await until(async () => expect(await head()).toContain('符合'));
  await user.keyboard('xb');
  expect((await get('bulk')).textContent).toContain('所選項目皆已作答');
  await press('bulk-only-open');
  expect((await get('bulk')).textContent).not.toContain('所選項目皆已作答');
});

test('rows whose labels would be cut off alike are told apart by their code', async () => {
  await openItem('COL-D4.2');
  expect(await row('COL-D4.2')).toMatch(/D4\.2\s*現行規範/);
  expect((await get('item-pane')).textContent).toContain('COL-D4.2');
});
