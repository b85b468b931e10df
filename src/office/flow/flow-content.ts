import { SAMPLES_PER_MS } from '../../contract/audio.ts';
import { EngineSegment, LanguageGuess } from '../../contract/engine.ts';
import { LanguageChoice, ModelChoice } from '../../contract/job.ts';
import { z } from '../../contract/schema.ts';
import { SegmentFlag } from '../../contract/transcript.ts';
import { WindowPlan } from '../../core/database/windows/window-content.ts';
import { windowDurationMs } from '../../core/speech/window-packer.ts';
import { OfficeError } from '../contract/office-errors.ts';
import { jsonPrefix } from '../sealing/json-prefix.ts';
import { readJsonPrefix } from '../sealing/read-json-prefix.ts';

/**
 * What workers tell each other of a long recording, sealed for themselves. The core's windows, of at most 30 s, are transcribed each on
 * its own; what the office calls a window is a job: so many of them in a row. Must never change while a flow is under way; another
 * form has another `format`.
 */
const format = z.literal(1);

/** Which of the core's windows, and of what it consists. */
const PlannedPart = z.object({
  channel: z.number().int().nonnegative(),
  windowIndex: z.number().int().nonnegative(),
  window: WindowPlan,
});

/** What came of one, in its own time: `WindowResult` of the core. */
const TranscribedPart = PlannedPart.omit({ window: true }).extend({
  result: z.object({
    segments: z
      .array(EngineSegment.extend({ language: z.string(), flags: z.array(SegmentFlag).readonly() }))
      .readonly(),
    language: LanguageGuess.nullable(),
    notUnderstood: z.array(z.object({ startMs: z.number(), endMs: z.number() })).readonly(),
    inferenceMs: z.number(),
    peakMemoryBytes: z.number(),
  }),
});
export type TranscribedPart = z.infer<typeof TranscribedPart>;

/** The SHA-256 of the model that all of a recording is transcribed with. */
const model = ModelChoice.shape.sha256;

/** What a worker is to do for a window: followed by the sound of its parts. */
export const WindowTask = z.object({
  format,
  model,
  /** The recording's, as its client chose. */
  language: LanguageChoice,
  parts: z.array(PlannedPart.extend({ language: z.string() })),
});
export type WindowTask = z.infer<typeof WindowTask>;

/** What came of a window. */
export const WindowText = z.object({ format, parts: z.array(TranscribedPart) });
export type WindowText = z.infer<typeof WindowText>;

/** What the worker that divided a recording found out about all of it. */
export const FlowFacts = z.object({
  format,
  model,
  /** The language that was detected, if it was. */
  language: LanguageGuess.nullable(),
  /** All parts, in the order of the plan. */
  parts: z.array(PlannedPart),
  /** What that worker transcribed itself: the first part, which may correct the language. */
  transcribed: z.array(TranscribedPart),
});
export type FlowFacts = z.infer<typeof FlowFacts>;

const LONGEST_TASK = 16 * 1024 * 1024;

/** A task and the sound of its parts, 16-bit PCM of 16 kHz, little endian, one behind the other. */
export async function* windowContent(
  task: WindowTask,
  soundOf: (part: WindowTask['parts'][number]) => Promise<Int16Array>,
): AsyncGenerator<Uint8Array> {
  yield jsonPrefix(WindowTask.parse(task));
  for (const part of task.parts) {
    const pcm = await soundOf(part);
    yield new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength);
  }
}

/** The task in an opened envelope, and the sound of each of its parts. Throws what `opened` throws, `envelope.newer`, `envelope.damaged`. */
export async function readWindowContent(
  opened: AsyncIterable<Uint8Array>,
): Promise<{ task: WindowTask; sounds: Int16Array[] }> {
  const { value: task, rest } = await readJsonPrefix(opened, LONGEST_TASK, (json) => WindowTask.parse(json));
  try {
    const sounds: Int16Array[] = [];
    for (const { window } of task.parts) {
      const pcm = new Int16Array(windowDurationMs(window) * SAMPLES_PER_MS);
      const bytes = await rest.upTo(pcm.byteLength);
      if (bytes.length < pcm.byteLength) throw new OfficeError('envelope.damaged');
      bytes.copy(Buffer.from(pcm.buffer));
      sounds.push(pcm);
    }
    if (!(await rest.isAtEnd())) throw new OfficeError('envelope.damaged');
    return { task, sounds };
  } finally {
    await rest.close();
  }
}
