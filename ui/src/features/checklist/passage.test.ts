import { expect, test } from 'vitest';
import type { SourceTextView } from '../../backend';
import { lastLine, pieces } from './passage';

const source = (lines: string[], anchors: number[]): SourceTextView => ({
  document: 'COL',
  title: '',
  edition: '',
  sha256: '',
  lines,
  anchors: anchors.map((line, n) => ({ clause: `COL-${n}`, label: '', line }))
});

test('the letterhead between two clauses belongs to neither', () => {
  const text = source(['應建立防火牆。', '', '檔 號：', '保存年限：', '主旨：重申應裝置防火牆。'], [1, 5]);
  expect(lastLine(text, 1, '應建立防火牆。')).toBe(1);
});

test('an item of several lines is marked to its end, list marks or not', () => {
  const text = source(['辦理下列事項：', '(1) 一事。', '', '二事。', '第四條'], [1, 5]);
  expect(lastLine(text, 1, '辦理下列事項：\n一事。\n二事。')).toBe(4);
});

test('an item on the last line of the source ends there', () => {
  expect(lastLine(source(['甲。', '乙。'], [1, 2]), 2, '乙。')).toBe(2);
});

test('tags of the file are told apart from its words; nothing is lost', () => {
  const cut = pieces('<p>應建立防火牆（A<B）。</p>');
  expect(cut.filter((piece) => piece.tag).map((piece) => piece.text)).toEqual(['<p>', '</p>']);
  expect(cut.map((piece) => piece.text).join('')).toBe('<p>應建立防火牆（A<B）。</p>');
});
