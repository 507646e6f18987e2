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

async function withPieces(): Promise<[string, unknown][]> {
  const { calls } = openWindow();
  await openExam('evidence');
  await press('evidence-add');
  await fill('evidence-path', 'D:\\收件\\防火牆紀錄.zip; D:\\收件\\申請單.pdf');
  await user.type(await get('evidence-path'), '{Enter}');
  await fill('evidence-source', '資訊部 王小明');
  await press('evidence-take');
  await get('piece-2');
  return calls;
}

test('files are taken in with their source; nothing is taken without one', async () => {
  const { calls } = openWindow();
  await openExam('evidence');
  await get('evidence-none');
  await user.keyboard('a');
  await fill('evidence-path', '"D:\\收件\\申請單.pdf"');
  await user.type(await get('evidence-path'), '{Enter}');
  expect((await get('evidence-file-0')).textContent).toContain('申請單.pdf');
  expect(((await get('evidence-take')) as HTMLButtonElement).disabled).toBe(true);
  await fill('evidence-source', '資訊部');
  await fill('evidence-when', '115.03.02 09:40');
  await user.type(await get('evidence-clauses'), 'col-d4.2{Enter}');
  await press('evidence-confidentiality-confidential');
  await press('evidence-take');
  await until(async () => expect((await get('evidence-list')).textContent).toContain('申請單.pdf'));
  expect(requests(calls, 'evidence_add')).toEqual([
    {
      path: 'D:\\收件\\申請單.pdf',
      findings: [],
      about: expect.objectContaining({
        source: '資訊部',
        acquired_at: '2026-03-02T09:40:00',
        clauses: ['COL-D4.2'],
        confidentiality: 'confidential'
      })
    }
  ]);
  expect((await get('evidence-list')).textContent).toContain('密');
});

test('a file that is refused stays with its reason, the others are taken', async () => {
  await withPieces();
  await press('evidence-add');
  await fill('evidence-path', 'D:\\收件\\申請單.pdf; D:\\收件\\照片.jpg');
  await user.type(await get('evidence-path'), '{Enter}');
  await fill('evidence-source', '資訊部');
  await press('evidence-take');
  await get('piece-3');
  const left = await get('evidence-file-0');
  expect(left.textContent).toContain('申請單.pdf');
  expect(left.querySelector('[data-code=evidence_kept]')?.textContent).toContain('E-002');
  expect(has('evidence-file-1')).toBe(false);
});

test('the index is completed and kept when another piece is looked at', async () => {
  const calls = await withPieces();
  await press('piece-1');
  await fill('piece-kept_at', '證物櫃 3');
  await fill('piece-pages', '12');
  await press('piece-2');
  await until(() =>
    expect(requests(calls, 'evidence_change')).toEqual([
      { id: 1, about: expect.objectContaining({ kept_at: '證物櫃 3', pages: 12, source: '資訊部 王小明' }) }
    ])
  );
  expect((await get('piece-form')).dataset.piece).toBe('2');
  await press('piece-1');
  await fill('piece-returned', '115.03.09 歸還');
  await user.keyboard('{Control>}s{/Control}');
  await until(async () => expect((await get('evidence-list')).textContent).toContain('115.03.09 歸還'));
});

test('a count of pages that is none is said at its place, and not stored', async () => {
  const calls = await withPieces();
  await press('piece-1');
  await fill('piece-pages', '十二');
  expect((await get('piece-pages')).getAttribute('aria-invalid')).toBe('true');
  expect(((await get('piece-save')) as HTMLButtonElement).disabled).toBe(true);
  await press('piece-2');
  expect(requests(calls, 'evidence_change')).toEqual([]);
});

test('a copy goes where it is asked to, with its hash', async () => {
  const calls = await withPieces();
  await press('piece-1');
  const sha = (await get('piece-sha')).textContent;
  await press('piece-export');
  await fill('piece-copy-path', '/out/log.zip');
  await press('piece-copy-export');
  await until(async () =>
    expect((await get('piece-copy-result')).textContent).toContain(sha.substring(0, 8))
  );
  expect(requests(calls, 'evidence_export')).toEqual([{ id: 1, path: '/out/log.zip' }]);
});

test('J, K and the filter go through the list', async () => {
  await withPieces();
  await press('piece-1');
  await user.keyboard('j');
  expect((await get('piece-form')).dataset.piece).toBe('2');
  await user.keyboard('k');
  expect((await get('piece-form')).dataset.piece).toBe('1');
  await fill('evidence-filter', '申請單');
  expect(has('piece-1')).toBe(false);
});

test('evidence and its windows are accessible', async () => {
  await withPieces();
  expect(await faults()).toEqual([]);
  await press('evidence-add');
  await get('evidence-take');
  expect(await faults()).toEqual([]);
});
