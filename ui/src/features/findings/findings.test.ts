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

const disabled = async (id: string): Promise<boolean> => ((await get(id)) as HTMLButtonElement).disabled;

test('a finding needs words and a clause; the clause is quoted, not written', async () => {
  const { calls } = openWindow();
  await openExam('findings');
  await press('finding-new');
  await fill('finding-title', '防火牆紀錄未完整保存');
  await fill('finding-condition', '抽查 25 日，其中 3 日無紀錄。');
  expect(await disabled('finding-save-draft')).toBe(true);
  await fill('finding-clauses', 'col-d4.2');
  await press('finding-cite');
  await until(async () => expect((await get('finding-criteria')).textContent).toContain('三年'));
  await press('finding-save-draft');
  await get('finding-1');
  expect(requests(calls, 'finding_save')).toEqual([
    expect.objectContaining({ no: 0, clauses: ['COL-D4.2'], title: '防火牆紀錄未完整保存', papers: [] })
  ]);
});

test('systems and accounts are entered one by one, and taken away again', async () => {
  const { calls } = openWindow();
  await openExam('findings');
  await press('finding-new');
  await fill('finding-title', '甲');
  await fill('finding-condition', '乙');
  await fill('finding-clauses', 'COL-D4.2');
  await press('finding-cite');
  const objects = await get('finding-objects');
  await user.type(objects, '主機共置系統{Enter}root、vendor01{Enter}');
  await user.type(objects, '{Backspace}');
  await press('finding-save-draft');
  await get('finding-1');
  expect(requests(calls, 'finding_save')).toEqual([
    expect.objectContaining({ objects: ['主機共置系統', 'root'] })
  ]);
});

test('grades and categories are those of the organisation', async () => {
  openWindow({
    change: (name, answer) => {
      if (name === 'settings')
        Object.assign(answer as object, { severity: ['', '嚴重', '一般', ''], categories: ['機房管理'] });
    }
  });
  await openExam('findings');
  await press('finding-new');
  const options = [...(await get('finding-severity')).querySelectorAll('option')].map((o) => o.textContent);
  expect(options).toEqual([expect.stringContaining('嚴重'), expect.stringContaining('一般')]);
  const list = (await get('finding-category')).getAttribute('list');
  expect(document.querySelector(`#${list} option`)?.getAttribute('value')).toBe('機房管理');
});

test('Alt+; offers phrases for the part that is written, and leaves the blank selected', async () => {
  openWindow();
  await openExam('findings');
  await press('finding-new');
  const effect = (await get('finding-effect')) as HTMLTextAreaElement;
  await user.click(effect);
  await user.keyboard('{Alt>};{/Alt}');
  await user.type(await get('phrase-search'), '竄改{Enter}');
  await until(() => expect(effect.value).toContain('遭未經授權存取'));
  expect(effect.value.substring(effect.selectionStart, effect.selectionEnd)).toBe('○');
  expect(has('phrase-0')).toBe(false);
});

test('words of an unsaved finding stay when another stage is looked at, and a complete one is saved before locking', async () => {
  const { calls } = openWindow();
  await openExam('findings');
  await press('finding-new');
  await fill('finding-title', '甲');
  await press('stage-outputs');
  await press('stage-findings');
  expect(((await get('finding-title')) as HTMLInputElement).value).toBe('甲');
  await fill('finding-condition', '乙');
  await fill('finding-clauses', 'COL-D4.2');
  await press('finding-cite');
  await until(async () => expect((await get('finding-criteria')).textContent).toContain('三年'));
  expect(requests(calls, 'finding_save')).toHaveLength(0);
  await press('lock');
  await get('vault-passphrase');
  expect(requests(calls, 'finding_save')).toEqual([expect.objectContaining({ title: '甲' })]);
});

test('a file becomes evidence of the finding from its side, and a paper is named by hand', async () => {
  const { calls } = openWindow();
  await openExam('findings');
  await press('finding-new');
  await fill('finding-title', '甲');
  await fill('finding-condition', '乙');
  await fill('finding-clauses', 'COL-D4.2');
  await press('finding-cite');
  (document.activeElement as HTMLElement).blur();
  await user.keyboard('e');
  await press('finding-evidence-add');
  await fill('evidence-path', 'D:\\收件\\防火牆紀錄.zip');
  await fill('evidence-source', '資訊部');
  await press('evidence-take');
  await until(async () => expect(((await get('finding-evidence-1')) as HTMLInputElement).checked).toBe(true));
  await user.type(await get('finding-papers'), 'c-col{Enter}');
  await press('finding-save-draft');
  await get('finding-1');
  expect(requests(calls, 'evidence_take')).toEqual([
    expect.objectContaining({
      files: [{ path: 'D:\\收件\\防火牆紀錄.zip', acquired_at: '' }],
      findings: []
    })
  ]);
  expect(requests(calls, 'finding_save')).toEqual([
    expect.objectContaining({ evidence: [1], papers: ['C-COL'] })
  ]);
});
