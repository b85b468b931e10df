import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { TranscriptFile } from '../src/core/export/transcript-file.ts';
import { decodeToWav } from './audio-files.ts';
import { type CaptureRun, runCapture } from './live/capture-run.ts';
import { type SaidWord, type WordDelays, wordDelays } from './live/shown-words.ts';
import { recordingPath } from './reference-recordings.ts';
import type { Claim, Report } from './report.ts';
import type { BenchSettings } from './settings.ts';
import { joinSpeech } from './speech/joined-speech.ts';
import { median, percentile } from './statistics.ts';
import { runVoiceSync, SAMPLE_MODEL_PATH } from './voicesync.ts';
import { makeWorkFolder, type WorkFolder } from './work-folder.ts';

/** Length of the dictation whose final transcript is waited for, and of the others. */
const LONG_SECONDS = 300;
const SECONDS = 60;

const SLOWER = 5;

/** The targets, in seconds, on two cores that do nothing else. */
const BUNDLED_SHOWN = 2;
const BUNDLED_CONFIRMED = 5;
const FIXTURE_SHOWN = 0.6;

/** Where there is no time for all that is said, so much of it must be right or told to be left out. */
const SLOW_SHARE = 0.85;

/** What both programs call the recording. */
const NAME = 'dictation';

const WAV_HEADER_BYTES = 44;

/** A dictation and what is asked of its live text. */
interface Dictation {
  readonly label: string;
  readonly path: string;
  readonly model: string;
  /** Another model that is installed; null for none. */
  readonly smaller: string | null;
  readonly slower: number;
  /** Targets in seconds; null: only told. */
  readonly shown: number | null;
  readonly confirmed: number | null;
}

interface Measured {
  readonly dictation: Dictation;
  readonly run: CaptureRun;
  readonly delays: WordDelays;
  /** The final words are those of the same file imported. */
  readonly isSame: boolean;
}

/**
 * Recordings of speech that is delivered as fast as it is said: when words are shown and confirmed, whether confirmed ones
 * change, what it costs, and when the final transcript is ready; with the bundled model, the fixtures' model, and an engine
 * that is five times slower.
 */
export async function benchLive(settings: BenchSettings): Promise<Report> {
  using folder = makeWorkFolder();
  settings.tell('making the dictations');
  const { seed, model, smaller } = settings;
  const long = await joinSpeech(folder, { seconds: LONG_SECONDS, pauses: false, seed });
  const dense = await joinSpeech(folder, { seconds: SECONDS, pauses: false, seed });
  const paused = await joinSpeech(folder, { seconds: SECONDS, pauses: true, seed });
  const bundled = { model, smaller: null, shown: BUNDLED_SHOWN, confirmed: BUNDLED_CONFIRMED, slower: 1 };
  const slow = { path: dense.path, model, slower: SLOWER, shown: null, confirmed: null };
  const dictations: Dictation[] = [
    {
      ...{
        label: 'fixture',
        path: recordingPath('interview-en.m4a'),
        model: SAMPLE_MODEL_PATH,
        smaller: null,
      },
      ...{ slower: 1, shown: FIXTURE_SHOWN, confirmed: null },
    },
    { ...bundled, label: '5 minutes', path: long.path },
    { ...bundled, label: 'with pauses', path: paused.path },
    { ...slow, label: `engine ${SLOWER} times slower`, smaller: null },
    ...(smaller === null ? [] : [{ ...slow, label: 'the same, a smaller model there', smaller }]),
  ];
  const measured: Measured[] = [];
  const chosen = dictations.slice(0, settings.limit ?? dictations.length);
  for (const dictation of chosen) measured.push(await measure(dictation, folder, settings));
  return reportOf(measured, settings);
}

async function measure(dictation: Dictation, folder: WorkFolder, settings: BenchSettings): Promise<Measured> {
  const { label, path, model, smaller, slower } = dictation;
  const wav = join(folder.makeNew('sound'), `${NAME}.wav`);
  await decodeToWav(path, wav);
  settings.tell(`${label}: imported as a file`);
  const imported = await importedWords(wav, folder, { ...settings, model });
  settings.tell(`${label}: recorded`);
  const out = folder.makeNew('recorded');
  const run = await runCapture({
    ...{ pcm: samplesOf(wav), name: NAME, model, smaller, language: 'en', slower, out },
    modelsFolder: folder.makeNew('models'),
  });
  const recorded = wordsIn(join(out, `${NAME}.json`));
  const textOf = (words: readonly SaidWord[]) => words.map(({ text }) => text).join(' ');
  const isSame = textOf(recorded) === textOf(imported);
  return { dictation, run, delays: wordDelays(imported, run.shown), isSame };
}

