import { describe, expect, it } from 'vitest';
import { displayWidth } from '../printed/display-width.ts';
import { barLine } from './progress-bars.ts';

const FACTS = ['transcribing', '12×', 'ready at 14:03'];

describe('barLine', () => {
  it('shows name, bar, per cent and all facts where there is room', () => {
    const line = barLine({ name: 'call.wav', facts: FACTS, progress: 0.5 }, 100);
    expect(line).toBe(
      `${'call.wav'.padEnd(28)} ${'█'.repeat(12)}${'░'.repeat(12)}  50 % transcribing, 12×, ready at 14:03`,
    );
  });

  it('gives up the bar first, then the later facts, and never the per cent', () => {
    const name = '2026-11-20 hearing of the second witness.m4a';
    expect(barLine({ name, facts: FACTS, progress: 0.5 }, 60)).toBe(
      '2026-11-20…tness.m4a  50 % transcribing, 12×, ready at 14:03',
    );
    expect(barLine({ name, facts: FACTS, progress: 0.5 }, 40)).toBe(
      '2026-11-…ess.m4a  50 % transcribing, 12×',
    );
  });

  it('never wraps, on the narrowest terminal and with the widest name', () => {
    for (let columns = 1; columns < 120; columns += 1) {
      for (const name of ['call.wav', '録音'.repeat(40), 'e\u0301'.repeat(60)]) {
        expect(displayWidth(barLine({ name, facts: FACTS, progress: 1 }, columns))).toBeLessThanOrEqual(
          columns,
        );
      }
    }
  });
});
