import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { AppError } from '../../contract/errors.ts';

const CHUNK_BYTES = 1024 * 1024;

/**
 * SHA-256 of a file, lower-case hexadecimal. Throws `file.changed`, `file.readFailed`, the error of opening it, and on abort
 * the signal's reason.
 */
export async function hashOfFile(path: string, signal?: AbortSignal): Promise<string> {
  await using handle = await open(path);
  return await hashWhileReading(handle, path, async () => signal?.throwIfAborted());
}

/**
 * Reads an open file from its start, passes each chunk to `onChunk` (which may keep it only until it returns), and
 * returns the SHA-256 of all. `file` names it in errors: `file.changed` if it changed meanwhile, `file.readFailed`.
 */
export async function hashWhileReading(
  handle: FileHandle,
  file: string,
  onChunk: (chunk: Buffer) => Promise<void>,
): Promise<string> {
  const before = await handle.stat();
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let position = 0; ; ) {
    const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES, position).catch((cause) => {
      throw new AppError('file.readFailed', { file }, { cause });
    });
    if (bytesRead === 0) break;
    const chunk = buffer.subarray(0, bytesRead);
    hash.update(chunk);
    await onChunk(chunk);
    position += bytesRead;
  }
  const after = await handle.stat();
  if (after.size !== before.size || after.mtimeMs !== before.mtimeMs)
    throw new AppError('file.changed', { file });
  return hash.digest('hex');
}

/** SHA-256 of content in pieces, lower-case hexadecimal. */
export function contentHash(content: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const chunk of content) hash.update(chunk);
  return hash.digest('hex');
}
