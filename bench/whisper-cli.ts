import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { whisperCliPath } from '../native/build-paths.ts';
import { SAMPLE_OPTIONS } from '../src/app/testing/test-workspace.ts';
import { z } from '../src/contract/schema.ts';
import { firstDecoding } from '../src/core/pipeline/window/decoding.ts';
import { decodeToWav } from './audio-files.ts';
import { comparableWords } from './comparable-words.ts';
import type { HeardWord } from './heard-words.ts';
import { runSuccessfully } from './run-process.ts';
import type { HeardText } from './speech/speech-score.ts';

const Output = z.object({
  result: z.object({ language: z.string() }),
  transcription: z.array(z.object({ offsets: z.object({ from: z.number() }), text: z.string() })),
});

/** A request to whisper-cli. */
export interface WhisperCliRequest {
  /** Any file that ffmpeg reads; it is decoded first. */
  readonly recording: string;
  /** A folder for the decoded audio and the output. */
  readonly folder: string;
  /** A language code, or `auto`. */
  readonly language: string;
  readonly threads: number;
  /** The model's file. */
  readonly model: string;
  /** All other flags: `fixtureFlags()` or `searchFlags(…)`. */
  readonly flags: readonly string[];
}

/** Transcribes as a user of ffmpeg and whisper.cpp's own command line would. Returns their total time. */
export async function transcribeWithWhisperCli(request: WhisperCliRequest): Promise<{ wallMs: number }> {
  const startedAt = performance.now();
  const wav = join(request.folder, 'decoded.wav');
  await decodeToWav(request.recording, wav);
  const args = [
    ...['-m', request.model, '-f', wav, '-l', request.language, '-t', String(request.threads)],
    ...request.flags,
    ...['-oj', '-otxt', '-of', outputPrefix(request.folder), '-np'],
  ];
  // ggml would load a library that this variable names.
  await runSuccessfully(whisperCliPath(), args, { ...process.env, GGML_BACKEND_PATH: undefined });
  return { wallMs: performance.now() - startedAt };
}

/** The words of the last run in `folder`. It reports no word times and no speakers, and one language for all. */
export function wordsOfWhisperCli(folder: string): HeardWord[] {
  const output = Output.parse(JSON.parse(readFileSync(`${outputPrefix(folder)}.json`, 'utf8')));
  return output.transcription.flatMap((segment) =>
    comparableWords(segment.text).map((text) => ({
      text,
      startMs: null,
      segmentStartMs: segment.offsets.from,
      speaker: null,
      language: output.result.language,
    })),
  );
}

/** The text of the last run in `folder`, and the language that it detected or was given. */
export function textOfWhisperCli(folder: string): HeardText {
  const output = Output.parse(JSON.parse(readFileSync(`${outputPrefix(folder)}.json`, 'utf8')));
  return { text: output.transcription.map(({ text }) => text).join(''), language: output.result.language };
}

/** A search as whisper-cli's flags; all else stays at its defaults. A beam of 1 is greedy. */
export function searchFlags(beamSize: number): string[] {
  return beamSize === 1 ? ['-bs', '1', '-bo', '5'] : ['-bs', String(beamSize)];
}

/**
 * whisper-cli's flags with the fixtures' model: the product's own search and flash attention, and without the previous
 * window's text, on which that model was not trained.
 */
export function fixtureFlags(): string[] {
  const { strategy, breadth } = firstDecoding(SAMPLE_OPTIONS, 'en', { usualThreads: 1 });
  const search = strategy === 'greedy' ? ['-bs', '1', '-bo', String(breadth)] : ['-bs', String(breadth)];
  return ['-mc', '0', '-fa', ...search];
}

function outputPrefix(folder: string): string {
  return join(folder, 'whisper-cli');
}
