import { expect, test } from 'vitest';
import { startTheme, theme } from './theme.svelte';

const shown = (): string | undefined => document.documentElement.dataset.theme;

test('the theme and its contrast are chosen each for itself, and the address keeps both', () => {
  startTheme();
  expect(shown()).toBe('light');
  theme.toggle();
  theme.toggleContrast();
  expect(shown()).toBe('contrast-dark');
  expect(location.hash).toBe('#theme=dark&contrast=more');
  theme.toggle();
  expect(shown()).toBe('contrast-light');
  theme.toggleContrast();
  expect(shown()).toBe('light');
  expect(location.hash).toBe('#theme=light&contrast=usual');
});
