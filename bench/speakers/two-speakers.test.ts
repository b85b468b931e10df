import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { called } from '../../src/cli/testing/called-command.ts';
import { CliHome, REPOSITORY } from '../../src/cli/testing/cli-home.ts';
import { TranscriptFile } from '../../src/core/export/transcript-file.ts';
import { diarizationError, errorRate } from './diarization-error.ts';
import { parseRttm } from './rttm-file.ts';
import { wordSpeakers } from './word-speakers.ts';

const FIXTURES = join(REPOSITORY, 'e2e', 'fixtures');
const REFERENCE = parseRttm(readFileSync(join(FIXTURES, 'two-speakers.rttm'), 'utf8'), 'two-speakers');

vi.setConfig({ testTimeout: 120_000 });

const home = new CliHome();
beforeAll(() => home.chooseDictationModel());
afterAll(() => home[Symbol.dispose]());

it('names the two who talk into one microphone, each where they do, in RTTM and in the text', async () => {
  const recording = join(FIXTURES, 'two-speakers.flac');
  const { status } = await called(home, [
    ...['transcribe', recording, '--language', 'en', '--out', 'out', '--format', 'rttm,json', '--quiet'],
  ]);
  expect(status).toBe(0);
  const turns = parseRttm(readFileSync(home.path('out/two-speakers.rttm'), 'utf8'), 'two-speakers');
  expect([...new Set(turns.map(({ speaker }) => speaker))]).toEqual(['Speaker_1', 'Speaker_2']);
  const error = diarizationError(REFERENCE, turns, 250);
  expect(Object.fromEntries(error.mapping)).toEqual({ Speaker_1: '1688', Speaker_2: '1998' });
  expect(errorRate([error])).toBeLessThan(0.06);
  const { segments } = TranscriptFile.parse(
    JSON.parse(readFileSync(home.path('out/two-speakers.json'), 'utf8')),
  );
  expect(new Set(segments.map(({ speaker }) => speaker))).toEqual(new Set(['Speaker 1', 'Speaker 2']));
  const words = segments.flatMap((segment) =>
    segment.words.map((word) => ({ ...word, speaker: (segment.speaker ?? '').replace(' ', '_') })),
  );
  const { single, singleRight } = wordSpeakers(REFERENCE, words, error.mapping);
  expect(singleRight / single).toBeGreaterThan(0.95);
});
