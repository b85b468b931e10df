import { basename, join } from 'node:path';
import type { CoreEvent } from '../src/contract/events.ts';
import { z } from '../src/contract/schema.ts';
import { decodeToWav, makeOfLength } from './audio-files.ts';
import type { Claim, Report } from './report.ts';
import { runSuccessfully } from './run-process.ts';
import type { BenchSettings } from './settings.ts';
import { joinSpeech } from './speech/joined-speech.ts';
import { median } from './statistics.ts';
import { startVoiceSync, type TimedEvent } from './voicesync.ts';
import { makeWorkFolder, type WorkFolder } from './work-folder.ts';

const RUNS = 5;
/** Runs of the encoder over a full window. */
const TARGET_ENCODER_RUNS = 1.5;

const EncoderRun = z.object({ milliseconds: z.number() });

/** What encoder-run.ts prints. */
export type EncoderRun = z.infer<typeof EncoderRun>;

/** A measured recording. */
interface Waited {
  readonly label: string;
  readonly path: string;
  /** A language code, or `auto`. */
  readonly language: string;
}

/** Times of events in one run, in milliseconds since just before the process was started. */
interface Waypoints {
  readonly queuedMs: number;
  readonly transcribingMs: number;
  readonly wordsMs: number;
  /** What one run of the encoder took on this machine just after. */
  readonly encoderMs: number;
}

/**
 * The time to the first words of the bundled model, from the start of the process, and whether that depends
 * on the length of the recording; measured in encoder runs, because no words come before the first. A run is
 * killed after its first words.
 */
export async function benchFirstWords(settings: BenchSettings): Promise<Report> {
  using folder = makeWorkFolder();
  settings.tell('making the recordings');
  const recordings = await makeRecordings(folder, settings);
  const window = join(folder.path, 'window.wav');
  await decodeToWav(recordings[0]?.path ?? '', window);
  const found: { waited: Waited; runs: Waypoints[] }[] = [];
  for (const waited of recordings) {
    const runs: Waypoints[] = [];
    for (let run = 1; run <= RUNS; run += 1) {
      settings.tell(`${waited.label}, run ${run} of ${RUNS}`);
      const waypoints = await runUntilWords(waited, folder, settings);
      runs.push({ ...waypoints, encoderMs: await encoderRun(window, settings) });
    }
    found.push({ waited, runs });
  }
  return reportOf(found, settings);
}

async function makeRecordings(folder: WorkFolder, { seed }: BenchSettings): Promise<Waited[]> {
  const dense = await joinSpeech(folder, { seconds: 300, pauses: false, seed });
  const ofLength = async (label: string, seconds: number): Promise<Waited> => {
    const path = join(folder.path, `dense-${seconds}s.opus`);
    await makeOfLength(dense.path, path, seconds);
    return { label, path, language: 'en' };
  };
  return [
    await ofLength('1 minute', 60),
    { label: '5 minutes', path: dense.path, language: 'en' },
    { label: '5 minutes, language found', path: dense.path, language: 'auto' },
    await ofLength('4 hours', 4 * 3600),
  ];
}

async function encoderRun(window: string, { threads, model }: BenchSettings): Promise<number> {
  const program = join(import.meta.dirname, 'encoder-run.ts');
  const { stdout } = await runSuccessfully(process.execPath, [program, model, window, String(threads)]);
  return EncoderRun.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).milliseconds;
}

function reportOf(
  found: readonly { waited: Waited; runs: readonly Waypoints[] }[],
  { threads, model }: BenchSettings,
): Report {
  const middle = (runs: readonly Waypoints[], point: keyof Waypoints) =>
    median(runs.map((run) => run[point]));
  const encoderRuns = (runs: readonly Waypoints[]) =>
    median(runs.map(({ wordsMs, encoderMs }) => wordsMs / encoderMs));
  return {
    title: `First words with ${basename(model)}, threads: ${threads}`,
    tables: [
      {
        title: `Seconds since the start of the process, median of ${RUNS} runs`,
        header: [
          ...['recording', 'queued', 'engine and audio ready', 'first words', 'worst'],
          ...['one encoder run', 'encoder runs'],
        ],
        rows: found.map(({ waited, runs }) => [
          waited.label,
          ...(['queuedMs', 'transcribingMs', 'wordsMs'] as const).map((point) =>
            seconds(middle(runs, point)),
          ),
          seconds(Math.max(...runs.map(({ wordsMs }) => wordsMs))),
          ...[seconds(middle(runs, 'encoderMs')), encoderRuns(runs).toFixed(2)],
        ]),
      },
    ],
    notes: [
      'One encoder run: the language of 30 s detected by the addon in a process of its own, the second time.',
    ],
    claims: found.map(({ waited, runs }): Claim => {
      const measured = encoderRuns(runs);
      return {
        what: `first words of ${waited.label}, in encoder runs, median`,
        target: `at most ${TARGET_ENCODER_RUNS}`,
        measured: measured.toFixed(2),
        isKept: measured <= TARGET_ENCODER_RUNS,
      };
    }),
  };
}

async function runUntilWords(
  { path, language }: Waited,
  folder: WorkFolder,
  { threads, model }: BenchSettings,
): Promise<Omit<Waypoints, 'encoderMs'>> {
  const heard = Promise.withResolvers<void>();
  const run = startVoiceSync(
    [
      ...['transcribe', path, '--model', model, '--language', language],
      ...['--threads', String(threads), '--out', folder.makeNew('out'), '--json'],
    ],
    {
      // A new home each time: the last killed run's leftovers would be cleaned up first.
      home: folder.makeNew('home'),
      onEvent: ({ event }) => {
        if (hasWords(event)) heard.resolve();
      },
    },
  );
  await Promise.race([heard.promise, run.ended]);
  run.child.kill('SIGKILL');
  const { events, stderr } = await run.ended;
  const at = (what: string, is: (event: CoreEvent) => boolean) => {
    const found = events.find(({ event }: TimedEvent) => is(event));
    if (found === undefined) throw new Error(`a run ended before ${what}:\n${stderr}`);
    return found.atMs;
  };
  return {
    queuedMs: at('it was queued', (event) => event.type === 'recordingAdded'),
    transcribingMs: at(
      'transcribing began',
      (event) => event.type === 'jobProgress' && event.progress.stage === 'transcribe',
    ),
    wordsMs: at('the first words', hasWords),
  };
}

function hasWords(event: CoreEvent): boolean {
  if (event.type === 'interimText') return event.text.trim() !== '';
  return event.type === 'segmentsCommitted' && event.segments.length > 0;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}
