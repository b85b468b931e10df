import { v7 as newId } from 'uuid';
import type { JobOptions } from '../../src/contract/job.ts';
import { SqliteConnection } from '../../src/core/database/connection.db.ts';
import { openEncryptedFile } from '../../src/core/database/encrypted-file.db.ts';
import { openRepositories } from '../../src/core/database/repositories.db.ts';
import type { Vault } from '../../src/core/vault/vault.ts';
import { seededRandom } from '../statistics.ts';

/** The options of the filled vault's transcriptions, done or queued. */
export const LISTED_OPTIONS: JobOptions = {
  model: { name: 'base-q8_0', path: '/models/ggml-base-q8_0.bin', sha256: 'a'.repeat(64) },
  language: 'auto',
  prompt: 'Rivera, Okonkwo, estoppel, tachycardia',
  speakers: 'auto',
  speakerCount: null,
  translate: false,
  keepSilence: false,
  threads: null,
  beamSize: null,
};

/**
 * Fills the database of a vault that nothing has opened with so many recordings, nine of ten transcribed, through its
 * repositories in one transaction: by messages it would take minutes. Returns one recording's id.
 */
export function fillVault(vault: Vault, size: number): string {
  const handle = openEncryptedFile(vault.databaseFile, vault.keys.database);
  const connection = new SqliteConnection(handle);
  const { recordings, jobs, versions } = openRepositories(connection, null);
  const random = seededRandom(size);
  const ids = Array.from({ length: size }, () => newId());
  connection.transaction(() => {
    for (const [index, id] of ids.entries()) {
      const name = `hearing ${Math.floor(random() * 1_000_000)}.m4a`;
      const createdAtMs = Date.now() - Math.floor(random() * 1e11);
      recordings.add({
        id,
        matterId: null,
        name,
        sourcePath: `/media/recorder/2026/${name}`,
        sourceSizeBytes: 30_000_000,
        sourceModifiedMs: createdAtMs,
        facts: { container: 'mp4', claimedDurationMs: 3_600_000, tracks: [], hasVideo: false, assumed: null },
        trackIndex: 0,
        createdAtMs,
      });
      const end = { layout: 'single', channels: 1, durationMs: 3_600_000, original: null } as const;
      recordings.finishImport({
        recordingId: id,
        state: 'ready',
        sourceSha256: 'b'.repeat(64),
        atMs: createdAtMs,
        ...end,
      });
      // One in ten is queued.
      const jobId = newId();
      jobs.add({ id: jobId, recordingId: id, options: LISTED_OPTIONS, delivery: null, createdAtMs });
      if (index % 10 === 0) continue;
      const attemptId = newId();
      jobs.begin({ jobId, attemptId, atMs: createdAtMs });
      const done = { outcome: 'done', failure: null, figures: null, retryAtMs: null } as const;
      jobs.end({ attemptId, atMs: createdAtMs, ...done });
      versions.create({ id: newId(), recordingId: id, jobId, kind: 'machine', parentId: null, createdAtMs });
    }
  });
  connection.close();
  return ids[Math.floor(size / 2)] as string;
}
