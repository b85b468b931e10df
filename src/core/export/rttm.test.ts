import { expect, test } from 'vitest';
import type { TranscriptDocument } from '../../contract/document.ts';
import { rttmOf } from './rttm.ts';
import { exampleDocument, segmentOf } from './testing/example-documents.ts';
import { withTimeOffset } from './time-offset.ts';

function rttm(changes: Partial<TranscriptDocument>, offsetMs = 0): string[] {
  return [...rttmOf(withTimeOffset(exampleDocument(changes), offsetMs))];
}

const turnOf = (speaker: number, startMs: number, endMs: number) => ({
  ...{ startMs, endMs, speaker, certainty: 0.9 },
});

test('a turn is a line of ten fields, with the name that the text gives it', () => {
  const lines = rttm({
    segments: [
      segmentOf('Good morning to all of you.', 1000, 3000, 'Ana Pérez'),
      segmentOf('Good morning.', 3200, 4000, 'Speaker 2'),
    ],
    turns: [turnOf(0, 900, 3100), turnOf(1, 3000, 4100)],
  });
  expect(lines).toEqual([
    'SPEAKER interview-en 1 0.900 2.200 <NA> <NA> Ana_Pérez <NA> <NA>\n',
    'SPEAKER interview-en 1 3.000 1.100 <NA> <NA> Speaker_2 <NA> <NA>\n',
  ]);
});

test('who talks at the same time has lines that overlap', () => {
  const lines = rttm({
    segments: [
      segmentOf('One two three.', 0, 3000, 'A'),
      segmentOf('Yes.', 1000, 1500, 'B'),
      segmentOf('And now I.', 4000, 6000, 'B'),
    ],
    turns: [turnOf(0, 0, 3000), turnOf(1, 1000, 1500), turnOf(1, 4000, 6000)],
  });
  expect(lines.map((line) => line.split(' ').slice(3, 5))).toEqual([
    ['0.000', '3.000'],
    ['1.000', '0.500'],
    ['4.000', '2.000'],
  ]);
});

test('speakers of channels talk as long as their segments', () => {
  const lines = rttm({
    segments: [
      segmentOf('Hello, it is me.', 0, 2000, 'Speaker 1'),
      segmentOf('Yes?', 1500, 2500, 'Speaker 2'),
    ],
  });
  expect(lines).toEqual([
    'SPEAKER interview-en 1 0.000 2.000 <NA> <NA> Speaker_1 <NA> <NA>\n',
    'SPEAKER interview-en 1 1.500 1.000 <NA> <NA> Speaker_2 <NA> <NA>\n',
  ]);
});

test('nobody known is still somebody who speaks', () => {
  expect(rttm({ segments: [segmentOf('Hello.', 0, 1000)] })[0]).toContain(' unknown ');
});

test('names that differ only by blanks stay two', () => {
  const lines = rttm({
    segments: [segmentOf('Hello.', 0, 1000, 'Ana P'), segmentOf('Hello.', 2000, 3000, 'Ana_P')],
  });
  expect(lines.map((line) => line.split(' ')[7])).toEqual(['Ana_P', 'Ana_P_2']);
});

test('a name is one field, whatever is in it', () => {
  const base = exampleDocument();
  const recording = { ...base.recording, name: 'Hearing of 3.11.2026\n(part 2).m4a' };
  const [line = ''] = rttm({
    recording,
    segments: [segmentOf('Hello.', 0, 1000, 'Dr.\u2003Ana\tPérez\u202E')],
  });
  expect(line.trimEnd().split(/\s/u)).toHaveLength(10);
  expect(line).toContain('SPEAKER Hearing_of_3.11.2026_(part_2) 1');
  expect(line).toContain(' Dr._Ana_Pérez ');
});

test('times are moved with the recording, and what lies before 0 is left out', () => {
  const changes = { segments: [segmentOf('Hello.', 1000, 2000, 'A'), segmentOf('You.', 5000, 6000, 'A')] };
  expect(rttm(changes, 60_000).map((line) => line.split(' ')[3])).toEqual(['61.000', '65.000']);
  expect(rttm(changes, -3000).map((line) => line.split(' ')[3])).toEqual(['2.000']);
});
