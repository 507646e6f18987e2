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
  expect(requests(calls, 'evidence_take')).toEqual([
    {
      files: [{ path: 'D:\\收件\\申請單.pdf', acquired_at: '' }],
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

test('the time that a camera wrote is proposed for its picture, and another one may be written', async () => {
  const { calls } = openWindow();
  await openExam('evidence');
  await press('evidence-add');
  await fill('evidence-path', 'D:\\DCIM\\IMG_1.jpg; D:\\收件\\申請單.pdf');
  await user.type(await get('evidence-path'), '{Enter}');
  expect((await get('evidence-exif-0')).textContent).toMatch(/Canon EOS R8.*未記錄時區.*含位置/s);
  expect(has('evidence-exif-1')).toBe(false);
  await fill('evidence-source', '現場拍攝');
  await press('evidence-take');
  await get('piece-2');
  expect(requests(calls, 'evidence_take')).toEqual([
    expect.objectContaining({
      files: [
        { path: 'D:\\DCIM\\IMG_1.jpg', acquired_at: '2026-03-02T09:12:44' },
        { path: 'D:\\收件\\申請單.pdf', acquired_at: '' }
      ]
    })
  ]);
});

test('pages are looked at one by one, in the side and in a window of their own', async () => {
  const calls = await withPieces();
  await press('piece-2');
  await press('piece-tab-preview');
  expect((await get('preview-page')).textContent).toContain('1／3');
  await press('preview-next');
  await until(async () => expect((await get('preview-page')).textContent).toContain('2／3'));
  expect(requests(calls, 'evidence_page').at(-1)).toEqual({ id: 2, page: 1, width: 800 });
  expect((await get('preview-picture')).getAttribute('src')).toMatch(/^data:image\/png/);
  await press('preview-turn');
  expect((await get('preview-picture')).className).toContain('turn-1');
  await press('piece-2');
  await user.keyboard('{Enter}');
  const window = await get('preview-window');
  await until(() => expect(window.textContent).toContain('1／3'));
  await user.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
  await until(() => expect(window.textContent).toContain('3／3'));
});

test('what cannot be shown says so', async () => {
  await withPieces();
  await press('piece-1');
  await press('piece-tab-preview');
  expect((await get('preview-none')).textContent).toContain('不在程式內預覽');
});

test('an original is returned with a receipt, and its chain tells it from the beginning', async () => {
  const calls = await withPieces();
  await press('piece-1');
  await press('piece-tab-custody');
  expect((await get('custody-1')).textContent).toContain('收存');
  await press('custody-record');
  await press('custody-event-returned');
  await fill('custody-to', '資訊部 王小明');
  expect(((await get('custody-save')) as HTMLButtonElement).disabled).toBe(true);
  await fill('custody-receipt', '收據 115-3');
  await press('custody-save');
  await until(async () => expect((await get('evidence-list')).textContent).toContain('歸還原件'));
  expect((await get('custody')).textContent).toContain('收據 115-3');
  expect(has('custody-record')).toBe(false);
  expect(requests(calls, 'evidence_record')).toEqual([
    expect.objectContaining({ id: 1, event: 'returned', to: '資訊部 王小明', receipt: '收據 115-3' })
  ]);
});

test('pieces are sorted out by source and kind, as a list or as pictures', async () => {
  await withPieces();
  await user.keyboard('g');
  const gallery = await get('evidence-gallery');
  expect(gallery.querySelectorAll('li').length).toBe(2);
  await until(() => expect(gallery.querySelectorAll('img').length).toBe(1));
  await user.selectOptions(await get('evidence-filter-kind'), 'pdf');
  expect(has('piece-1')).toBe(false);
  await user.selectOptions(await get('evidence-filter-kind'), '');
  await user.selectOptions(await get('evidence-filter-source'), '資訊部 王小明');
  expect(has('piece-1')).toBe(true);
  expect(await faults()).toEqual([]);
});

test('evidence and its windows are accessible', async () => {
  await withPieces();
  expect(await faults()).toEqual([]);
  await press('evidence-add');
  await get('evidence-take');
  expect(await faults()).toEqual([]);
  await user.keyboard('{Escape}');
  await press('piece-2');
  await press('piece-tab-preview');
  await get('preview-picture');
  expect(await faults()).toEqual([]);
  await press('piece-tab-custody');
  await press('custody-record');
  await get('custody-save');
  expect(await faults()).toEqual([]);
});
