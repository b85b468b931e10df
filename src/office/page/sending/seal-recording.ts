import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { ENVELOPE_TYPE, PART_BYTES, type UploadRequest } from '../../contract/office-api.ts';
import { manifestPrefix, type RecordingManifest } from '../../sealing/recording-manifest.ts';
import { joined } from '../sealing/web-chunks.ts';
import { sealBlob } from '../sealing/web-envelope.ts';
import type { Bytes } from '../sealing/web-keys.ts';

/** What is to be sealed, and for whom. */
export interface SealingRequest {
  readonly id: string;
  readonly file: Blob;
  readonly manifest: RecordingManifest;
  /** Public keys of everybody who may open the recording. */
  readonly recipients: readonly Bytes[];
  /** Makes the fingerprint, by HMAC-SHA-256. */
  readonly fingerprintKey: CryptoKey;
}

/**
 * Seals a recording part by part, and says what is to be declared of it. The file is read once, a megabyte at a time; its SHA-256,
 * which WebCrypto cannot make bit by bit, is that of the very bytes that were sealed. `onProgress` is told the share that is done, from 0 to 1.
 */
export async function sealRecording(
  { id, file, manifest, recipients, fingerprintKey }: SealingRequest,
  keepPart: (number: number, bytes: Bytes) => Promise<void>,
  onProgress: (share: number) => void = () => undefined,
): Promise<UploadRequest> {
  const prefix = manifestPrefix(manifest);
  const content = new Blob([prefix, file]);
  const hash = sha256.create();
  let ahead = prefix.length;
  const onRead = (bytes: Bytes) => {
    hash.update(bytes.subarray(ahead));
    ahead = Math.max(0, ahead - bytes.length);
  };
  const parts: UploadRequest['parts'] = [];
  let sizeBytes = 0;
  const keep = async (bytes: Bytes) => {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    parts.push({ sizeBytes: bytes.length, sha256: btoa(String.fromCharCode(...digest)) });
    sizeBytes += bytes.length;
    await keepPart(parts.length, bytes);
    onProgress(Math.min(1, sizeBytes / content.size));
  };
  let held: Bytes[] = [];
  let heldBytes = 0;
  const facts = { objectId: id, kind: 'recording' } as const;
  for await (const portion of sealBlob(facts, recipients, content, onRead)) {
    held.push(portion);
    heldBytes += portion.length;
    if (heldBytes < PART_BYTES) continue;
    const bytes = joined(held);
    await keep(bytes.slice(0, PART_BYTES));
    held = [bytes.subarray(PART_BYTES)];
    heldBytes = bytes.length - PART_BYTES;
  }
  if (heldBytes > 0) await keep(joined(held));
  const digest = new Uint8Array(hash.digest());
  const fingerprint = bytesToHex(new Uint8Array(await crypto.subtle.sign('HMAC', fingerprintKey, digest)));
  return { id, fingerprint, type: ENVELOPE_TYPE, sizeBytes, parts };
}
