import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../contract/errors.ts';
import { Database, type ReadableDatabase } from './database.ts';
import { runDatabasesIn } from './database-thread.ts';
import { openEncryptedFile } from './encrypted-file.db.ts';
import {
  addRecording,
  addTranscript,
  addWindow,
  objectOf,
  partOf,
  type TestDatabase,
  testDatabase,
} from './testing/test-database.ts';

const CANARY = 'the witness never left the harbour';

let folder: TestDatabase;
let db: Database;

beforeEach(async () => {
  folder = await testDatabase();
  db = folder.db;
});

afterEach(async () => {
  await folder[Symbol.asyncDispose]();
});

// This file is about the thread itself.
beforeAll(() => runDatabasesIn(null));

describe('the thread', () => {
  test('hands over AppErrors whole, and programmer errors with their message', async () => {
    const refused = await db.recordings.get('gone').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AppError);
    expect(refused).toMatchObject({ code: 'recording.notFound', details: { id: 'gone' } });
    await expect(db.objects.add({ object: objectOf('gone'), createdAtMs: 1 })).rejects.toThrow(/FOREIGN KEY/);
  });

  test('answers in the order of the questions', async () => {
    const answers: string[] = [];
    const id = await addRecording(db);
    await Promise.all([
      db.recordings.rename({ recordingId: id, name: 'b.wav' }).then(() => answers.push('renamed')),
      db.recordings.get(id).then((recording) => answers.push(recording.name)),
    ]);
    expect(answers).toEqual(['renamed', 'b.wav']);
  });

  test('takes bytes out of a shared pool without what lies beside them', async () => {
    const recordingId = await addRecording(db);
    const object = { ...objectOf(recordingId), wrappedKey: Buffer.from('short and pooled') };
    await db.objects.add({ object, createdAtMs: 1 });
    const stored = await db.objects.get(object.id);
    expect(stored).toEqual(object);
    expect(stored?.wrappedKey.buffer.byteLength).toBe(object.wrappedKey.byteLength);
  });

  test('says that the vault is sealed once it is closed, and closes twice in peace', async () => {
    const pending = db.recordings.list();
    const closing = db.close();
    expect(await pending).toEqual([]);
    await closing;
    await db.close();
    await expect(db.recordings.list()).rejects.toMatchObject({ code: 'vault.sealed' });
  });

  test('a reader has no writing method to offer', () => {
    const reader: ReadableDatabase = db;
    // @ts-expect-error: adding is not reading
    expect(reader.jobs.add).toBeTypeOf('function');
  });
});

describe('the file', () => {
  test('hides names, words and settings, also in a backup, which opens with the same key', async () => {
    const { recordingId } = await addTranscript(db, [CANARY], `${CANARY}.wav`);
    await db.settings.set({ key: 'note', value: CANARY });
    expect(filesWithCanary()).toEqual([]);
    const file = join(folder.folder, 'backup');
    await db.backupTo(file);
    await db.close();
    expect(filesWithCanary()).toEqual([]);
    expect(statSync(file).size).toBeGreaterThan(0);

    const backup = await Database.open({ file, key: folder.key });
    expect((await backup.recordings.get(recordingId)).name).toBe(`${CANARY}.wav`);
    expect(await backup.search.find({ text: 'harbour', limit: 2 })).toHaveLength(1);
    await expect(backup.backupTo(folder.file)).rejects.toThrow();
    await backup.close();
  });

  test('is one file after closing: the write-ahead log is emptied into it', async () => {
    await addTranscript(db, ['good morning']);
    await db.close();
    expect(readdirSync(folder.folder).sort()).toEqual(['database', 'head']);
  });

  test('keeps nothing of an erased recording, not even in pages that are free', async () => {
    const { recordingId, jobId, versionId } = await addTranscript(db, [CANARY], 'harbour-case.wav');
    await addWindow(db, { jobId, versionId, windowIndex: 1 }, Array(300).fill('a lot of other words'));
    const object = objectOf(recordingId);
    await db.parts.commit({ part: partOf(recordingId, 0, 0), object, createdAtMs: 1 });
    const traces = [object.wrappedKey, Buffer.from(CANARY), Buffer.from('harbour')];
    expect(traces.map((trace) => decryptedPages().includes(trace))).toEqual([true, true, true]);
    await db.recordings.erase({ recordingId, atMs: 1 });
    expect(traces.map((trace) => decryptedPages().includes(trace))).toEqual([false, false, false]);
  });

  test('leaves nothing of an erased recording in the write-ahead log', async () => {
    const { recordingId } = await addTranscript(db, [CANARY]);
    await db.recordings.erase({ recordingId, atMs: 1 });
    expect(statSync(`${folder.file}-wal`).size).toBe(0);
  });

  test('does not open with another key, nor begin anew where the database has gone', async () => {
    await db.close();
    const { file, auditKey, key } = folder;
    await expect(Database.open({ file, key: Buffer.alloc(32), auditKey })).rejects.toMatchObject({
      code: 'vault.damaged',
    });
    unlinkSync(file);
    await expect(Database.open({ file, key, auditKey })).rejects.toMatchObject({ code: 'vault.damaged' });
    expect(readdirSync(folder.folder)).toEqual(['head']);
  });

  test('keys given stay the caller’s, as they were', async () => {
    const { key } = folder;
    const before = Buffer.from(key);
    await db.close();
    await (await Database.open({ file: folder.file, key, auditKey: folder.auditKey })).close();
    expect(key.equals(before)).toBe(true);
  });
});

