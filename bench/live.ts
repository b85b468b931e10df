import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { TranscriptFile } from '../src/core/export/transcript-file.ts';
import { decodeToWav } from './audio-files.ts';
import { type LiveRun, liveModel, runLive } from './live/live-run.ts';
import { type SaidWord, type WordDelays, wordDelays } from './live/shown-words.ts';
import { recordingPath } from './reference-recordings.ts';
import type { Claim, Report } from './report.ts';
import type { BenchSettings } from './settings.ts';
import { readWav } from './sounds/wav-file.ts';
import { joinSpeech } from './speech/joined-speech.ts';
import { median, percentile } from './statistics.ts';
import { runVoiceSync, SAMPLE_MODEL_PATH } from './voicesync.ts';
import { makeWorkFolder, type WorkFolder } from './work-folder.ts';

/** Length of the dictations. */
const SECONDS = 90;

const SLOWER = 5;

/** The targets, in seconds, on two cores that do nothing else. */
const BUNDLED_SHOWN = 2;
const BUNDLED_CONFIRMED = 5;
const FIXTURE_SHOWN = 0.6;

/** A dictation, its words with their ends by the final transcript of the same file, and the model for both. */
interface Dictation {
  readonly label: string;
  readonly path: string;
  readonly model: string;
  readonly slower: number;
  /** Targets in seconds; null: only told. */
  readonly shown: number | null;
  readonly confirmed: number | null;
}

interface Measured {
  readonly dictation: Dictation;
  readonly run: LiveRun;
  readonly delays: WordDelays;
}

/**
 * Live text of speech that is fed as fast as it is said: when words are shown and confirmed, whether confirmed ones change,
 * and what it costs; with the bundled model, the fixtures' model, and an engine that is five times slower.
 */
export async function benchLive(settings: BenchSettings): Promise<Report> {
  using folder = makeWorkFolder();
  settings.tell('making the dictations');
  const dense = await joinSpeech(folder, { seconds: SECONDS, pauses: false, seed: settings.seed });
  const paused = await joinSpeech(folder, { seconds: SECONDS, pauses: true, seed: settings.seed });
  const { model } = settings;
  const bundled = { model, shown: BUNDLED_SHOWN, confirmed: BUNDLED_CONFIRMED, slower: 1 };
  const dictations: Dictation[] = [
    { ...bundled, label: 'fluent speech', path: dense.path },
    { ...bundled, label: 'speech with pauses', path: paused.path },
    {
      ...{ label: 'fixture', path: recordingPath('interview-en.m4a'), model: SAMPLE_MODEL_PATH, slower: 1 },
      ...{ shown: FIXTURE_SHOWN, confirmed: null },
    },
    {
      ...{ label: `fluent speech, engine ${SLOWER} times slower`, path: dense.path, model },
      ...{ slower: SLOWER, shown: null, confirmed: null },
    },
  ];
  const measured: Measured[] = [];
  for (const dictation of dictations) measured.push(await measure(dictation, folder, settings));
  return reportOf(measured, settings);
}

async function measure(dictation: Dictation, folder: WorkFolder, settings: BenchSettings): Promise<Measured> {
  const { label, path, model, slower } = dictation;
  settings.tell(`${label}: the final transcript`);
  const words = await finalWords(path, folder, { ...settings, model });
  const wav = join(folder.path, 'dictation.wav');
  await decodeToWav(path, wav);
  settings.tell(`${label}: read along in real time`);
  const models = { final: await liveModel(basename(model, '.bin'), model), others: [] };
  const run = await runLive({ sound: readWav(wav), models, language: 'en', slower });
  return { dictation, run, delays: wordDelays(words, run.shown) };
}

/** The words of a recording with their ends, as the command line transcribes it. */
async function finalWords(
  path: string,
  folder: WorkFolder,
  { model, threads }: BenchSettings,
): Promise<SaidWord[]> {
  const out = folder.makeNew('out');
  await runVoiceSync(
    [
      ...['transcribe', path, '--model', model, '--language', 'en', '--threads', String(threads)],
      ...['--out', out, '--format', 'json', '--json'],
    ],
    { home: folder.makeNew('home') },
  );
  const file = join(out, `${basename(path).replace(/\.[^.]+$/, '')}.json`);
  const { segments } = TranscriptFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  return segments.flatMap(({ words }) => words.map(({ text, endMs }) => ({ text, endMs })));
}

function reportOf(measured: readonly Measured[], { model }: BenchSettings): Report {
  return {
    title: `Live text with ${basename(model)}, and with the fixtures' model`,
    tables: [
      {
        title: 'Seconds from the end of a word',
        header: [
          ...['dictation', 'shown, median', '95 %', 'confirmed, median', '95 %', 'last word after the end'],
          ...['changed', 'as in the final text'],
        ],
        rows: measured.map(({ dictation, run, delays }) => [
          ...[
            dictation.label,
            ...timesOf(delays.shownMs),
            ...timesOf(delays.confirmedMs),
            seconds(run.restMs),
          ],
          ...[String(delays.changed), `${delays.right} of ${delays.said}`],
        ]),
      },
      {
        title: 'Costs',
        header: [
          ...[
            'dictation',
            'passes',
            'engine’s time per second',
            'processor per second',
            'of it not the engine’s',
          ],
          ...['skipped', 'late'],
        ],
        rows: measured.map(({ dictation, run }) => [
          ...[dictation.label, String(run.passes), (run.passMs / run.audioMs).toFixed(2)],
          ((run.engineCpuMs + run.ownCpuMs) / run.audioMs).toFixed(2),
          ...[(run.ownCpuMs / run.audioMs).toFixed(3), seconds(run.skippedMs), String(run.late)],
        ]),
      },
    ],
    notes: measured.flatMap(({ dictation, run }) =>
      run.model === null
        ? []
        : [
            `${dictation.label}: ${run.model.model}, ${run.model.reason}, real-time factor ${run.model.realTimeFactor.toFixed(2)}.`,
          ],
    ),
    claims: measured.flatMap(claimsOf),
  };
}

function claimsOf({ dictation, run, delays }: Measured): Claim[] {
  const { label, shown, confirmed } = dictation;
  const atMost = (what: string, limit: number | null, delaysMs: readonly number[]): Claim[] =>
    limit === null
      ? []
      : [
          {
            what: `${label}: words ${what}, median`,
            target: `at most ${limit} s`,
            measured: `${seconds(median(delaysMs))} s`,
            isKept: median(delaysMs) <= limit * 1000,
          },
        ];
  const isSlow = dictation.slower > 1;
  return [
    ...atMost('shown', shown, delays.shownMs),
    ...atMost('confirmed', confirmed, delays.confirmedMs),
    {
      what: `${label}: confirmed words that changed`,
      target: 'none',
      measured: String(delays.changed),
      isKept: delays.changed === 0,
    },
    ...(isSlow
      ? [
          {
            what: `${label}: words as in the final text, or told to be left out`,
            target: 'at least 85 %',
            measured: `${Math.round((100 * delays.right) / delays.said)} % and ${seconds(run.skippedMs)} s left out`,
            isKept: delays.right / delays.said + run.skippedMs / run.audioMs >= 0.85,
          },
        ]
      : []),
  ];
}

function timesOf(delaysMs: readonly number[]): [string, string] {
  return [seconds(median(delaysMs)), seconds(percentile(delaysMs, 95))];
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}
