import { basename, join } from 'node:path';
import { type AccuracyFigures, accuracyOf } from './accuracy-figures.ts';
import { makeRoomRecording } from './audio-files.ts';
import { type HeardWord, wordsOfTranscript } from './heard-words.ts';
import {
  BILINGUAL,
  CALL,
  type ReferenceRecording,
  recordingPath,
  referenceRecordings,
  WORDLESS,
} from './reference-recordings.ts';
import type { Claim, Report, Table } from './report.ts';
import type { BenchSettings } from './settings.ts';
import { median } from './statistics.ts';
import { runVoiceSync, SAMPLE_MODEL_PATH } from './voicesync.ts';
import { fixtureFlags, transcribeWithWhisperCli, wordsOfWhisperCli } from './whisper-cli.ts';
import { makeWorkFolder, type WorkFolder } from './work-folder.ts';

/** One recording, transcribed by both. */
interface Comparison {
  readonly recording: ReferenceRecording;
  readonly ours: AccuracyFigures;
  readonly theirs: AccuracyFigures;
}

/**
 * The accuracy of the fixtures' transcripts: words, times, languages and speakers of synthetic speech of which all is
 * known, with the fixtures' model, against whisper.cpp's own command line.
 */
export async function benchFixtures(settings: BenchSettings): Promise<Report> {
  using folder = makeWorkFolder();
  const comparisons: Comparison[] = [];
  for (const recording of referenceRecordings()) {
    settings.tell(recording.name);
    const ours = await ourWords(recording.path, recording.language, folder, settings);
    const theirs = await whisperCliWords(recording, folder, settings);
    comparisons.push({
      recording,
      ours: accuracyOf(recording.segments, ours),
      theirs: accuracyOf(recording.segments, theirs),
    });
  }
  settings.tell('the call as a room recording');
  const room = await roomRecording(comparisons, folder, settings);
  return {
    title: `Accuracy on the fixtures with their model, threads: ${settings.threads}`,
    tables: [wordTable(comparisons), startTable(comparisons), attributionTable(comparisons, room)],
    notes: [
      `whisper-cli: ${fixtureFlags().join(' ')}, on audio decoded by ffmpeg.`,
      ...mistakeNotes('VoiceSync', comparisons, ({ ours }) => ours),
      ...mistakeNotes('whisper-cli', comparisons, ({ theirs }) => theirs),
    ],
    claims: [...wordClaims(comparisons), ...attributionClaims(comparisons, room)],
  };
}

async function ourWords(
  path: string,
  language: string,
  folder: WorkFolder,
  { threads }: BenchSettings,
): Promise<HeardWord[]> {
  const out = folder.make(`voicesync-${basename(path)}`);
  await runVoiceSync(
    [
      ...['transcribe', path, '--language', language, '--threads', String(threads)],
      ...['--model', SAMPLE_MODEL_PATH],
      ...['--out', out, '--format', 'json', '--json'],
    ],
    { home: folder.make('home') },
  );
  return wordsOfTranscript(join(out, `${basename(path).replace(/\.[^.]+$/, '')}.json`));
}

async function whisperCliWords(
  { name, path, language }: ReferenceRecording,
  folder: WorkFolder,
  { threads }: BenchSettings,
): Promise<HeardWord[]> {
  const out = folder.make(`whisper-cli-${name}`);
  await transcribeWithWhisperCli({
    ...{ recording: path, folder: out, threads, model: SAMPLE_MODEL_PATH, flags: fixtureFlags() },
    // whisper-cli accepts one language for a whole recording.
    language: language === 'mixed' ? 'auto' : language,
  });
  return wordsOfWhisperCli(out);
}

async function roomRecording(
  comparisons: readonly Comparison[],
  folder: WorkFolder,
  settings: BenchSettings,
): Promise<AccuracyFigures> {
  const { segments, language } = find(comparisons, CALL).recording;
  const path = join(folder.path, 'room.flac');
  await makeRoomRecording(recordingPath(CALL), path);
  return accuracyOf(segments, await ourWords(path, language, folder, settings));
}

