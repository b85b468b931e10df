import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, readyMinute } from './quantities.ts';

describe('quantities', () => {
  it('never shows more than three digits and a unit', () => {
    expect([0, 999, 1000, 9_960_000, 999_600_000, 3_095_033_483].map((n) => formatBytes(n, 'en'))).toEqual([
      '0 B',
      '999 B',
      '1 kB',
      '10 MB',
      '1 GB',
      '3.1 GB',
    ]);
  });

  it('promises no minute before its end', () => {
    const at = Date.UTC(2026, 10, 20, 14, 3);
    expect([at, at + 1, at + 59_999].map((readyAt) => readyMinute(readyAt) - at)).toEqual([
      0, 60_000, 60_000,
    ]);
  });

  it('tells times in their two largest units', () => {
    expect([400, 8_000, 59_700, 725_000, 3_600_000, 3_900_000].map(formatDuration)).toEqual([
      '0 s',
      '8 s',
      '1 min',
      '12 min 5 s',
      '1 h',
      '1 h 5 min',
    ]);
  });
});
