import { existsSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { type FaultPoint, installFault } from '../fault-points.ts';
import { filesBelow, temporaryFolder } from '../files/testing/temporary-folder.ts';
import type { ObjectIdentity, ObjectStore, SealedObject } from './object-store.ts';
import { HASHING_FLOOR } from './passphrase.ts';
import { startVaultChild } from './testing/child.ts';
import { Vault } from './vault.ts';

const COMMIT_POINTS: FaultPoint[] = ['object.chunk', 'object.sync', 'object.rename', 'object.syncFolder'];
const PASSPHRASE = 'correct horse battery';

afterEach(() => installFault(null));

async function ephemeralVault(): Promise<Vault> {
  return await Vault.createEphemeral(temporaryFolder());
}

function identityOf(version: number, recordingId = 'recording-1'): ObjectIdentity {
  return { recordingId, kind: 'part', version };
}

async function sealed(store: ObjectStore, plain: Buffer, identity = identityOf(1)): Promise<SealedObject> {
  const writer = await store.createWriter(identity);
  await writer.write(plain);
  return await writer.commit();
}

async function readAll(store: ObjectStore, object: SealedObject): Promise<Buffer> {
  const reader = await store.openReader(object);
  const parts: Buffer[] = [];
  for await (const bytes of reader.stream()) parts.push(bytes);
  await reader.close();
  return Buffer.concat(parts);
}

/** Bytes that differ at every offset and compress badly; random enough to reveal misplaced chunks. */
function pattern(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let i = 0; i < size; i++) bytes[i] = (i * 2654435761) >>> 13;
  return bytes;
}

function fileOf(vault: Vault, object: SealedObject): string {
  return join(vault.folder, 'objects', object.id.slice(-2), object.id);
}

function systemError(errorCode: string): Error {
  return Object.assign(new Error(errorCode), { code: errorCode });
}

describe('objects', () => {
  test.each([0, 1, 65_535, 65_536, 65_537, 131_072, 16 * 65_536, 16 * 65_536 + 1, 3_000_000])(
    'of %i bytes are read back and verified',
    async (size) => {
      const vault = await ephemeralVault();
      const plain = pattern(size);
      const object = await sealed(vault.objects, plain);
      expect([object.sizeBytes, object.chunkCount]).toEqual([size, Math.max(1, Math.ceil(size / 65_536))]);
      expect((await readAll(vault.objects, object)).equals(plain)).toBe(true);
      await vault.objects.verify(object);
      await vault.seal();
    },
  );

  test('give any range, however they were written', async () => {
    const vault = await ephemeralVault();
    const plain = pattern(20 * 65_536 + 777);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 300_000 }), { minLength: 1, maxLength: 12 }),
        fc.array(fc.tuple(fc.nat(plain.length + 10), fc.nat(plain.length + 10)), { maxLength: 12 }),
        async (pieces, ranges) => {
          const writer = await vault.objects.createWriter(identityOf(1));
          let written = 0;
          for (const piece of pieces) {
            const bytes = plain.subarray(written, written + piece);
            await writer.write(bytes);
            written += bytes.length;
          }
          const object = await writer.commit();
          expect(object.sizeBytes).toBe(written);
          const reader = await vault.objects.openReader(object);
          for (const [offset, length] of ranges) {
            const expected = plain.subarray(0, written).subarray(offset, offset + length);
            expect((await reader.read(offset, length)).equals(expected)).toBe(true);
          }
          await reader.close();
          await vault.objects.remove([object.id]);
        },
      ),
      { numRuns: 25 },
    );
    await vault.seal();
  });

  test('are nowhere until they are committed, and gone when discarded', async () => {
    const vault = await ephemeralVault();
    const writer = await vault.objects.createWriter(identityOf(1));
    await writer.write(pattern(3_000_000));
    expect(filesBelow(join(vault.folder, 'objects'))).toEqual([]);
    await writer.discard();
    expect(filesBelow(join(vault.folder, 'incoming'))).toEqual([]);
    await expect(writer.write(Buffer.alloc(1))).rejects.toThrow('discarded');
    await vault.seal();
  });

  test('are removed, once or twice', async () => {
    const vault = await ephemeralVault();
    const object = await sealed(vault.objects, pattern(10));
    await vault.objects.remove([object.id]);
    await vault.objects.remove([object.id]);
    await expect(vault.objects.openReader(object)).rejects.toMatchObject({ code: 'object.missing' });
    await expect(vault.objects.verify(object)).rejects.toMatchObject({ code: 'object.missing' });
    await vault.seal();
  });
});

