import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PART_BYTES } from '../contract/office-api.ts';
import { S3Store, type SignedRequest } from './s3-store.ts';
import { type S3TestStore, startS3TestStore } from './testing/s3-test-store.ts';
import { tryStore } from './try-store.ts';
import { sha256Base64 } from './upload-parts.ts';

const TYPE = 'application/octet-stream';
let server: S3TestStore;
let store: S3Store;

beforeAll(async () => {
  server = await startS3TestStore();
  store = new S3Store(server.place);
});
afterAll(async () => {
  store.close();
  await server.close();
});

const put = ({ url, headers }: SignedRequest, body: Buffer<ArrayBuffer>) =>
  fetch(url, { method: 'PUT', headers, body });
const declared = (bytes: Buffer) => ({ sizeBytes: bytes.length, sha256: sha256Base64(bytes) });

async function bytesOf(key: string): Promise<Buffer> {
  return Buffer.concat(await (await store.get(key)).toArray());
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

describe('an upload', () => {
  it('goes on where it was interrupted, and is an object when it is complete', async () => {
    const parts = [randomBytes(3000), randomBytes(2000), randomBytes(10)] as const;
    const upload = await store.beginUpload('a/recording', TYPE);
    const request = (index: 0 | 1 | 2) => store.partRequest(upload, index + 1, declared(parts[index]), 60);
    for (const index of [2, 0] as const) {
      expect((await put(await request(index), parts[index])).status).toBe(200);
    }
    const known = await store.parts(upload);
    expect(known.map(({ number, sizeBytes }) => [number, sizeBytes])).toEqual([
      [1, 3000],
      [3, 10],
    ]);
    expect(await store.head('a/recording')).toBeNull();

    expect((await put(await request(1), parts[1])).status).toBe(200);
    await store.completeUpload(upload, await store.parts(upload));
    expect(await store.head('a/recording')).toEqual({ sizeBytes: 5010, type: TYPE });
    expect(await bytesOf('a/recording')).toEqual(Buffer.concat(parts));
    const beginning = { sizeBytes: 5010, type: TYPE, bytes: parts[0].subarray(0, 16) };
    expect(await store.beginning('a/recording', 16)).toEqual(beginning);
    await store.delete('a/recording');
    expect(await store.head('a/recording')).toBeNull();
    await expect(store.get('a/recording')).rejects.toThrow('object.gone');
  });

  it('leaves nothing when it is aborted, also twice', async () => {
    const bytes = randomBytes(100);
    const upload = await store.beginUpload('b/recording', TYPE);
    await put(await store.partRequest(upload, 1, declared(bytes), 60), bytes);
    await store.abortUpload(upload);
    await store.abortUpload(upload);
    await expect(store.parts(upload)).rejects.toThrow('upload.gone');
  });

  it('takes the signed bytes alone, with the signature alone, and not after its time', async () => {
    const bytes = randomBytes(100);
    const upload = await store.beginUpload('c/recording', TYPE);
    const request = await store.partRequest(upload, 1, declared(bytes), 60);
    const refused = async (changed: Partial<SignedRequest>, body = bytes) => {
      const answer = await put({ ...request, ...changed }, body);
      return [answer.status, /<Code>(\w+)/.exec(await answer.text())?.[1]];
    };
    const other = randomBytes(100);
    expect(await refused({}, other)).toEqual([400, 'BadDigest']);
    const headers = { ...request.headers, 'x-amz-checksum-sha256': sha256Base64(other) };
    expect(await refused({ headers }, other)).toEqual([403, 'SignatureDoesNotMatch']);
    const shorter = randomBytes(99);
    const sized = { ...request.headers, 'content-length': '99' };
    expect(await refused({ headers: sized }, shorter)).toEqual([403, 'SignatureDoesNotMatch']);
    const otherKey = request.url.replace('/c/recording', '/d/recording');
    expect(await refused({ url: otherKey })).toEqual([403, 'SignatureDoesNotMatch']);
    const otherPart = request.url.replace('partNumber=1', 'partNumber=2');
    expect(await refused({ url: otherPart })).toEqual([403, 'SignatureDoesNotMatch']);
    const short = await store.partRequest(upload, 1, declared(bytes), 1);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect(await refused(short)).toEqual([403, 'AccessDenied']);
    expect(await store.parts(upload)).toEqual([]);
    expect((await put(request, bytes)).status).toBe(200);
  });
});

describe('what workers store', () => {
  it.each([0, 1000, PART_BYTES, PART_BYTES + 1])('is there whole: %d bytes', async (length) => {
    const bytes = randomBytes(length);
    await store.put('e/result', TYPE, once(bytes));
    expect((await bytesOf('e/result')).equals(bytes)).toBe(true);
  });

  it('is not there when its source fails on the way', async () => {
    async function* failing() {
      yield randomBytes(PART_BYTES + 1);
      throw new Error('the source failed');
    }
    await expect(store.put('f/result', TYPE, failing())).rejects.toThrow('the source failed');
    expect(await store.head('f/result')).toBeNull();
    expect((await readdir(join(server.folder, 'office/._S3rver_uploads'))).length).toBeLessThan(3);
  });

  it('is read by a signed request', async () => {
    const bytes = randomBytes(50);
    await store.put('g/result', TYPE, once(bytes));
    const { url } = await store.getRequest('g/result', 60);
    expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(bytes);
    const forged = url.replace('/g/result', '/e/result');
    expect((await fetch(forged)).status).toBe(403);
  });
});

describe('a store that refuses', () => {
  it('is asked again until it answers', async () => {
    server.refuse(4);
    await store.put('h/result', TYPE, once(Buffer.from('late')));
    expect(await bytesOf('h/result')).toEqual(Buffer.from('late'));
  });

  it('is told as unavailable in the end', async () => {
    const impatient = new S3Store(server.place, [10]);
    server.refuse(2);
    await expect(impatient.head('h/result')).rejects.toThrow('store.unavailable');
    impatient.close();
    const nowhere = new S3Store({ ...server.place, endpoint: 'http://127.0.0.1:9' }, [10]);
    await expect(nowhere.head('h/result')).rejects.toThrow('store.unavailable');
    nowhere.close();
  });
});

describe('the trial of a store', () => {
  it('is passed by one that has what the office needs', async () => {
    await expect(tryStore(store)).resolves.toBeUndefined();
  });

  it('is not passed by one that takes other bytes than the signed ones', async () => {
    const bare = await startS3TestStore({ bare: true });
    const unfit = new S3Store(bare.place);
    await expect(tryStore(unfit)).rejects.toThrow('store.unfit');
    unfit.close();
    await bare.close();
  });
});
