import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileOutcome } from '../../app/jobs/file-outcomes.ts';
import { textsIn } from '../texts.ts';
import { displayWidth } from './display-width.ts';
import { failureLines, findingLines, stillReadable, summaryTable } from './summary.ts';

const ENGLISH = textsIn('en');

function outcome(file: string, rest: Partial<FileOutcome> = {}): FileOutcome {
  return {
    file,
    recordingId: null,
    state: 'done',
    sameAs: null,
    failure: null,
    exports: [],
    transcribed: false,
    beginsBeforeZero: false,
    rescued: null,
    durationMs: 65_000,
    figures: null,
    notUnderstood: [],
    otherLanguages: [],
    assumed: null,
    ...rest,
  };
}

describe('summaryTable', () => {
  it('names files as they are seen from the working folder', () => {
    const rows = summaryTable(
      [outcome(join(process.cwd(), 'in', 'a.wav')), outcome('/elsewhere/b.wav')],
      null,
      ENGLISH,
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
    const text = summaryTable([outcome(long), outcome('/b.wav', { state: 'interrupted' })], 80, ENGLISH);
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
    expect(text).not.toContain('\u001b');
    expect(text).toContain('.wav');
  });
});

describe('failureLines', () => {
  it('say which file, where the sentence does not', () => {
    const unknown = outcome('/in/a.wav', { failure: { code: 'engine.notBuilt', details: {} } });
    const named = outcome('/in/b.wav', { failure: { code: 'media.empty', details: { file: 'b.wav' } } });
    const lines = failureLines([unknown, named, outcome('/in/c.wav')], null, ENGLISH);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^a\.wav: .*npm run build:native/);
    expect(lines[1]).toMatch(/^.b\.wav. /u);
  });

  it('name files of one name by their paths', () => {
    const failure = { code: 'media.empty', details: { file: 'REC0001.wav' } } as const;
    const lines = failureLines(
      ['day1', 'day2'].map((day) => outcome(`/in/${day}/REC0001.wav`, { failure })),
      null,
      ENGLISH,
    );
    expect(lines.map((line) => line.slice(0, 21))).toEqual([
      '/in/day1/REC0001.wav:',
      '/in/day2/REC0001.wav:',
    ]);
  });

  it('say where the transcript is that could not be written', () => {
    const failure = { code: 'folder.notWritable' as const, details: { folder: '/stick' } };
    const failed = { state: 'failed' as const, failure, transcribed: true, recordingId: '01a1f894-4f2a1c00' };
    const rescued = outcome('/in/a.wav', {
      ...failed,
      rescued: { folder: '/stick', paths: ['/home/a.txt'] },
    });
    const shown = outcome('/in/b.wav', { ...failed, rescued: { folder: '/stick', paths: [] } });
    const lines = failureLines([rescued, shown], null, ENGLISH);
    expect(lines[1]).toBe(
      'a.wav: the transcript could not be written into /stick, and is kept, readable and not encrypted, in /home/a.txt. Move it to where it belongs.',
    );
    expect(lines[3]).toContain('It stands above, and nowhere else');
    const [, inVault] = failureLines([outcome('/in/c.wav', failed)], '/my vault', ENGLISH);
    expect(inVault).toBe(
      'c.wav: the transcript is in the vault. To write it as files: voicesync recordings export 4f2a1c00 --out FOLDER --vault "/my vault"',
    );
    // Without a vault, or before the end, there is no transcript to point to.
    expect(failureLines([outcome('/in/c.wav', failed)], null, ENGLISH)).toHaveLength(1);
    expect(
      failureLines([outcome('/in/c.wav', { ...failed, transcribed: false })], '/vault', ENGLISH),
    ).toHaveLength(1);
  });
});

describe('findingLines', () => {
  const spans = [20_000, 100_000, 200_000, 300_000].map((startMs) => ({ startMs, endMs: startMs + 15_000 }));
  const german = { startMs: 760_000, endMs: 1_795_000, language: 'de', probability: 0.92 };
  const english = { startMs: 60_000, endMs: 90_000, language: 'en', probability: 0.85 };

  it('are none where all was understood', () => {
    expect(findingLines([outcome('/in/a.wav')], null, ENGLISH)).toEqual([]);
  });

  it('say how a recording without a header was read', () => {
    const assumed = { because: 'ending', coding: 'vox', sampleRate: 8000, channels: 1, by: '.vox' } as const;
    expect(findingLines([outcome('/in/a.vox', { assumed })], null, ENGLISH)).toEqual([
      expect.stringMatching(/^a\.vox: read as Dialogic ADPCM \(VOX\), 8 kHz, because of its ending \.vox/),
    ]);
  });

  it('count what was not understood, and name the first places', () => {
    expect(findingLines([outcome('/in/a.wav', { notUnderstood: spans.slice(0, 1) })], null, ENGLISH)).toEqual(
      ['a.wav: one stretch was not understood: 00:20–00:35.'],
    );
    expect(findingLines([outcome('/in/a.wav', { notUnderstood: spans })], null, ENGLISH)).toEqual([
      'a.wav: 4 stretches, 01:00 in all, were not understood: 00:20–00:35, 01:40–01:55, 03:20–03:35 and 1 more.',
    ]);
  });

  it('tell of other languages, and what to type', () => {
    const found = outcome('/in/two words.wav', {
      durationMs: 1_800_000,
      otherLanguages: [english, german],
    });
    expect(findingLines([found], null, ENGLISH)).toEqual([
      'two words.wav: 01:00–01:30 probably English (85 %), from 12:40 on probably German (92 %).',
      'To hear each language as itself: voicesync transcribe "/in/two words.wav" --language mixed',
    ]);
  });

  it('of what a vault holds, how to transcribe it there', () => {
    const recordingId = '01980000-0000-7000-8000-0000004f2a1c';
    const found = outcome('/in/a.wav', { recordingId, otherLanguages: [german] });
    expect(findingLines([found], '/home/me/Vault', ENGLISH)[1]).toBe(
      'To hear each language as itself: voicesync queue add 004f2a1c --language mixed --vault /home/me/Vault',
    );
  });
});

describe('stillReadable', () => {
  it('names one file, or the folders of several', () => {
    expect(stillReadable([], ENGLISH.say)).toBeNull();
    expect(stillReadable(['/in/a.wav'], ENGLISH.say)).toContain('/in/a.wav');
    expect(stillReadable(['/in/a.wav', '/in/b.wav', '/more/c.wav'], ENGLISH.say)).toMatch(/ \/in, \/more$/);
  });
});
