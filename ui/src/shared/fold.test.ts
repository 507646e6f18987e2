import { expect, test } from 'vitest';
import { matches } from './fold';

test.each([
  ['台灣', '臺灣證券交易所'],
  ['記錄', '留存紀錄'],
  ['乙次', '每年至少一次'],
  ['ｆｉｒｅｗａｌｌ', '防火牆 Firewall'],
  ['7.(1)b', '7.(1)b.(c)'],
  ['密碼 三個月', '密碼應至少每三個月變更']
])('%s finds %s', (query, text) => {
  expect(matches(query, text)).toBe(true);
});

test('every word has to occur', () => {
  expect(matches('密碼 防火牆', '密碼應至少每三個月變更')).toBe(false);
});

test('nothing asked finds everything', () => {
  expect(matches('　', '任何文字')).toBe(true);
});