function wordTable(comparisons: readonly Comparison[]): Table {
  const row = (name: string, ours: readonly AccuracyFigures[], theirs: readonly AccuracyFigures[]) => [
    ...[name, String(sum(ours, ({ words }) => words))],
    ...[errorKinds(ours), errorRate(ours), errorKinds(theirs), errorRate(theirs)],
  ];
  const all = (side: 'ours' | 'theirs') => comparisons.map((comparison) => comparison[side]);
  return {
    title: 'Words (substituted/missing/invented, word error rate)',
    header: ['recording', 'words', 'VoiceSync', 'WER', 'whisper-cli', 'WER'],
    rows: [
      ...comparisons.map(({ recording, ours, theirs }) => row(recording.name, [ours], [theirs])),
      row('pooled', all('ours'), all('theirs')),
    ],
  };
}

function startTable(comparisons: readonly Comparison[]): Table {
  const withWords = comparisons.filter(({ ours }) => ours.words > 0);
  const row = (name: string, ours: readonly AccuracyFigures[], theirs: readonly AccuracyFigures[]) => [
    name,
    ...[medianOf(ours, 'segmentStartErrorsMs'), worstOf(ours, 'segmentStartErrorsMs')],
    ...[medianOf(ours, 'wordStartErrorsMs'), worstOf(ours, 'wordStartErrorsMs')],
    String(sum(ours, ({ unmatchedStarts }) => unmatchedStarts)),
    medianOf(theirs, 'segmentStartErrorsMs'),
  ];
  const all = (side: 'ours' | 'theirs') => withWords.map((comparison) => comparison[side]);
  return {
    title: "Starts of sentences: distance from the reference in ms, of the segment's start and of the word's",
    header: ['recording', 'segment', 'worst', 'word', 'worst', 'not matched', 'whisper-cli segment'],
    rows: [
      ...withWords.map(({ recording, ours, theirs }) => row(recording.name, [ours], [theirs])),
      row('pooled', all('ours'), all('theirs')),
    ],
  };
}

function attributionTable(comparisons: readonly Comparison[], room: AccuracyFigures): Table {
  const bilingual = find(comparisons, BILINGUAL);
  const call = find(comparisons, CALL).ours;
  return {
    title: 'Languages and speakers',
    header: ['what', 'right', 'of words', 'share'],
    rows: [
      ['language of bilingual.wav, VoiceSync', ...shareCells(bilingual.ours.rightLanguage, bilingual.ours)],
      [
        'language of bilingual.wav, whisper-cli',
        ...shareCells(bilingual.theirs.rightLanguage, bilingual.theirs),
      ],
      ['speaker of call-two-channels.flac', ...shareCells(call.rightSpeaker, call)],
      [
        `room recording: ${room.speakers} speakers named, ${room.errorCount} word errors`,
        '',
        String(room.words),
        '',
      ],
    ],
  };
}

function wordClaims(comparisons: readonly Comparison[]): Claim[] {
  const ours = comparisons.map((comparison) => comparison.ours);
  const theirs = comparisons.map((comparison) => comparison.theirs);
  const excess = comparisons.map((comparison) => comparison.ours.errorCount - comparison.theirs.errorCount);
  const wordless = comparisons.filter(({ recording }) => WORDLESS.includes(recording.name));
  const invented = sum(
    wordless.map((comparison) => comparison.ours),
    ({ errorCount }) => errorCount,
  );
  const startMs = median(ours.flatMap(({ segmentStartErrorsMs }) => segmentStartErrorsMs));
  return [
    {
      what: 'pooled word error rate',
      target: 'at most 1 %',
      measured: errorRate(ours),
      isKept: rateOf(ours) <= 0.01,
    },
    {
      what: 'the same, against whisper-cli',
      target: `at most ${errorRate(theirs)}`,
      measured: errorRate(ours),
      isKept: rateOf(ours) <= rateOf(theirs),
    },
    {
      what: 'word errors more than whisper-cli in any recording',
      target: 'at most 1',
      measured: String(Math.max(...excess)),
      isKept: Math.max(...excess) <= 1,
    },
    {
      what: 'words on silence and on noise',
      target: '0',
      measured: String(invented),
      isKept: wordless.length === WORDLESS.length && invented === 0,
    },
    {
      what: 'segment starts, median distance from the reference',
      target: 'at most 250 ms',
      measured: `${startMs.toFixed(0)} ms`,
      isKept: startMs <= 250,
    },
  ];
}

