import type { CoreEvent } from '../src/contract/events.ts';
import { type RecordingOfLength, recordingOfLength } from './recording-lengths.ts';
import { HEARING, recordingPath } from './reference-recordings.ts';
import type { Claim, Report } from './report.ts';
import type { BenchSettings } from './settings.ts';
import { median } from './statistics.ts';
import { startVoiceSync, type TimedEvent } from './voicesync.ts';
import { makeWorkFolder } from './work-folder.ts';

const RUNS = 5;
const TARGET_MS = 2000;

/** When things happened in one run, in milliseconds since just before the process was started. */
interface Waypoints {
  readonly queuedMs: number;
  readonly transcribingMs: number;
  readonly wordsMs: number;
}

/**
 * How long a user waits for the first words, from the start of the process, and whether that depends on the length of
 * the recording. A run is killed when it has said something.
 */
export async function benchFirstWords(settings: BenchSettings): Promise<Report> {
  using folder = makeWorkFolder();
  const recordings: RecordingOfLength[] = [
    await recordingOfLength(folder, '1 minute', 60),
    { label: '11 minutes', path: recordingPath(HEARING), seconds: 658 },
    await recordingOfLength(folder, '4 hours', 4 * 3600),
  ];
  const found: { recording: RecordingOfLength; runs: Waypoints[] }[] = [];
  for (const recording of recordings) {
    const runs: Waypoints[] = [];
    for (let run = 1; run <= RUNS; run += 1) {
      settings.tell(`${recording.label}, run ${run} of ${RUNS}`);
      // A new home each time: what the last killed run has left would be swept first.
      const home = folder.make(`home-${recording.seconds}-${run}`);
      runs.push(await runUntilWords(recording.path, home, folder.make('out'), settings));
    }
    found.push({ recording, runs });
  }
  return {
    title: `First words, threads: ${settings.threads}`,
    tables: [
      {
        title: `Seconds since the start of the process, median of ${RUNS} runs`,
        header: ['recording', 'queued', 'engine and audio ready', 'first words', 'worst'],
        rows: found.map(({ recording, runs }) => [
          recording.label,
          ...(['queuedMs', 'transcribingMs', 'wordsMs'] as const).map((point) =>
            seconds(median(runs.map((run) => run[point]))),
          ),
          seconds(Math.max(...runs.map(({ wordsMs }) => wordsMs))),
        ]),
      },
    ],
    notes: [],
    claims: found.map(({ recording, runs }): Claim => {
      const wordsMs = median(runs.map((run) => run.wordsMs));
      return {
        what: `first words of ${recording.label}, median`,
        target: `under ${seconds(TARGET_MS)} s`,
        measured: `${seconds(wordsMs)} s`,
        isKept: wordsMs < TARGET_MS,
      };
    }),
  };
}

async function runUntilWords(
  path: string,
  home: string,
  out: string,
  { threads }: BenchSettings,
): Promise<Waypoints> {
  const heard = Promise.withResolvers<void>();
  const run = startVoiceSync(
    [
      ...['transcribe', path, '--language', 'en', '--threads', String(threads)],
      ...['--out', out, '--overwrite', '--json'],
    ],
    {
      home,
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
  if (event.type === 'wordsHeard') return event.text.trim() !== '';
  return event.type === 'segmentsCommitted' && event.segments.length > 0;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}
