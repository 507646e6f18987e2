import { expect, test } from 'vitest';
import { fold, foldedWords, matches, pieces } from './fold';

test.each([
  ['台灣', '臺灣證券交易所'],
  ['記錄', '留存紀錄'],
  ['乙次', '每年至少一次'],
  ['一次', '至少每半年乙次'],
  ['弱點掃瞄', '辦理弱點掃描作業'],
  ['弱點掃描', '弱點掃瞄'],
  ['ｆｉｒｅｗａｌｌ', '防火牆 Firewall'],
  ['firewall', '防火牆 ＦＩＲＥＷＡＬＬ'],
  ['7.(1)b', '7.(1)b.(c)'],
  ['７．（１）ｂ', '7.(1)b.(c)'],
  ['主管機關', '主管機 關'],
  ['密碼 三個月', '密碼應至少每三個月變更']
])('%s finds %s', (query, text) => {
  expect(matches(query, text)).toBe(true);
});

test('every word has to occur', () => {
  expect(matches('密碼 防火牆', '密碼應至少每三個月變更')).toBe(false);
});

test('what only sounds alike is not found', () => {
  expect(matches('掃描', '打掃')).toBe(false);
  expect(fold('記')).not.toBe(fold('紀'));
});

test('nothing asked finds everything', () => {
  expect(matches('　', '任何文字')).toBe(true);
});

const shown = (text: string, query: string): string =>
  pieces(text, foldedWords(query))
    .map((piece) => (piece.hit ? `[${piece.text}]` : piece.text))
    .join('');

test.each([
  ['留存紀錄，並定期檢視。', '記錄', '留存[紀錄]，並定期檢視。'],
  ['經主管機 關核准', '主管機關', '經[主管機 關]核准'],
  ['（OTP）至電子信箱', 'ｏｔｐ', '（[OTP]）至電子信箱'],
  ['密碼與密碼', '密碼', '[密碼]與[密碼]'],
  ['每半年乙次弱點掃瞄', '一次 掃描', '每半年[乙次]弱點[掃瞄]'],
  ['第𡍼條', '條', '第𡍼[條]'],
  ['沒有', '其他', '沒有']
])('in %s the words %s are shown as they are written', (text, query, expected) => {
  expect(shown(text, query)).toBe(expected);
});