function attributionClaims(comparisons: readonly Comparison[], room: AccuracyFigures): Claim[] {
  const bilingual = find(comparisons, BILINGUAL).ours;
  const call = find(comparisons, CALL).ours;
  return [
    {
      what: 'words of bilingual.wav in the right language',
      target: 'at least 95 %',
      measured: percent(bilingual.rightLanguage / bilingual.words),
      isKept: bilingual.rightLanguage / bilingual.words >= 0.95,
    },
    {
      what: 'words of call-two-channels.flac with the right speaker',
      target: 'at least 95 %',
      measured: percent(call.rightSpeaker / call.words),
      isKept: call.rightSpeaker / call.words >= 0.95,
    },
    {
      what: 'speakers told apart in the room recording of the same call',
      target: 'none',
      measured: room.speakers <= 1 ? 'none' : String(room.speakers),
      // Without its words, no speakers would have been distinguished either.
      isKept: room.speakers <= 1 && room.errorCount <= room.words * 0.05,
    },
  ];
}

function mistakeNotes(
  program: string,
  comparisons: readonly Comparison[],
  side: (comparison: Comparison) => AccuracyFigures,
): string[] {
  return comparisons.flatMap((comparison) => {
    const { mistakes } = side(comparison);
    const shown = mistakes.slice(0, 25).join(' ');
    const more = mistakes.length > 25 ? ` … and ${mistakes.length - 25} more` : '';
    return mistakes.length === 0 ? [] : [`${program}, ${comparison.recording.name}: ${shown}${more}`];
  });
}

function find(comparisons: readonly Comparison[], name: string): Comparison {
  const found = comparisons.find(({ recording }) => recording.name === name);
  if (found === undefined) throw new Error(`${name} is missing`);
  return found;
}

function sum(figures: readonly AccuracyFigures[], value: (one: AccuracyFigures) => number): number {
  return figures.reduce((total, one) => total + value(one), 0);
}

function rateOf(figures: readonly AccuracyFigures[]): number {
  return sum(figures, ({ errorCount }) => errorCount) / sum(figures, ({ words }) => words);
}

function errorRate(figures: readonly AccuracyFigures[]): string {
  return sum(figures, ({ words }) => words) === 0 ? '–' : percent(rateOf(figures));
}

function errorKinds(figures: readonly AccuracyFigures[]): string {
  const kinds = ['substitutions', 'deletions', 'insertions'] as const;
  return kinds.map((kind) => sum(figures, ({ errors }) => errors[kind])).join('/');
}

function medianOf(
  figures: readonly AccuracyFigures[],
  which: 'segmentStartErrorsMs' | 'wordStartErrorsMs',
): string {
  const values = figures.flatMap((one) => one[which]);
  return values.length === 0 ? '–' : median(values).toFixed(0);
}

function worstOf(
  figures: readonly AccuracyFigures[],
  which: 'segmentStartErrorsMs' | 'wordStartErrorsMs',
): string {
  const values = figures.flatMap((one) => one[which]);
  return values.length === 0 ? '–' : Math.max(...values).toFixed(0);
}

function shareCells(right: number, { words }: AccuracyFigures): string[] {
  return [String(right), String(words), percent(right / words)];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
