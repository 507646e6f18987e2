import { render } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { faults } from '../shared/testing/faults';
import { get, has, press } from '../shared/testing/window';
import Notices from './Notices.svelte';

test('what was noticed on opening an exam is told until somebody has read it', async () => {
  render(Notices, { notices: ['exam_older', 'clock_back'] });
  const told = await get('notices');
  expect(told.textContent).toContain('較上次使用時舊');
  expect(told.textContent).toContain('系統時間');
  expect(await faults()).toEqual([]);
  await press('notices-close');
  expect(has('notices')).toBe(false);
});

test('nothing noticed says nothing', () => {
  render(Notices, { notices: [] });
  expect(has('notices')).toBe(false);
});
