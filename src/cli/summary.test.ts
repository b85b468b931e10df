import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { displayWidth } from './display-width.ts';
import type { FileOutcome } from './reporter.ts';
import { failureLines, stillReadable, summaryTable } from './summary.ts';

function outcome(file: string, rest: Partial<FileOutcome> = {}): FileOutcome {
  return { file, state: 'done', failure: null, exports: [], durationMs: 65_000, figures: null, ...rest };
}

describe('summaryTable', () => {
  it('names files as they are seen from the working folder', () => {
    const rows = summaryTable(
      [outcome(join(process.cwd(), 'in', 'a.wav')), outcome('/elsewhere/b.wav')],
      null,
    );
    expect(
      rows
        .split('\n')
        .slice(2)
        .map((row) => row.split(' ')[0]),
    ).toEqual([join('in', 'a.wav'), '/elsewhere/b.wav']);
  });

  it('stays within the terminal, and lets no name drive it', () => {
    const long = `/recordings/${'very long name '.repeat(10)}\u001b[2J.wav`;
    const text = summaryTable([outcome(long), outcome('/b.wav', { state: 'interrupted' })], 80);
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
    expect(text).not.toContain('\u001b');
    expect(text).toContain('.wav');
  });
});

describe('failureLines', () => {
  it('say which file, where the sentence does not', () => {
    const unknown = outcome('/in/a.wav', { failure: { code: 'engine.notBuilt', details: {} } });
    const named = outcome('/in/b.wav', { failure: { code: 'media.empty', details: { file: 'b.wav' } } });
    const lines = failureLines([unknown, named, outcome('/in/c.wav')]);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^a\.wav: .*npm run build:native/);
    expect(lines[1]).toMatch(/^.b\.wav. /u);
  });
});

describe('stillReadable', () => {
  it('names one file, or the folders of several', () => {
    expect(stillReadable([])).toBeNull();
    expect(stillReadable(['/in/a.wav'])).toContain('/in/a.wav');
    expect(stillReadable(['/in/a.wav', '/in/b.wav', '/more/c.wav'])).toMatch(/ \/in, \/more$/);
  });
});
