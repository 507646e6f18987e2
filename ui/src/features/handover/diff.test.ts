import { expect, test } from 'vitest';
import { compare, type Piece } from './diff';

const whole = (pieces: Piece[]): string => pieces.map((piece) => piece.text).join('');
const own = (pieces: Piece[]): string[] => pieces.filter((piece) => piece.own).map((piece) => piece.text);

test('what only one side says is marked, and the pieces make up the texts', () => {
  const [a, b] = ['已抽核 25 筆，均附核准紀錄。', '已抽核 30 筆，其中 2 筆未附核准紀錄。'];
  const { ours, theirs } = compare(a, b);
  expect([whole(ours), whole(theirs)]).toEqual([a, b]);
  expect(own(ours)).toEqual(['25', '均']);
  expect(own(theirs)).toEqual(['30', '其中 2 筆未']);
});

test('words of letters and figures are one, Han characters each their own', () => {
  expect(own(compare('fw-colo-01 保存', 'fw-colo-02 保存').ours)).toEqual(['01']);
  expect(own(compare('保存三年', '保存五年').theirs)).toEqual(['五']);
  expect(own(compare('姓名𡍼', '姓名𠮷').ours)).toEqual(['𡍼']);
});

test('a common character amid differences is chance and no anchor', () => {
  const { ours } = compare('甲乙丙之丁戊', '己庚之辛壬癸');
  expect(own(ours)).toEqual(['甲乙丙之丁戊']);
});

test('equal, empty and very long texts', () => {
  expect(compare('同', '同').ours).toEqual([{ text: '同', own: false }]);
  expect(compare('', '新增').theirs).toEqual([{ text: '新增', own: true }]);
  expect(compare('', '').ours).toEqual([]);
  const [a, b] = ['一二三'.repeat(1500), '一四五六'.repeat(1500)];
  const { ours, theirs } = compare(`頭${a}尾`, `頭${b}尾`);
  expect([whole(ours), whole(theirs)]).toEqual([`頭${a}尾`, `頭${b}尾`]);
  expect(ours[0]).toEqual({ text: '頭一', own: false });
});