describe('a file that is not what its record says', () => {
  test('is found, whichever of its bytes is changed', async () => {
    const vault = await ephemeralVault();
    const object = await sealed(vault.objects, pattern(100));
    const file = fileOf(vault, object);
    const whole = readFileSync(file);
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      writeFileSync(file, changed);
      await expect(vault.objects.verify(object)).rejects.toMatchObject({ code: 'object.damaged' });
    }
    writeFileSync(file, whole);
    await vault.objects.verify(object);
    await vault.seal();
  });

  test('is found at opening where it is cut, and at reading where the middle is damaged', async () => {
    const vault = await ephemeralVault();
    const object = await sealed(vault.objects, pattern(300_000));
    const file = fileOf(vault, object);
    const whole = readFileSync(file);
    whole.writeUInt8(whole.readUInt8(100_000) ^ 1, 100_000);
    writeFileSync(file, whole);
    const reader = await vault.objects.openReader(object);
    expect((await reader.read(0, 65_536)).equals(pattern(65_536))).toBe(true);
    await expect(reader.read(65_536, 1)).rejects.toMatchObject({ code: 'object.damaged' });
    await reader.close();
    truncateSync(file, whole.length - 65_552);
    await expect(vault.objects.openReader(object)).rejects.toMatchObject({ code: 'object.damaged' });
    await vault.seal();
  });

  test('is found where files, or records, changed places', async () => {
    const vault = await ephemeralVault();
    const a = await sealed(vault.objects, pattern(1000), identityOf(1, 'recording-1'));
    const b = await sealed(vault.objects, pattern(1000), identityOf(1, 'recording-2'));
    const [fileA, fileB] = [fileOf(vault, a), fileOf(vault, b)];
    renameSync(fileA, `${fileA}.aside`);
    renameSync(fileB, fileA);
    renameSync(`${fileA}.aside`, fileB);
    for (const object of [a, b]) {
      await expect(vault.objects.verify(object)).rejects.toMatchObject({ code: 'object.damaged' });
    }
    // The whole record of the other file, except the recording it belongs to: the wrapped key is bound to that.
    await expect(vault.objects.verify({ ...a, id: b.id, recordingId: b.recordingId })).rejects.toMatchObject({
      code: 'object.damaged',
    });
    const moved = { ...a, id: b.id };
    await vault.objects.verify(moved);
    for (const lie of [{ version: 2 }, { kind: 'original' as const }, { epoch: 2 }, { sizeBytes: 999 }]) {
      await expect(vault.objects.verify({ ...moved, ...lie })).rejects.toMatchObject({
        code: 'object.damaged',
      });
    }
    await vault.seal();
  });

  test('does not open with the key of another vault', async () => {
    const [a, b] = [await ephemeralVault(), await ephemeralVault()];
    const object = await sealed(a.objects, pattern(1000));
    const copy = await sealed(b.objects, pattern(1000));
    writeFileSync(fileOf(b, copy), readFileSync(fileOf(a, object)));
    await expect(b.objects.verify({ ...object, id: copy.id })).rejects.toMatchObject({
      code: 'object.damaged',
    });
    await a.seal();
    await b.seal();
  });
});

