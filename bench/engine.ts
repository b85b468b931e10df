import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from '../src/contract/schema.ts';
import { alignReference, countErrors, totalErrors } from './align-words.ts';
import { decodeToWav } from './audio-files.ts';
import { comparableWords } from './comparable-words.ts';
import { referenceRecordings } from './reference-recordings.ts';
import type { Report } from './report.ts';
import { runSuccessfully } from './run-process.ts';
import type { BenchSettings } from './settings.ts';
import { median } from './statistics.ts';
import { buildStockAddon } from './stock-addon.ts';
import { makeWorkFolder } from './work-folder.ts';

const RECORDING = 'interview-en.m4a';
/** Within one window, so that neither engine splits it. */
const SECONDS = 29;
const BEST_OF = 5;
const ROUNDS = 7;

const EngineRunResult = z.object({ milliseconds: z.number(), text: z.string() });

/** What engine-run.ts prints. */
export type EngineRunResult = z.infer<typeof EngineRunResult>;

/**
 * The speedup of our addon over smart-whisper as npm would build it: the same audio, model and parameters, alternating,
 * each run in a process of its own after a warm-up.
 */
export async function benchEngine(settings: BenchSettings): Promise<Report> {
  using folder = makeWorkFolder();
  settings.tell('building smart-whisper as npm would (a minute)');
  const stockAddon = await buildStockAddon(folder.make('smart-whisper'));
  const pcmFile = join(folder.path, 'audio.pcm');
  const words = await prepareAudio(folder.path, pcmFile);
  const runs: { ours: EngineRunResult; stock: EngineRunResult }[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    settings.tell(`round ${round} of ${ROUNDS}`);
    const args = [pcmFile, String(settings.threads), String(BEST_OF)];
    runs.push({ ours: await runEngine(args), stock: await runEngine([...args, stockAddon]) });
  }
  return reportOf(runs, words, settings);
}

/** Writes the audio and returns its reference words. */
async function prepareAudio(folder: string, pcmFile: string): Promise<string[]> {
  const recording = referenceRecordings().find(({ name }) => name === RECORDING);
  if (recording === undefined) throw new Error(`${RECORDING} is missing`);
  const wav = join(folder, 'audio.wav');
  await decodeToWav(recording.path, wav);
  const said = recording.segments.filter(({ end }) => end < SECONDS - 0.5);
  // Cut in the silence after the last whole sentence.
  const seconds = (said.at(-1)?.end ?? 0) + 0.4;
  const bytes = readFileSync(wav);
  const start = bytes.indexOf('data') + 8;
  writeFileSync(pcmFile, bytes.subarray(start, start + Math.round(seconds * 16_000) * 2));
  return said.flatMap(({ text }) => comparableWords(text));
}

async function runEngine(args: readonly string[]): Promise<EngineRunResult> {
  const program = join(import.meta.dirname, 'engine-run.ts');
  const { stdout } = await runSuccessfully(process.execPath, [program, ...args]);
  return EngineRunResult.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? ''));
}

function reportOf(
  runs: readonly { ours: EngineRunResult; stock: EngineRunResult }[],
  words: readonly string[],
  { threads }: BenchSettings,
): Report {
  const row = (name: string, side: 'ours' | 'stock') => {
    const times = runs.map((run) => run[side].milliseconds);
    const errors = runs.map((run) =>
      totalErrors(countErrors(alignReference(words, comparableWords(run[side].text)))),
    );
    return [
      ...[name, median(times).toFixed(0), Math.min(...times).toFixed(0), Math.max(...times).toFixed(0)],
      `${Math.max(...errors)} of ${words.length}`,
    ];
  };
  const of = (side: 'ours' | 'stock') => median(runs.map((run) => run[side].milliseconds));
  return {
    title: `The engine alone: one window of ${RECORDING}, threads: ${threads}, greedy, best of ${BEST_OF}`,
    tables: [
      {
        title: `Milliseconds, ${ROUNDS} runs each by turns`,
        header: ['engine', 'median', 'least', 'most', 'wrong words'],
        rows: [row('VoiceSync, whisper.cpp 1.9.1', 'ours'), row('smart-whisper 0.8.1 as installed', 'stock')],
      },
    ],
    notes: [`VoiceSync is ${(of('stock') / of('ours')).toFixed(1)} times as fast, by the medians.`],
    claims: [],
  };
}
