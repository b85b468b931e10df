import { expect, test } from 'vitest';
import { PassphraseDelay } from './passphrase-delay.ts';

test('the delay doubles with every wrong passphrase, up to 30 s, and ends with the right one', () => {
  const delay = new PassphraseDelay();
  expect(delay.remainingMs(0)).toBe(0);
  const delays: number[] = [];
  for (let i = 0; i < 8; i++) {
    delay.failed(1000);
    delays.push(delay.remainingMs(1000));
  }
  expect(delays).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  expect(delay.remainingMs(21_000)).toBe(10_000);
  expect(delay.remainingMs(40_000)).toBe(0);
  delay.succeeded();
  delay.failed(50_000);
  expect(delay.remainingMs(50_000)).toBe(1000);
});
