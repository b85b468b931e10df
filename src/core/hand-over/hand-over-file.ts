import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { removeLeftovers, temporaryIn } from '../files/whole-file.ts';
import { encodeAssociatedData } from '../vault/associated-data.ts';
import { ChunkCipher } from '../vault/object-format.ts';
import {
  CHUNK_BYTES,
  chunkCountFor,
  PREAMBLE_BYTES,
  sealedSizeFor,
  TAG_BYTES,
} from '../vault/object-layout.ts';
import { type ByteSource, type ObjectLength, ObjectReader } from '../vault/object-reader.ts';
import { openSealedFile } from '../vault/object-store.ts';
import { ObjectWriter } from '../vault/object-writer.ts';
import {
  assertLongEnough,
  HASHING_COST,
  type HashingCost,
  hashPassphrase,
  isAcceptableCost,
} from '../vault/passphrase.ts';

/** How the name of a hand-over ends. */
export const HAND_OVER_ENDING = '.voicesync';

/**
 * The file of a hand-over, version 1. Must never change; a new one gets a new version.
 *
 *     offset  length
 *          0       8  magic "VSMATTER"
 *          8       4  version, big endian: 1
 *         12      12  cost of Argon2id: memory in KiB, iterations, parallelism, big endian, 4 bytes each
 *         24      32  salt of Argon2id
 *         56       8  zero
 *         64       …  a sealed object, as object-format.ts has it, of the frames of `hand-over-frames.ts`
 *
 * The object's key is Argon2id(passphrase, salt), its context these 64 bytes: nothing of them can be changed.
 */
const MAGIC = Buffer.from('VSMATTER', 'latin1');
const VERSION = 1;
const HEADER_BYTES = 64;
const SALT_OFFSET = 24;
const SALT_BYTES = 32;

/** Begins a hand-over, which appears under its name at commit. Throws `handOver.exists`, `vault.passphraseTooShort`, and the disk's errors. */
export async function createHandOver(
  file: string,
  passphrase: string,
  cost: HashingCost = HASHING_COST,
): Promise<ObjectWriter<ObjectLength>> {
  assertLongEnough(passphrase);
  if (existsSync(file)) throw new AppError('handOver.exists', { file });
  const header = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(header);
  header.writeUInt32BE(VERSION, 8);
  header.writeUInt32BE(cost.memoryKiB, 12);
  header.writeUInt32BE(cost.iterations, 16);
  header.writeUInt32BE(cost.parallelism, 20);
  randomBytes(SALT_BYTES).copy(header, SALT_OFFSET);
  const key = await hashPassphrase(passphrase, saltOf(header), cost);
  const cipher = ChunkCipher.forSealing(key, contextOf(header));
  key.fill(0);
  const folder = dirname(file);
  await removeLeftovers(folder);
  const place = {
    incomingFile: temporaryIn(folder),
    finalFile: file,
    header,
    describe: (length: ObjectLength) => length,
  };
  return await ObjectWriter.create(place, cipher);
}

/**
 * Opens a hand-over. Throws `file.notFound`, `handOver.notOne`, `handOver.newer`, `handOver.notOpened`, and `handOver.damaged` if it is
 * cut off.
 */
export async function openHandOver(file: string, passphrase: string): Promise<ObjectReader> {
  if (!existsSync(file)) throw new AppError('file.notFound', { file });
  const source = await openSealedFile(file);
  try {
    const header = await source.read(0, HEADER_BYTES);
    const cost = costIn(header, file);
    const key = await hashPassphrase(passphrase, saltOf(header), cost);
    try {
      return await openObject(within(source), key, contextOf(header), file);
    } finally {
      key.fill(0);
    }
  } catch (error) {
    await source.close();
    throw error;
  }
}

function costIn(header: Buffer, file: string): HashingCost {
  if (header.length < HEADER_BYTES || !header.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new AppError('handOver.notOne', { file: basename(file) });
  }
  if (header.readUInt32BE(8) !== VERSION) throw new AppError('handOver.newer', { file: basename(file) });
  const cost = {
    memoryKiB: header.readUInt32BE(12),
    iterations: header.readUInt32BE(16),
    parallelism: header.readUInt32BE(20),
  };
  if (!isAcceptableCost(cost)) throw new AppError('handOver.notOpened', { file: basename(file) });
  return cost;
}

async function openObject(
  source: ByteSource,
  key: Uint8Array,
  context: Uint8Array,
  file: string,
): Promise<ObjectReader> {
  const length = lengthOf(source.sizeBytes);
  if (length === null) throw new AppError('handOver.damaged', { file: basename(file) });
  try {
    // Its beginning tells a wrong passphrase from a file that is damaged behind it.
    ChunkCipher.forUnsealing(await source.read(0, PREAMBLE_BYTES), key, context).forget();
  } catch (error) {
    throw new AppError('handOver.notOpened', { file: basename(file) }, { cause: error });
  }
  try {
    return await ObjectReader.open(source, key, context, length);
  } catch (error) {
    throw new AppError('handOver.damaged', { file: basename(file) }, { cause: error });
  }
}

/** What an object of this many sealed bytes holds; null if none has so many. */
function lengthOf(sealedBytes: number): ObjectLength | null {
  const chunkCount = Math.max(1, Math.ceil((sealedBytes - PREAMBLE_BYTES) / (CHUNK_BYTES + TAG_BYTES)));
  const sizeBytes = sealedBytes - PREAMBLE_BYTES - TAG_BYTES * chunkCount;
  const isWhole =
    sizeBytes >= 0 && chunkCountFor(sizeBytes) === chunkCount && sealedSizeFor(sizeBytes) === sealedBytes;
  return isWhole ? { sizeBytes, chunkCount } : null;
}

/** What lies behind the header. */
function within(source: ByteSource): ByteSource {
  return {
    sizeBytes: source.sizeBytes - HEADER_BYTES,
    read: (offset, length) => source.read(offset + HEADER_BYTES, length),
    close: () => source.close(),
  };
}

function saltOf(header: Buffer): Buffer {
  return header.subarray(SALT_OFFSET, SALT_OFFSET + SALT_BYTES);
}

function contextOf(header: Buffer): Uint8Array {
  return encodeAssociatedData('voicesync hand-over', header);
}
