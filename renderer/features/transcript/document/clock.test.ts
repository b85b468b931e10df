import { describe, expect, it } from 'vitest';
import { clock, playerClock, writtenClock } from './clock.ts';

describe('times of a recording', () => {
  it('drops parts of a second and shows hours only where there are any', () => {
    expect(clock(192_999)).toBe('03:12');
    expect(clock(3_600_000 + 2 * 60_000 + 33_000)).toBe('1:02:33');
    expect(clock(-5)).toBe('00:00');
  });

  it('are written into texts with hours', () => {
    expect(writtenClock(192_000)).toBe('[00:03:12]');
    expect(writtenClock(36_192_000)).toBe('[10:03:12]');
  });

  it('show tenths beside the playhead', () => {
    expect(playerClock(192_480)).toBe('03:12.4');
  });
});
