import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from '../src/contract/schema.ts';
import { runSuccessfully } from './run-process.ts';
import type { HeardText } from './speech/speech-score.ts';

const PROGRAM = join(import.meta.dirname, 'peer', 'transcribe.py');

const Output = z.object({
  language: z.string(),
  segments: z.array(z.object({ start: z.number(), end: z.number(), text: z.string() })),
});

/** Where faster-whisper is: a Python that has it, and a model folder of the same weights (`peer/convert.py`). */
export interface FasterWhisper {
  readonly python: string;
  readonly model: string;
}

/** What `VOICESYNC_PEER_PYTHON` and `VOICESYNC_PEER_MODEL` name; null if they are not set. */
export function fasterWhisper(): FasterWhisper | null {
  const python = process.env.VOICESYNC_PEER_PYTHON ?? '';
  const model = process.env.VOICESYNC_PEER_MODEL ?? '';
  if (python === '' || model === '') return null;
  if (!existsSync(join(model, 'model.bin'))) throw new Error(`${model} is no model folder of faster-whisper`);
  return { python, model };
}

/** A request to faster-whisper. */
export interface FasterWhisperRequest {
  /** Any media file: it decodes by itself. */
  readonly recording: string;
  /** Its output folder. */
  readonly folder: string;
  /** A language code, or `auto`. */
  readonly language: string;
  readonly threads: number;
  readonly beamSize: number;
}

/** Transcribes with faster-whisper, int8. Returns the time from the start of its process to its end. */
export async function transcribeWithFasterWhisper(
  { python, model }: FasterWhisper,
  { recording, folder, language, threads, beamSize }: FasterWhisperRequest,
): Promise<{ wallMs: number }> {
  const asked = [model, String(beamSize), String(threads), language, folder, recording];
  return await runSuccessfully(python, [PROGRAM, ...asked], { ...process.env, HF_HUB_OFFLINE: '1' });
}

/** The text of a run in `folder` for a recording. */
export function textOfFasterWhisper(folder: string, recording: string): HeardText {
  const file = join(folder, `${basename(recording)}.json`);
  const { language, segments } = Output.parse(JSON.parse(readFileSync(file, 'utf8')));
  return { text: segments.map(({ text }) => text).join(''), language };
}
