import { loadavg } from 'node:os';
import { childrenCpuMs } from './children-cpu.ts';
import { HEARING, recordingPath } from './reference-recordings.ts';
import type { Report } from './report.ts';
import type { BenchSettings } from './settings.ts';
import { median } from './statistics.ts';
import { type RunEnd, runVoiceSync } from './voicesync.ts';
import { decodingStrategy, transcribeWithWhisperCli } from './whisper-cli.ts';
import { makeWorkFolder } from './work-folder.ts';

const PAIRS = 5;
const TARGET_RATIO = 1.3;

interface Pair {
  readonly oursMs: number;
  readonly theirsMs: number;
  /** Of `oursMs`, what the engine took for the windows. */
  readonly inferenceMs: number;
  /** Processor time of each side, all processes and threads together; less at the mercy of what else the machine does. */
  readonly oursCpuMs: number;
  readonly theirsCpuMs: number;
  readonly load: number;
}

/**
 * How fast the whole pipeline is, from the start of its process to its end, against ffmpeg and whisper.cpp's own command
 * line one after the other. They take turns, so that what else the machine does meets both.
 */
export async function benchSpeed(settings: BenchSettings): Promise<Report> {
  using folder = makeWorkFolder();
  const recording = recordingPath(HEARING);
  const pairs: Pair[] = [];
  let audioMs = 0;
  for (let number = 1; number <= PAIRS; number += 1) {
    settings.tell(`pair ${number} of ${PAIRS}`);
    const cpuBefore = childrenCpuMs();
    const ours = await runVoiceSync(
      [
        ...['transcribe', recording, '--language', 'en', '--threads', String(settings.threads)],
        ...['--out', folder.make(`out-${number}`), '--json'],
      ],
      { home: folder.make('home') },
    );
    const cpuBetween = childrenCpuMs();
    const theirs = await transcribeWithWhisperCli({
      ...{ recording, language: 'en', threads: settings.threads },
      folder: folder.make('whisper-cli'),
    });
    const figures = figuresOf(ours);
    audioMs = figures.audioMs;
    pairs.push({
      oursMs: ours.wallMs,
      theirsMs: theirs.wallMs,
      inferenceMs: figures.inferenceMs,
      oursCpuMs: cpuBetween - cpuBefore,
      theirsCpuMs: childrenCpuMs() - cpuBetween,
      load: loadavg()[0] ?? 0,
    });
  }
  return reportOf(pairs, audioMs, settings);
}

function figuresOf(run: RunEnd) {
  const ended = run.events.map(({ event }) => event).find((event) => event.type === 'jobEnded');
  if (ended?.type !== 'jobEnded' || ended.figures === null) throw new Error('the job told no figures');
  return ended.figures;
}

function reportOf(pairs: readonly Pair[], audioMs: number, { threads }: BenchSettings): Report {
  const ratio = median(pairs.map(({ oursMs, theirsMs }) => theirsMs / oursMs));
  const row = (name: string, pair: Pair, times: number) => [
    ...[name, seconds(pair.oursMs), seconds(pair.inferenceMs), seconds(pair.theirsMs), times.toFixed(2)],
    ...[(audioMs / pair.oursMs).toFixed(1), seconds(pair.oursCpuMs), seconds(pair.theirsCpuMs)],
    pair.load.toFixed(1),
  ];
  const middle = (key: keyof Pair) => median(pairs.map((pair) => pair[key]));
  const medians: Pair = {
    ...{ oursMs: middle('oursMs'), theirsMs: middle('theirsMs'), inferenceMs: middle('inferenceMs') },
    ...{ oursCpuMs: middle('oursCpuMs'), theirsCpuMs: middle('theirsCpuMs'), load: middle('load') },
  };
  return {
    title: `Speed on ${HEARING} (${(audioMs / 60_000).toFixed(1)} min), threads: ${threads}`,
    tables: [
      {
        title: 'Seconds from start to end, by turns',
        header: [
          'pair',
          'VoiceSync',
          'of that engine',
          'ffmpeg + whisper-cli',
          'ratio',
          '× real time',
          'our CPU s',
          'their CPU s',
          'load',
        ],
        rows: [
          ...pairs.map((pair, index) => row(String(index + 1), pair, pair.theirsMs / pair.oursMs)),
          row('median', medians, ratio),
        ],
      },
    ],
    notes: [
      `whisper-cli: -mc 0 -fa ${decodingStrategy().join(' ')}, text and JSON. VoiceSync: a passing vault, TXT and DOCX.`,
    ],
    claims: [
      {
        what: 'times as fast as ffmpeg + whisper-cli, median of the pairs',
        target: `at least ${TARGET_RATIO}`,
        measured: ratio.toFixed(2),
        isKept: ratio >= TARGET_RATIO,
      },
    ],
  };
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}
