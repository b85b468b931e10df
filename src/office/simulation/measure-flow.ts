import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { type FlowFacts, readWindowContent, windowContent } from '../flow/flow-content.ts';
import type { Division } from '../flow/flow-steps.ts';
import { stitchedParts } from '../flow/stitching.ts';
import { makeOfficeKeys } from '../sealing/office-keys.ts';
import { Transcriber } from '../worker/transcriber.ts';

// What a worker makes of a recording, in JSON: `measure-flow.ts MODEL FILE [MINUTES]`. With minutes it is divided into windows of so many,
// all of which this one worker transcribes; what workers put into the store between stays in memory here.

const [model = '', file = '', minutes] = process.argv.slice(2);
const transcriber = await Transcriber.open(model);
try {
  const measured = minutes === undefined ? await undivided() : await divided(Number(minutes) * 60_000);
  process.stdout.write(JSON.stringify(measured));
} finally {
  await transcriber.close();
}

async function undivided() {
  const { text } = await transcriber.transcribe(manifest(), createReadStream(file), never());
  return { windows: 0, document: documentIn(text) };
}

async function divided(windowMs: number) {
  const windows: Awaited<ReturnType<typeof readWindowContent>>[] = [];
  let facts: FlowFacts | null = null;
  const division: Division = {
    limits: { longMs: 0, windowMs },
    window: async (number, ...content) => {
      windows[number - 1] = await readWindowContent(windowContent(...content));
    },
    divided: async (found) => {
      facts = found;
    },
  };
  await transcriber.transcribeFlow(manifest(), createReadStream(file), { division }, never());
  if (facts === null) throw new Error('the recording is too short to be divided');
  const texts = [];
  for (const window of windows) texts.push(await transcriber.transcribeWindow(window, never()));
  const stitching = { ...(facts as FlowFacts), parts: stitchedParts(facts, texts) };
  const stitched = await transcriber.transcribeFlow(
    manifest(),
    createReadStream(file),
    { stitching },
    never(),
  );
  if (!('text' in stitched)) throw new Error('what is stitched was divided');
  return { windows: windows.length, document: documentIn(stitched.text) };
}

function manifest() {
  const recipients = [makeOfficeKeys().publicKey.toString('base64')];
  return { format: 2 as const, name: basename(file), language: 'auto' as const, recipients };
}

/** The parts of the transcript that the recording alone decides: not when it was made. */
function documentIn(text: Uint8Array) {
  const { segments, speakers, recording } = JSON.parse(Buffer.from(text).toString('utf8'));
  const { detectedLanguage, noSpeech, notUnderstood, otherLanguages, durationMs } = recording;
  return { segments, speakers, detectedLanguage, noSpeech, notUnderstood, otherLanguages, durationMs };
}

function never(): AbortSignal {
  return new AbortController().signal;
}