describe('a kill', () => {
  test('keeps every acknowledged window whole, and no half one', async () => {
    for (const killedAfter of [1, 2, 5, 9]) {
      const { jobId, versionId, acknowledged } = await writeUntilKilled(killedAfter);
      const survivor = await Database.open(killed());
      const windows = await survivor.windows.list(jobId);
      const complete = windows.filter((window) => window.completedAtMs !== null);
      expect(complete.length).toBeGreaterThan(acknowledged);
      expect(await survivor.segments.count(versionId)).toBe(1 + 2 * (complete.length - 1));
      const hits = await survivor.search.find({ text: 'another', limit: 10_000 });
      expect(hits).toHaveLength(complete.length - 1);
      expect(await survivor.checkIntegrity()).toEqual([]);
      expect(await survivor.audit.verify()).toEqual([]);
      expect(await survivor.jobs.recoverInterrupted(1)).toEqual([jobId]);
      await survivor.close();
      rmSync(killed().file);
      rmSync(join(folder.folder, 'killed', 'head'));
    }
  });

  function killed() {
    const { key, auditKey } = folder;
    return { file: join(folder.folder, 'killed', 'database'), key, auditKey };
  }

  async function writeUntilKilled(windows: number) {
    const { file, key, auditKey } = killed();
    rmSync(join(folder.folder, 'killed'), { recursive: true, force: true });
    mkdirSync(join(folder.folder, 'killed'));
    const program = fileURLToPath(new URL('./testing/killed-writer.ts', import.meta.url));
    const child = spawn(process.execPath, [program, file, key.toString('hex'), auditKey.toString('hex')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (lines.length === windows + 1) child.kill('SIGKILL');
    }
    if (child.signalCode === null) await once(child, 'exit');
    const [, jobId = '', versionId = ''] = lines[0]?.split(' ') ?? [];
    return { jobId, versionId, acknowledged: Number(lines.at(-1)) };
  }
});

// A separate file system requires the permission to mount.
const mayMount = process.platform === 'linux' && succeeds('unshare', ['-m', 'true']);

describe('a full disk', () => {
  test.runIf(mayMount)('is told as one, loses nothing, and work goes on once there is room', async () => {
    const mount = mkdtempSync(join(tmpdir(), 'voicesync-full-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'voicesync', mount]);
    try {
      const file = join(mount, 'database');
      const full = await Database.open({ file, key: folder.key, auditKey: folder.auditKey });
      const transcript = await addTranscript(full, ['good morning']);
      const text = 'words that fill a small disk '.repeat(200).trim();
      let stored = 0;
      const fill = async () => {
        for (;;) {
          await addWindow(full, { ...transcript, windowIndex: stored + 1 }, [text]);
          stored += 1;
        }
      };
      await expect(fill()).rejects.toMatchObject({ code: 'disk.full' });
      expect(await full.segments.count(transcript.versionId)).toBe(stored + 1);
      execFileSync('mount', ['-o', 'remount,size=8m', mount]);
      await addWindow(full, { ...transcript, windowIndex: stored + 1 }, [text]);
      expect(await full.segments.count(transcript.versionId)).toBe(stored + 2);
      expect(await full.checkIntegrity()).toEqual([]);
      await full.close();
    } finally {
      execFileSync('umount', [mount]);
      rmSync(mount, { recursive: true });
    }
  });
});

function filesWithCanary(): string[] {
  const files = readdirSync(folder.folder);
  return files.filter((name) => readFileSync(join(folder.folder, name)).includes(CANARY));
}

/** Every page decrypted, for tests only. */
function decryptedPages(): Buffer {
  const handle = openEncryptedFile(folder.file, folder.key);
  try {
    return handle.serialize();
  } finally {
    handle.close();
  }
}

function succeeds(command: string, parameters: string[]): boolean {
  try {
    execFileSync(command, parameters, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
