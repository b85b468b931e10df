import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver, { type Context } from '@20minutes/s3rver';
import authentication from '@20minutes/s3rver/lib/middleware/authentication.js';
import type { S3Place } from '../s3-connection.ts';

const BUCKET = 'office';
const CHECKSUM_HEADER = 'x-amz-checksum-sha256';

/** Pages may put parts and read results by signed requests, which are what allows it; from where, a test does not know beforehand. */
const CORS = `<CORSConfiguration><CORSRule>
  <AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><AllowedMethod>PUT</AllowedMethod><AllowedHeader>*</AllowedHeader>
</CORSRule></CORSConfiguration>`;

/** A store for tests and demonstrations, in this process. It checks signatures and their expiry as S3 does. */
export interface S3TestStore {
  readonly place: S3Place;
  /** Where its objects lie, as files. */
  readonly folder: string;
  /** Answers so many of the next requests with 503. */
  refuse(requests: number): void;
  /** Answers every request of the next so many milliseconds with 503. */
  refuseFor(durationMs: number): void;
  /** Requests so far that put a part. */
  readonly partRequests: number;
  close(): Promise<void>;
}

/**
 * Starts s3rver on a free port of this computer. It has not all of S3: with `bare: false` it gets what the office needs besides:
 * listing an upload's parts, aborting it, comparing checksums, refusing requests without a signature.
 */
export async function startS3TestStore({ bare = false, folder = '' } = {}): Promise<S3TestStore> {
  const directory = folder || (await mkdtemp(join(tmpdir(), 's3-')));
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    vhostBuckets: false,
    configureBuckets: [{ name: BUCKET, configs: [CORS] }],
  });
  const state = { refusals: 0, refusesUntilMs: 0, partRequests: 0 };
  // Before its routes, behind what writes its answers.
  server.middleware.splice(-1, 0, async (context, next) => {
    if (state.refusals > 0 || performance.now() < state.refusesUntilMs) {
      state.refusals = Math.max(0, state.refusals - 1);
      context.status = 503;
      return;
    }
    if (context.method === 'PUT' && 'partNumber' in context.query) state.partRequests += 1;
    await (bare ? next() : withWhatItLacks(server, context, next));
  });
  const { port } = await server.run();
  return {
    place: {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      bucket: BUCKET,
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
    },
    folder: directory,
    refuse: (requests) => {
      state.refusals = requests;
    },
    refuseFor: (durationMs) => {
      state.refusesUntilMs = performance.now() + durationMs;
    },
    get partRequests() {
      return state.partRequests;
    },
    close: async () => {
      server.httpServer.closeAllConnections();
      await server.close();
      if (folder === '') await rm(directory, { recursive: true, force: true });
    },
  };
}

async function withWhatItLacks(server: S3rver, context: Context, next: () => Promise<void>): Promise<void> {
  const { method, query, headers } = context;
  const isSigned = headers.authorization !== undefined || 'X-Amz-Signature' in query;
  // What a browser asks before is told without a signature, by what the bucket allows.
  if (method === 'OPTIONS') return await next();
  if (!isSigned) return refuseWith(context, 403, 'AccessDenied');
  const { uploadId, partNumber } = query;
  if (uploadId === undefined) return await next();
  const folder = join(server.store.getResourcePath(BUCKET, undefined, 'uploads'), uploadId);
  const [, bucket = '', ...key] = context.path.split('/');
  if (!existsSync(folder)) return refuseWith(context, 404, 'NoSuchUpload');
  if (method === 'GET' || method === 'DELETE') {
    context.params = { bucket, key: key.join('/') };
    return await authentication()(context, async () => {
      if (method === 'GET')
        context.body = { ListPartsResult: { IsTruncated: false, Part: await partsIn(folder) } };
      else await rm(folder, { recursive: true });
      context.status = method === 'GET' ? 200 : 204;
    });
  }
  await next();
  if (method !== 'PUT' || partNumber === undefined || context.status !== 200) return;
  const file = join(folder, partNumber);
  const sha256 = createHash('sha256')
    .update(await readFile(file))
    .digest('base64');
  if (sha256 === headers[CHECKSUM_HEADER]) return await writeFile(`${file}.sha256`, sha256);
  await rm(file);
  refuseWith(context, 400, 'BadDigest');
}

function refuseWith(context: Context, status: number, code: string): void {
  context.body = { Error: { Code: code } };
  context.status = status;
}

async function partsIn(folder: string): Promise<object[]> {
  const numbers = (await readdir(folder))
    .filter((name) => /^\d+$/.test(name) && existsSync(join(folder, `${name}.sha256`)))
    .map(Number)
    .sort((a, b) => a - b);
  return await Promise.all(
    numbers.map(async (number) => {
      const file = join(folder, String(number));
      return {
        PartNumber: number,
        Size: (await stat(file)).size,
        ETag: `"${await readFile(`${file}.md5`, 'utf8')}"`,
        ChecksumSHA256: await readFile(`${file}.sha256`, 'utf8'),
      };
    }),
  );
}
