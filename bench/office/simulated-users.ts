import { randomBytes, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { PartRequest, UploadRequest, UploadState } from '../../src/office/contract/office-api.ts';
import { ENVELOPE_TYPE } from '../../src/office/contract/office-api.ts';
import { sealEnvelope } from '../../src/office/sealing/envelope.ts';
import { makeOfficeKeys } from '../../src/office/sealing/office-keys.ts';
import { sha256Base64 } from '../../src/office/store/upload-parts.ts';

/** Milliseconds between two questions of a user about a job, as clients ask. */
const POLL_MS = 2_000;

/** Bytes of a small file. */
const FILE_BYTES = 20_000;

/** Of so many polls one asks for the list instead of one job. */
const LIST_EVERY = 10;

/** What users did: milliseconds of each answer, by what was asked. */
export type Answers = Map<string, number[]>;

/** What the users are told. */
export interface SimulatedLoad {
  readonly gateway: string;
  /** One for each user. */
  readonly tokens: readonly string[];
  readonly seconds: number;
  readonly random: () => number;
}

/** What came of the load. */
export interface LoadOutcome {
  readonly answers: Answers;
  /** Answers that were none of success. */
  readonly refused: readonly string[];
  /** Requests of the gateway a second, on average. */
  readonly perSecond: number;
}

/**
 * Users who each have a connection, begin at a moment of their own, upload one small file within the time, and ask for it every two
 * seconds. All of it is real HTTP; nothing waits for anybody else.
 */
export async function simulateUsers({
  gateway,
  tokens,
  seconds,
  random,
}: SimulatedLoad): Promise<LoadOutcome> {
  const answers: Answers = new Map();
  const refused: string[] = [];
  const files = await Promise.all(tokens.map(sealedFile));
  const startedMs = performance.now();
  const endMs = startedMs + seconds * 1000;
  const users = tokens.map(async (token, index) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const file = files[index];
    if (file === undefined) return;
    const ask = (what: string, method: string, url: string, body?: Buffer, headers: Headers = {}) =>
      timed({ agent, what, method, url, headers, ...(body && { body }), answers, refused });
    const office = (what: string, method: string, path: string, body?: object) =>
      ask(what, method, `${gateway}${path}`, body && Buffer.from(JSON.stringify(body)), {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
      });
    try {
      const uploadAtMs = startedMs + random() * seconds * 1000 * 0.9;
      await wait(random() * POLL_MS);
      let jobId: string | null = null;
      for (let polls = 0; performance.now() < endMs; polls += 1) {
        if (jobId === null && performance.now() >= uploadAtMs) {
          jobId = await uploaded(file, office, ask);
        } else if (jobId === null || polls % LIST_EVERY === 0) {
          await office('list of jobs', 'GET', '/v1/jobs?limit=20');
        } else {
          await office('a job', 'GET', `/v1/jobs/${jobId}`);
        }
        await wait(POLL_MS);
      }
    } finally {
      agent.destroy();
    }
  });
  await Promise.all(users);
  const took = (performance.now() - startedMs) / 1000;
  const asked = [...answers].filter(([what]) => what !== PUT).flatMap(([, times]) => times).length;
  return { answers, refused, perSecond: asked / took };
}

/** What is not the gateway's: the bytes, which go into the store. */
export const PUT = 'the bytes, to the store';

type Headers = Readonly<Record<string, string>>;

interface SealedFile {
  readonly declared: UploadRequest;
  readonly bytes: Buffer;
}

async function sealedFile(): Promise<SealedFile> {
  const id = randomUUID();
  const { publicKey } = makeOfficeKeys();
  const portions: Buffer[] = [];
  const sealing = sealEnvelope({ objectId: id, kind: 'recording' }, [publicKey], [randomBytes(FILE_BYTES)]);
  for await (const portion of sealing) portions.push(portion);
  const bytes = Buffer.concat(portions);
  const parts = [{ sizeBytes: bytes.length, sha256: sha256Base64(bytes) }];
  const fingerprint = randomBytes(32).toString('hex');
  return { bytes, declared: { id, fingerprint, type: ENVELOPE_TYPE, sizeBytes: bytes.length, parts } };
}

type Office = (what: string, method: string, path: string, body?: object) => Promise<unknown>;
type Ask = (what: string, method: string, url: string, body?: Buffer, headers?: Headers) => Promise<unknown>;

async function uploaded({ declared, bytes }: SealedFile, office: Office, ask: Ask): Promise<string | null> {
  const begun = (await office('begin an upload', 'POST', '/v1/uploads', declared)) as UploadState | null;
  if (begun?.state !== 'open') return null;
  for (const { url, headers } of begun.requests as PartRequest[]) await ask(PUT, 'PUT', url, bytes, headers);
  await office('an upload', 'GET', `/v1/uploads/${declared.id}`);
  await office('complete an upload', 'POST', `/v1/uploads/${declared.id}/complete`);
  return declared.id;
}

/** The answer as JSON; null for one without, and for one that is no success, which is noted. */
function timed(asked: {
  agent: Agent;
  what: string;
  method: string;
  url: string;
  headers: Headers;
  body?: Buffer;
  answers: Answers;
  refused: string[];
}): Promise<unknown> {
  const { agent, what, method, url, headers, body, answers, refused } = asked;
  const toGateway = what !== PUT;
  const startedMs = performance.now();
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(body.length) };
    const options = { method, headers: { ...length, ...headers }, ...(toGateway && { agent }) };
    const sent = request(url, options, (answer) => {
      const portions: Buffer[] = [];
      answer.on('data', (portion: Buffer) => portions.push(portion));
      answer.on('error', reject);
      answer.on('end', () => {
        const times = answers.get(what) ?? [];
        answers.set(what, times);
        times.push(performance.now() - startedMs);
        const text = Buffer.concat(portions).toString('utf8');
        const isWell = answer.statusCode === 200;
        if (!isWell) refused.push(`${what}: ${answer.statusCode} ${text.slice(0, 200)}`);
        resolve(isWell && toGateway ? JSON.parse(text) : null);
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