/** The words of a recording as the command line transcribes its file. */
async function importedWords(
  wav: string,
  folder: WorkFolder,
  { model, threads }: BenchSettings,
): Promise<SaidWord[]> {
  const out = folder.makeNew('out');
  await runVoiceSync(
    [
      ...['transcribe', wav, '--model', model, '--language', 'en', '--threads', String(threads)],
      ...['--out', out, '--format', 'json', '--json'],
    ],
    { home: folder.makeNew('home') },
  );
  return wordsIn(join(out, `${NAME}.json`));
}

function wordsIn(file: string): SaidWord[] {
  const { segments } = TranscriptFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  return segments.flatMap(({ words }) => words.map(({ text, endMs }) => ({ text, endMs })));
}

/** The samples of a WAV as `decodeToWav` makes it: ffmpeg puts its name before them. */
function samplesOf(wav: string): Buffer {
  const bytes = readFileSync(wav);
  const at = bytes.indexOf('data', 12, 'latin1');
  return bytes.subarray(at < 0 ? WAV_HEADER_BYTES : at + 8);
}

function reportOf(measured: readonly Measured[], { model }: BenchSettings): Report {
  return {
    title: `Live text with ${basename(model)}, and with the fixtures' model`,
    tables: [
      {
        title: 'Seconds from the end of a word',
        header: [
          ...['dictation', 'shown, median', '95 %', 'confirmed, median', '95 %'],
          ...['confirmed words changed', 'as in the final text'],
        ],
        rows: measured.map(({ dictation, delays }) => [
          ...[dictation.label, ...timesOf(delays.shownMs), ...timesOf(delays.confirmedMs)],
          ...[String(delays.changed), `${delays.right} of ${delays.said}`],
        ]),
      },
      {
        title: 'Seconds from the end of the sound, and costs for each second of it',
        header: [
          ...['dictation', 'durable', 'transcript', 'processor, engines', 'processor, the rest'],
          ...['frames', 'recorded', 'left out by live text', 'warned'],
        ],
        rows: measured.map(({ dictation, run }) => [
          ...[dictation.label, seconds(run.stopMs), seconds(run.transcriptMs)],
          ...[(run.engineCpuMs / run.audioMs).toFixed(2), (run.ownCpuMs / run.audioMs).toFixed(2)],
          ...[String(run.metrics.framesIn), String(run.metrics.framesRecorded)],
          ...[String(run.metrics.framesSkippedByLiveText), [...run.warnings].join(' ')],
        ]),
      },
    ],
    notes: [
      'Processor time of the engines is that of live text and final transcript, loading their models included.',
      ...measured.map(
        ({ dictation, run }) => `${dictation.label}: live text by ${run.liveModel ?? 'no model'}.`,
      ),
    ],
    claims: measured.flatMap(claimsOf),
  };
}

function claimsOf({ dictation, run, delays, isSame }: Measured): Claim[] {
  const { label, shown, confirmed, slower } = dictation;
  const { framesIn, framesRecorded, framesLost, framesSkippedByLiveText } = run.metrics;
  const lost = framesIn - framesRecorded + framesLost;
  const told = delays.right / delays.said + framesSkippedByLiveText / framesIn;
  return [
    ...medianClaim(`${label}: words shown, median`, shown, delays.shownMs),
    ...medianClaim(`${label}: words confirmed, median`, confirmed, delays.confirmedMs),
    {
      what: `${label}: confirmed words that changed`,
      ...{ target: 'none', measured: String(delays.changed), isKept: delays.changed === 0 },
    },
    { what: `${label}: frames lost`, target: 'none', measured: String(lost), isKept: lost === 0 },
    {
      what: `${label}: final words those of the file imported`,
      ...{ target: 'all', measured: isSame ? 'all' : 'others', isKept: isSame },
    },
    ...(slower === 1
      ? []
      : [
          {
            what: `${label}: words as in the final text, or told to be left out`,
            target: `at least ${Math.round(100 * SLOW_SHARE)} %`,
            measured: `${Math.round(100 * told)} %`,
            isKept: told >= SLOW_SHARE,
          },
        ]),
  ];
}

function medianClaim(what: string, limit: number | null, delaysMs: readonly number[]): Claim[] {
  if (limit === null) return [];
  const measured = median(delaysMs);
  return [
    {
      what,
      target: `at most ${limit} s`,
      measured: `${seconds(measured)} s`,
      isKept: measured <= limit * 1000,
    },
  ];
}

function timesOf(delaysMs: readonly number[]): [string, string] {
  return [seconds(median(delaysMs)), seconds(percentile(delaysMs, 95))];
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}
