import { describe, expect, it } from 'vitest';
import { allKept, type Claim, type Report, renderReport } from './report.ts';

const kept: Claim = { what: 'words', target: 'at most 1 %', measured: '0.5 %', isKept: true };
const missed: Claim = { ...kept, measured: '2.0 %', isKept: false };

function report(claims: Claim[]): Report {
  const figures = { title: 'Files', header: ['file', 'words'], rows: [['a|b.wav', '7']] };
  return { title: 'Accuracy', tables: [figures], notes: ['A note.'], claims };
}

describe('renderReport', () => {
  it('ends with the claims and says which were missed', () => {
    const lines = renderReport(report([kept, missed]), 'text').split('\n');
    expect(lines.at(-2)).toMatch(/0\.5 % +ok$/);
    expect(lines.at(-1)).toMatch(/2\.0 % +NOT OK$/);
    expect(lines).toContain('A note.');
  });

  it('aligns columns for a terminal', () => {
    expect(renderReport(report([kept]), 'text')).toContain('  file     words\n  a|b.wav      7');
  });

  it('makes tables that Markdown reads, bars in names included', () => {
    const markdown = renderReport(report([kept]), 'markdown');
    expect(markdown).toContain('### Accuracy\n');
    expect(markdown).toContain('\n- A note.\n');
    expect(markdown).toContain('| file | words |\n| --- | ---: |\n| a\\|b.wav | 7 |');
  });
});

describe('allKept', () => {
  it('is false as soon as one claim is missed', () => {
    expect(allKept(report([kept]))).toBe(true);
    expect(allKept(report([kept, missed]))).toBe(false);
  });
});
