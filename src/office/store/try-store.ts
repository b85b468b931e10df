import { randomBytes, randomUUID } from 'node:crypto';
import { isOfficeError, OfficeError } from '../contract/office-errors.ts';
import type { S3Store, SignedRequest } from './s3-store.ts';
import { sha256Base64 } from './upload-parts.ts';

const SOON_S = 60;

/**
 * Tries what the office relies on, before anything is entrusted to a store: it lists the parts of an upload with their SHA-256,
 * refuses bytes other than the signed ones, and requests whose signature is another. Nothing of it remains. Throws
 * `store.unfit`, `store.unavailable`.
 */
export async function tryStore(store: S3Store): Promise<void> {
  const bytes = randomBytes(1000);
  const part = { sizeBytes: bytes.length, sha256: sha256Base64(bytes) };
  const upload = await store.beginUpload(`tried/${randomUUID()}`, 'application/octet-stream');
  try {
    const request = await store.partRequest(upload, 1, part, SOON_S);
    const changed = Buffer.from(bytes).fill(0, 0, 8);
    const forged = { ...request, url: request.url.replace(/(X-Amz-Signature=)./, '$1x') };
    const unsigned = { ...request, url: request.url.replace(/&X-Amz-Signature=\w+/, '') };
    const wrong = [await put(request, changed), await put(forged, bytes), await put(unsigned, bytes)];
    if (wrong.some((isTaken) => isTaken) || !(await put(request, bytes)))
      throw new OfficeError('store.unfit');
    const [listed] = await store.parts(upload);
    if (listed?.sizeBytes !== part.sizeBytes || listed.sha256 !== part.sha256) {
      throw new OfficeError('store.unfit');
    }
  } catch (error) {
    // What it does not know to do it refuses.
    const isRefusal = isOfficeError(error) && error.code !== 'store.unavailable';
    throw isRefusal ? new OfficeError('store.unfit', { cause: error }) : error;
  } finally {
    await store.abortUpload(upload).catch(() => {});
  }
}

/** Whether a store answers at all. */
export async function isThere(store: S3Store): Promise<boolean> {
  return await store.head('tried/nothing').then(
    () => true,
    () => false,
  );
}

async function put({ url, headers }: SignedRequest, body: Buffer<ArrayBuffer>): Promise<boolean> {
  return (await fetch(url, { method: 'PUT', headers, body })).ok;
}
