import { createHmac, timingSafeEqual } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemErrorCode } from '../system-errors.ts';
import type { ChainHead } from './chain.ts';

/**
 * The head file: the end of the audit log at its last write, in a file of its own, so that an older database restored
 * beside it is detected. 80 bytes that may never change: magic `VSHEAD01`, the sequence as 64-bit big-endian, the last
 * entry's hash (32), HMAC-SHA-256 under the audit key over a label and all before it (32).
 */
const MAGIC = Buffer.from('VSHEAD01', 'latin1');
const BODY_BYTES = 48;
const FILE_BYTES = 80;

/** What the head file holds: a head; `missing` if there is no file; `altered` if not written under this key. */
export type HeadReading = ChainHead | 'missing' | 'altered';

/** Reads and authenticates the head file. */
export function readHeadFile(file: string, key: Uint8Array): HeadReading {
  const bytes = readIfThere(file);
  if (bytes === null) return 'missing';
  if (bytes.length !== FILE_BYTES || !bytes.subarray(0, 8).equals(MAGIC)) return 'altered';
  const body = bytes.subarray(0, BODY_BYTES);
  if (!timingSafeEqual(bytes.subarray(BODY_BYTES), authentication(body, key))) return 'altered';
  return { sequence: Number(body.readBigUInt64BE(8)), hash: Buffer.from(body.subarray(16)) };
}

/** Replaces the head file atomically; durable when this returns. Throws Node's system errors. */
export function writeHeadFile(file: string, key: Uint8Array, head: ChainHead): void {
  const body = Buffer.alloc(BODY_BYTES);
  MAGIC.copy(body);
  body.writeBigUInt64BE(BigInt(head.sequence), 8);
  head.hash.copy(body, 16);
  const temporary = `${file}.new`;
  writeAndSync(temporary, Buffer.concat([body, authentication(body, key)]));
  renameSync(temporary, file);
  syncFolder(dirname(file));
}

function authentication(body: Uint8Array, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update('voicesync audit head 1\0').update(body).digest();
}

function readIfThere(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function writeAndSync(file: string, bytes: Uint8Array): void {
  const descriptor = openSync(file, 'w', 0o600);
  try {
    writeSync(descriptor, bytes);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes a rename inside `folder` durable. Windows does so itself and cannot open folders. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
