import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { CaptureSource, type CaptureStore } from '../../core/capture/capture-source.ts';
import { capturedWav } from '../../core/capture/captured-wav.ts';
import type { ObjectRecord } from '../../core/database/recordings/objects.db.ts';
import type { RecordingSource } from '../../core/database/recordings/sources.db.ts';
import { safeBaseName } from '../../core/files/safe-file-name.ts';
import { writeAtomically } from '../../core/files/write-atomically.ts';
import type { Vault } from '../../core/vault/vault.ts';
import { refuseRecorded } from './refusals.ts';

/** Where originals are written. */
export interface OriginalsWish {
  readonly folder: string;
  /** Replaces files of the same name. */
  readonly overwrite: boolean;
}

/**
 * Writes a recording's originals as files, and returns their paths: what was imported byte by byte, what was recorded here
 * as a WAV file. The audit log tells of each. Throws `recording.notFound`, `recording.busy` while it is being recorded,
 * `recording.noOriginal`, `object.missing`, `object.damaged` and the errors of `writeAtomically`.
 */
export async function writeOriginals(
  store: CaptureStore,
  recordingId: string,
  wish: OriginalsWish,
): Promise<string[]> {
  const { database } = store;
  await refuseRecorded(database, [recordingId]);
  const paths: string[] = [];
  for (const source of await database.sources.ofRecording(recordingId)) {
    const { name, extension, content } = await originalOf(store, recordingId, source);
    const hash = createHash('sha256');
    const target = { ...wish, baseName: safeBaseName(name), extension };
    paths.push(await writeAtomically(hashed(content, hash), target));
    await database.audit.append({
      atMs: Date.now(),
      action: 'recording.exported',
      subjectId: recordingId,
      outcome: 'done',
      detail: { fileHash: hash.digest('hex') },
    });
  }
  return paths;
}

async function originalOf(
  store: CaptureStore,
  recordingId: string,
  source: RecordingSource,
): Promise<{ name: string; extension: string; content: AsyncIterable<Uint8Array> }> {
  const { vault, database } = store;
  const captured = await CaptureSource.ofEnded(store, recordingId);
  if (captured !== null) return { name: captured.name, extension: 'wav', content: capturedWav(captured) };
  const object =
    source.originalObjectId === null ? null : await database.objects.get(source.originalObjectId);
  if (object === null) throw new AppError('recording.noOriginal', { name: source.name });
  // A capture that was joined with others is stored as a WAV file under a name without an extension.
  const extension = source.sourcePath === '' ? '' : extname(source.name);
  const name = source.name.slice(0, source.name.length - extension.length);
  const usual = source.sourcePath === '' ? 'wav' : 'bin';
  return { name, extension: extension.slice(1) || usual, content: bytesOf(vault, object) };
}

async function* bytesOf(vault: Vault, object: ObjectRecord): AsyncGenerator<Uint8Array> {
  const reader = await vault.objects.openReader(object);
  try {
    yield* reader.stream();
  } finally {
    await reader.close();
  }
}

async function* hashed(
  content: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const bytes of content) {
    hash.update(bytes);
    yield bytes;
  }
}
