import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchModel } from '../resources/fetch-model.ts';

const CONTENT = Buffer.from('weights '.repeat(100_000));
const MODEL = {
  name: 'trial',
  file: 'ggml-trial.bin',
  sizeBytes: CONTENT.length,
  sha256: createHash('sha256').update(CONTENT).digest('hex'),
};

let folder: string;
let server: Server;
let options: { baseUrl: string; folder: string };
/** The `Range` headers of the requests; an empty string for none. */
let ranges: string[];
let breakOffAt: number | null;
let honoursRanges: boolean;
let served: Buffer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fetch-model-'));
  ranges = [];
  breakOffAt = null;
  honoursRanges = true;
  served = CONTENT;
  server = createServer((request, response) => {
    const range = request.headers.range ?? '';
    ranges.push(range);
    const start = honoursRanges ? Number(/\d+/.exec(range)?.[0] ?? 0) : 0;
    if (start > 0) response.statusCode = start < served.length ? 206 : 416;
    const body = served.subarray(start);
    if (breakOffAt === null) return response.end(body);
    response.setHeader('Content-Length', body.length);
    return response.write(body.subarray(0, breakOffAt), () => response.socket?.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  options = { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, folder };
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

describe('fetchModel', () => {
  it('fetches a model and verifies it', async () => {
    const path = await fetchModel(MODEL, options);
    expect(path).toBe(join(folder, 'ggml-trial.bin'));
    expect(await readFile(path)).toEqual(CONTENT);
    expect(await readdir(folder)).toEqual(['ggml-trial.bin']);
  });

  it('goes on where an interrupted download stopped', async () => {
    breakOffAt = 300_000;
    await expect(fetchModel(MODEL, options)).rejects.toThrow();
    const { size } = await stat(join(folder, 'ggml-trial.bin.part'));
    breakOffAt = null;
    expect(await readFile(await fetchModel(MODEL, options))).toEqual(CONTENT);
    expect(ranges).toEqual(['', `bytes=${size}-`]);
  });

  it('starts over where the server cannot resume', async () => {
    honoursRanges = false;
    await writeFile(join(folder, 'ggml-trial.bin.part'), 'something else');
    expect(await readFile(await fetchModel(MODEL, options))).toEqual(CONTENT);
  });

  it('asks for nothing when all had arrived before it was stopped', async () => {
    await writeFile(join(folder, 'ggml-trial.bin.part'), CONTENT);
    await fetchModel(MODEL, options);
    expect(ranges).toEqual([]);
  });

  it('keeps nothing where the server has no more than came, and that is too little', async () => {
    await writeFile(join(folder, 'ggml-trial.bin.part'), CONTENT);
    const longer = { ...MODEL, sizeBytes: CONTENT.length + 1 };
    await expect(fetchModel(longer, options)).rejects.toThrow('not the official file');
    expect(ranges).toHaveLength(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['another content', Buffer.from(CONTENT).fill('x', 5, 6)],
    ['too little', CONTENT.subarray(0, -1)],
  ])('keeps nothing of %s', async (_, content) => {
    served = content;
    await expect(fetchModel(MODEL, options)).rejects.toThrow('not the official file');
    expect(await readdir(folder)).toEqual([]);
  });

  it('asks where the model says that it is published', async () => {
    const { baseUrl, folder: target } = options;
    await fetchModel({ ...MODEL, publishedAt: baseUrl }, { folder: target });
    expect(ranges).toEqual(['']);
  });

  it('says what the server answered', async () => {
    server.removeAllListeners('request');
    server.on('request', (_, response) => {
      response.statusCode = 404;
      response.end('<html>not here</html>');
    });
    await expect(fetchModel(MODEL, options)).rejects.toThrow('answered 404');
    expect(await readdir(folder)).toEqual([]);
  });
});
