/**
 * Where sealed parts lie until the store has them: the origin private file system, which no other site and no other program of the
 * user sees as files. A folder for each recording, a file for each part, named by its number.
 */
const OUTBOX = 'outbox';

/** Writes a file at once, as workers can in every browser; TypeScript knows it of workers alone. */
interface SyncAccessHandle {
  write(bytes: Uint8Array): number;
  flush(): void;
  close(): void;
}
type SyncFileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccessHandle> };

/** Keeps a sealed part; in a worker alone. Rejects with `QuotaExceededError` where there is no room. */
export async function keepPart(id: string, number: number, bytes: Uint8Array): Promise<void> {
  const folder = await (await outbox()).getDirectoryHandle(id, { create: true });
  const file = (await folder.getFileHandle(String(number), { create: true })) as SyncFileHandle;
  const access = await file.createSyncAccessHandle();
  try {
    if (access.write(bytes) !== bytes.length) throw new DOMException('no room', 'QuotaExceededError');
    access.flush();
  } finally {
    access.close();
  }
}

/** A sealed part. Rejects where the browser has deleted it. */
export async function keptPart(id: string, number: number): Promise<Uint8Array<ArrayBuffer>> {
  const folder = await (await outbox()).getDirectoryHandle(id);
  const file = await (await folder.getFileHandle(String(number))).getFile();
  return new Uint8Array(await file.arrayBuffer());
}

/** Forgets what is kept of a recording. */
export async function forgetParts(id: string): Promise<void> {
  await (await outbox()).removeEntry(id, { recursive: true }).catch(() => undefined);
}

/** Forgets everything that is kept. */
export async function forgetOutbox(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(OUTBOX, { recursive: true }).catch(() => undefined);
}

async function outbox(): Promise<FileSystemDirectoryHandle> {
  return await (await navigator.storage.getDirectory()).getDirectoryHandle(OUTBOX, { create: true });
}
