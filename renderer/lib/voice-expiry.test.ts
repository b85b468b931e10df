import { expect, test } from 'vitest';
import { endAfterMonths } from './voice-expiry.ts';

test.each([
  ['2026-11-30T10:00', 12, '2027-12-01T00:00'],
  ['2026-11-30T10:00', 3, '2027-03-01T00:00'],
  ['2024-02-29T23:59', 12, '2025-03-01T00:00'],
  ['2026-01-31T00:00', 60, '2031-02-01T00:00'],
])('%s and %i months end at %s', (from, months, end) => {
  expect(endAfterMonths(new Date(from).getTime(), months)).toBe(new Date(end).getTime());
});
