import { expect, test } from 'vitest';
import type { ProcedurePictureView } from '../../backend';
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
import { pictureOf } from './figures';

const base: ProcedurePictureView = {
  title: '密碼使用日數',
  unit: '個帳號',
  missing: [],
  limit: { zh: '密碼最長使用期限', value: '3 個月', days: 92, clause: 'COL-G5.1', changed: false },
  strip: null,
  ages: null,
  spread: null
};
const texts = (view: ProcedurePictureView, outside = false): string[] => {
  const picture = pictureOf(view)!;
  const { drawing } = outside ? picture.outside! : picture;
  return drawing.shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []));
};

test('never and blank are bars of their own, and every figure of the drawing is in the table', () => {
  const view = {
    ...base,
    ages: {
      bars: [
        { above: null, up_to: 92, rows: 41 },
        { above: 92, up_to: null, rows: 1207 }
      ],
      never: 3,
      missing: 0,
      unreadable: 0,
      after: 5
    }
  };
  const { table, n, notes } = pictureOf(view)!;
  expect(table.rows.map((row) => row.slice(0, 2))).toEqual([
    ['0–92 日', '41'],
    ['逾 92 日', '1,207'],
    ['從未', '3'],
    ['空白', '0'],
    ['晚於基準日', '5']
  ]);
  expect(n).toBe('1,256 個帳號');
  expect(notes.join()).toContain('1,207 個帳號');
  const drawn = texts(view);
  for (const [, figure] of table.rows) expect(drawn).toContain(figure);
  expect(drawn).toContain('密碼最長使用期限 3 個月（92 日）');
  expect(drawn).toContain('COL-G5.1');
});

test('a gap is drawn and listed with its days; holidays nobody named are told', () => {
  const view: ProcedurePictureView = {
    ...base,
    strip: {
      from: '2020-12-01',
      to: '2020-12-31',
      off: ['2020-12-05', '2020-12-06'],
      holidays_known: false,
      every_day: false,
      lanes: [
        {
          name: 'FW-01',
          masked: 'FW-01',
          from: '2020-12-01',
          to: '2020-12-31',
          stretches: [
            { state: 'kept', from: '2020-12-01', to: '2020-12-06', days: 4 },
            { state: 'missing', from: '2020-12-07', to: '2020-12-31', days: 19 }
          ],
          due: 23,
          kept: 4,
          missing: 19,
          unclear: 0
        }
      ],
      lanes_in_all: 1
    }
  };
  const { table, notes, outside } = pictureOf(view)!;
  expect(table.rows).toEqual([
    ['FW-01', '23', '4', '19', '0', '0'],
    ['　109.12.07–109.12.31', '', '', '19', '', '']
  ]);
  expect(notes.join()).toContain('參數未列休假日');
  expect(texts(view)).toContain('缺漏 19／應有 23 日');
  expect(outside).toBeUndefined();
});

test('accounts leave masked, and still apart from each other', () => {
  const lane = (
    name: string,
    median: number
  ): NonNullable<ProcedurePictureView['spread']>['lanes'][number] => ({
    name,
    masked: '98***',
    n: 1200,
    at: [0.1, 0.2, 0.3, median, 0.6, 1.2, 3, 9]
  });
  const view = {
    ...base,
    limit: null,
    unit: '毫秒',
    spread: {
      percents: [0, 5, 25, 50, 75, 95, 99, 100],
      lanes: [lane('9801-10023', 0.4), lane('9811-10030', 0.8)],
      lanes_in_all: 3
    }
  };
  const { table, notes } = pictureOf(view)!;
  expect(table.rows[1]).toEqual([
    '9811-10030',
    '1,200',
    '0.1',
    '0.2',
    '0.3',
    '0.8',
    '0.6',
    '1.2',
    '3',
    '9',
    '2.00'
  ]);
  expect(notes.join()).toContain('另有 1 項未畫出');
  expect(texts(view)).toContain('9811-10030');
  expect(texts(view, true).join()).not.toContain('10023');
  expect(texts(view, true)).toEqual(expect.arrayContaining(['1 98***', '2 98***']));
});

async function openPicture(): Promise<[string, unknown][]> {
  const { calls } = openWindow({ rows: 1043 });
  await openExam('tests');
  await press('procedure-T-COL-06');
  await user.keyboard('g');
  await get('picture-frame');
  return calls;
}

test('a procedure shows its own pictures first, by keyboard, with a table for who cannot see them', async () => {
  const calls = await openPicture();
  expect(requests(calls, 'procedure_picture')).toEqual([{ procedure: 'T-COL-06', picture: 'age' }]);
  expect(document.activeElement).toBe(await get('picture-tab-age'));
  expect((await get('picture-n')).textContent).toBe('1,043 個帳號');
  expect((await get('drawing')).getAttribute('aria-label')).toBe('密碼使用日數');
  await user.keyboard('{ArrowRight}');
  await until(() =>
    expect(requests(calls, 'procedure_picture').at(-1)).toEqual({ procedure: 'T-COL-06', picture: 'idle' })
  );
  await user.keyboard('{ArrowRight}');
  await get('picture');
  await user.keyboard('{ArrowRight}');
  await get('picture-frame');
});

test('a picture is written where the examiner says, whole and with whose it is', async () => {
  const calls = await openPicture();
  await user.keyboard('e');
  await fill('picture-path', 'D:\\查核\\密碼使用日數.svg');
  await press('picture-export');
  await until(async () => expect((await get('picture-result')).textContent).toContain('密碼使用日數.svg'));
  const [asked] = requests(calls, 'picture_save') as { path: string; format: string; pieces: string[] }[];
  expect(asked).toMatchObject({ path: 'D:\\查核\\密碼使用日數.svg', format: 'svg' });
  const svg = asked!.pieces.join('');
  expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  expect(svg).toContain('甲乙綜合證券');
  expect(svg).toContain('民國109年12月31日');
  expect(svg).not.toContain('class=');
  expect(await faults()).toEqual([]);
});

test('what is lacking is named instead of a picture', async () => {
  openWindow({
    rows: 300,
    change: (name, answer) => {
      if (name === 'procedure_picture')
        Object.assign(answer as object, { ages: null, missing: ['帳號清冊－密碼最後變更日'] });
    }
  });
  await openExam('tests');
  await press('procedure-T-COL-06');
  await press('pictures-open');
  expect((await get('picture-lacks')).textContent).toContain('帳號清冊－密碼最後變更日');
  expect(has('picture-frame')).toBe(false);
});