describe('a fault while an object is sealed', () => {
  const plain = pattern(200_000);

  test.each(COMMIT_POINTS)('at %s leaves nothing behind, and the next try works', async (point) => {
    const vault = await ephemeralVault();
    for (const [cause, expected] of [
      ['ENOSPC', 'disk.full'],
      ['EIO', 'disk.failed'],
    ] as const) {
      installFault((here) => {
        if (here === point) throw systemError(cause);
      });
      await expect(sealed(vault.objects, plain)).rejects.toMatchObject({ code: expected });
      expect(filesBelow(join(vault.folder, 'objects'))).toEqual([]);
      expect(filesBelow(join(vault.folder, 'incoming'))).toEqual([]);
    }
    installFault(null);
    await vault.objects.verify(await sealed(vault.objects, plain));
    await vault.seal();
  });

  test.each(COMMIT_POINTS)('that kills the process at %s leaves no half object', async (point) => {
    const folder = join(temporaryFolder(), 'vault');
    const made = await Vault.create(folder, { passphrase: PASSPHRASE }, { hashingCost: HASHING_FLOOR });
    await made.vault.seal();
    const child = await startVaultChild('commit', folder, PASSPHRASE, point);
    expect(child.answer).toBeNull();

    const vault = await Vault.open(folder, { kind: 'passphrase', passphrase: PASSPHRASE });
    const visible = filesBelow(join(folder, 'objects'));
    const incoming = filesBelow(join(folder, 'incoming'));
    expect([visible.length, incoming.length]).toEqual(point === 'object.syncFolder' ? [1, 0] : [0, 1]);
    // A visible file is whole: 200,000 bytes, 4 chunks, header and HMAC.
    for (const file of visible) expect(readFileSync(file).length).toBe(200_000 + 4 * 16 + 96);
    expect(await vault.objects.sweepOrphans(new Set())).toBe(1);
    expect(filesBelow(join(folder, 'objects'))).toEqual([]);
    expect(filesBelow(join(folder, 'incoming'))).toEqual([]);
    await vault.seal();
  });

  test('control: a child that meets no fault commits', async () => {
    const folder = join(temporaryFolder(), 'vault');
    const made = await Vault.create(folder, { passphrase: PASSPHRASE }, { hashingCost: HASHING_FLOOR });
    await made.vault.seal();
    const child = await startVaultChild('commit', folder, PASSPHRASE, 'none');
    expect(child.answer).toMatchObject({ state: 'committed', object: { sizeBytes: 200_000 } });
  });
});

describe('the sweep', () => {
  test('deletes what no record knows, and keeps the rest', async () => {
    const folder = join(temporaryFolder(), 'vault');
    const made = await Vault.create(folder, { passphrase: PASSPHRASE }, { hashingCost: HASHING_FLOOR });
    const [kept, orphan] = [
      await sealed(made.vault.objects, pattern(10), identityOf(1)),
      await sealed(made.vault.objects, pattern(10), identityOf(2)),
    ];
    await made.vault.seal();

    const vault = await Vault.open(folder, { kind: 'passphrase', passphrase: PASSPHRASE });
    const foreign = join(folder, 'objects', 'a note of the user');
    writeFileSync(foreign, '');
    const inProgress = await vault.objects.createWriter(identityOf(3));
    const fresh = await sealed(vault.objects, pattern(10), identityOf(4));
    expect(await vault.objects.sweepOrphans(new Set([kept.id]))).toBe(1);
    expect(existsSync(fileOf(vault, orphan))).toBe(false);
    expect(existsSync(foreign)).toBe(true);
    for (const object of [kept, fresh, await inProgress.commit()]) await vault.objects.verify(object);
    await vault.seal();
  });
});

test('sealing the vault in the middle of a write leaves nothing that could be read', async () => {
  const vault = await ephemeralVault();
  const writer = await vault.objects.createWriter(identityOf(1));
  const writing = writer.write(pattern(5_000_000));
  const outcome = expect(writing).rejects.toBeDefined();
  await vault.seal();
  await outcome;
  expect(existsSync(vault.folder)).toBe(false);
});

test('sealing the vault between two writes is told to the second', async () => {
  const vault = await ephemeralVault();
  const writer = await vault.objects.createWriter(identityOf(1));
  await writer.write(pattern(10));
  await vault.seal();
  await expect(writer.write(pattern(10))).rejects.toMatchObject({ code: 'vault.sealed' });
  await expect(writer.commit()).rejects.toMatchObject({ code: 'vault.sealed' });
});
