import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { EngineReply, type EngineRequest } from '../../../contract/engine.ts';
import { EMBEDDING_SIZE } from '../../../contract/speaker-models.ts';

/**
 * What the real engine answered for the recordings in `e2e/fixtures` with their model. Each line is a key, a tab, and in
 * base64 the deflated JSON of the messages that came for the request, without its id; a byte array in it is base64 after
 * `base64:`, speaker embeddings are so after `embeddings:`, as signed bytes of which the greatest of each is 127: as exact as they are stored
 * with a recording, and a quarter of the size. The key `ready` is the engine's first line. Written by `VOICESYNC_RECORD=1 npm test`, which adds what is not
 * there yet: delete the file to have all of it recorded again.
 */
const FILE = join(import.meta.dirname, '../../../../e2e/fixtures/engine-answers.txt');

const BASE64 = 'base64:';
const EMBEDDINGS = 'embeddings:';

/** A request that is answered from its audio alone. */
export type SoundRequest = Extract<
  EngineRequest,
  { type: 'transcribe' | 'detectLanguage' | 'voiceActivity' | 'speakerActivity' | 'voiceEmbeddings' }
>;

let answers: Map<string, string> | null = null;

function known(): Map<string, string> {
  answers ??= new Map(existsSync(FILE) ? linesOf(readFileSync(FILE, 'utf8')) : []);
  return answers;
}

function linesOf(text: string): [key: string, deflated: string][] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)]);
}

/**
 * What a request's answer depends on: a SHA-256 over its audio and all its other fields but the number of threads. The
 * model, the detector's weights and the models that tell speakers apart are those of the recorded answers.
 */
export function answerKey(request: SoundRequest): string {
  const { pcm } = request;
  const hash = createHash('sha256').update(new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength));
  switch (request.type) {
    case 'transcribe':
      hash.update(JSON.stringify({ ...request.parameters, threads: 0 }));
      if (request.shortContext) hash.update('short context');
      break;
    case 'detectLanguage':
      hash.update(String(request.shortContext));
      break;
    case 'voiceActivity':
      hash.update(request.state ?? '');
      break;
    case 'voiceEmbeddings':
      hash.update(JSON.stringify(request.pieces.map(({ start, length }) => [start, length])));
  }
  return `${request.type}-${hash.digest('base64url').slice(0, 22)}`;
}

/** The recorded messages of a key, for a request of this id; null if none are recorded. */
export function recordedReplies(key: string, id: number): EngineReply[] | null {
  const deflated = known().get(key);
  if (deflated === undefined) return null;
  const json = inflateRawSync(Buffer.from(deflated, 'base64')).toString();
  const replies = JSON.parse(json, (_name, value) => readValue(value)) as object[];
  return replies.map((reply) => EngineReply.parse({ ...reply, id }));
}

/** Adds the messages of a key to the file. */
export function recordReplies(key: string, replies: readonly EngineReply[]): void {
  if (known().has(key)) return;
  const json = JSON.stringify(replies, (name, value) => {
    if (name === 'id') return undefined;
    if (value instanceof Uint8Array) return BASE64 + Buffer.from(value).toString('base64');
    if (value instanceof Float32Array) return EMBEDDINGS + signedBytes(value).toString('base64');
    // The seventh digit of a probability is noise, and takes half of the space.
    return typeof value === 'number' ? Number(value.toPrecision(6)) : value;
  });
  const deflated = deflateRawSync(json, { level: 9 }).toString('base64');
  known().set(key, deflated);
  appendFileSync(FILE, `${key}\t${deflated}\n`);
}

function readValue(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value.startsWith(BASE64)) return new Uint8Array(Buffer.from(value.slice(BASE64.length), 'base64'));
  if (!value.startsWith(EMBEDDINGS)) return value;
  const bytes = new Int8Array(Buffer.from(value.slice(EMBEDDINGS.length), 'base64'));
  const embeddings = Float32Array.from(bytes);
  for (let at = 0; at < embeddings.length; at += EMBEDDING_SIZE) {
    const embedding = embeddings.subarray(at, at + EMBEDDING_SIZE);
    const length = Math.hypot(...embedding);
    for (const [index, number] of embedding.entries()) embedding[index] = number / length;
  }
  return embeddings;
}

/** Each embedding so that its greatest number is 127. */
function signedBytes(embeddings: Float32Array): Buffer {
  const bytes = Buffer.alloc(embeddings.length);
  for (let at = 0; at < embeddings.length; at += EMBEDDING_SIZE) {
    const embedding = embeddings.subarray(at, at + EMBEDDING_SIZE);
    const greatest = Math.max(...embedding.map(Math.abs));
    for (const [index, number] of embedding.entries()) {
      bytes.writeInt8(Math.round((number / greatest) * 127), at + index);
    }
  }
  return bytes;
}
