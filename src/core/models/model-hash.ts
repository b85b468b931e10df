import { hashWhileReading } from '../files/file-hash.ts';
import { openModelFile } from './model-header.ts';

/** SHA-256 of a model file, lower-case hexadecimal. Throws `file.changed` if the file changes meanwhile. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  await using handle = await openModelFile(path);
  return await hashWhileReading(handle, path, async () => signal?.throwIfAborted());
}
