import { describe, expect, it } from 'vitest';
import { recordNumber } from './numbers';

describe('numbers of records', () => {
  it('tell whose they are', () => {
    const block = 2 ** 32;
    expect([7, block + 7, 25 * block + 1, 26 * block + 12].map(recordNumber)).toEqual([
      '7',
      'B7',
      'Z1',
      'BA12'
    ]);
  });
});
