import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync('src/theme/tokens/colour.css', 'utf8');

function tokens(theme: string): Record<string, string> {
  const block = css.split(`[data-theme='${theme}'] {`)[1]?.split('}')[0] ?? '';
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1], m[2]]));
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = parseInt(hex.substring(at, at + 2), 16) / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ['ground', 'surface', 'sunken', 'selected'];
const TEXTS = ['ink', 'ink-quiet', 'accent', 'fail', 'warn', 'ok', 'info', 'unknown'];

const THEMES = [
  { theme: 'light', text: 4.5, border: 3 },
  { theme: 'dark', text: 4.5, border: 3 },
  { theme: 'contrast-light', text: 7, border: 4.5 },
  { theme: 'contrast-dark', text: 7, border: 4.5 }
];

for (const { theme, text, border } of THEMES) {
  const all = tokens(theme);
  const of = (name: string): string => all[name] ?? expect.unreachable(`${theme} lacks --${name}`);

  for (const ground of GROUNDS)
    test.each(TEXTS)(`${theme}: %s on ${ground} reaches ${text} : 1`, (name) => {
      expect(ratio(of(name), of(ground))).toBeGreaterThanOrEqual(text);
    });

  test(`${theme}: text on the accent reaches ${text} : 1`, () => {
    expect(ratio(of('on-accent'), of('accent'))).toBeGreaterThanOrEqual(text);
  });

  test.each(GROUNDS)(`${theme}: borders of controls on %s reach ${border} : 1`, (ground) => {
    expect(ratio(of('edge'), of(ground))).toBeGreaterThanOrEqual(border);
  });
}

test('with more contrast even hairlines reach 3 : 1', () => {
  for (const theme of ['contrast-light', 'contrast-dark']) {
    const { line = '', surface = '' } = tokens(theme);
    expect(ratio(line, surface)).toBeGreaterThanOrEqual(3);
  }
});
