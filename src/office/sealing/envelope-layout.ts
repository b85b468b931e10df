import { parse as uuidBytes } from 'uuid';
import { encodeAssociatedData } from '../../core/vault/associated-data.ts';
import { sealedSizeFor } from '../../core/vault/object-layout.ts';
import { OfficeError } from '../contract/office-errors.ts';

/**
 * The office's envelope, version 1: what lies in the store. Must never change; a new one gets a new version. What is said of it here
 * runs in browsers, too; `envelope.ts` seals and opens it in Node, `page/sealing/web-envelope.ts` in a browser.
 *
 *     offset  length
 *          0       8  magic "VSOFFICE"
 *          8       4  version, big endian: 1
 *         12       1  kind: 1 recording, 2 result, 3 window
 *         13       1  number of recipients n, 1 to 16
 *         14       2  zero
 *         16      16  object id: the bytes of its UUID
 *         32   124·n  a recipient each: public key (32) ‖ ephemeral public key (32) ‖ wrapped content key (60)
 *          …       …  a sealed object, as object-layout.ts has it, whose key is the content key
 *
 * The content key is 32 random bytes. Wrapping key: HKDF-SHA-256 of X25519(ephemeral, recipient), salt ephemeral ‖ recipient public key,
 * info the fields "voicesync office envelope", version, kind, object id; the wrapped key is as key-wrap.ts has it, bound to
 * the first 32 bytes, the header, which tells without a key which object it says to be. The sealed object's context are the fields "voicesync office content" and all bytes before it.
 */
export const ENVELOPE_HEADER_BYTES = 32;

/** Length of an X25519 key, public or private, in bytes (RFC 7748). */
export const X25519_BYTES = 32;

/** Length of the nonce before a wrapped key, and of that key with its tag. */
export const WRAP_NONCE_BYTES = 12;
const WRAPPED_BYTES = WRAP_NONCE_BYTES + 32 + 16;

/** Bytes of an envelope for each recipient. */
export const RECIPIENT_BYTES = 2 * X25519_BYTES + WRAPPED_BYTES;

const MAGIC = new TextEncoder().encode('VSOFFICE');
const VERSION = 1;
const KIND_OFFSET = 12;
const COUNT_OFFSET = 13;
const ID_OFFSET = 16;
const MOST_RECIPIENTS = 16;
const KINDS = { recording: 1, result: 2, window: 3 } as const;

/** What an envelope holds. */
export type EnvelopeKind = keyof typeof KINDS;

/** Which object an envelope is. It is bound to the content key and to every chunk. */
export interface EnvelopeFacts {
  /** A UUID. */
  readonly objectId: string;
  readonly kind: EnvelopeKind;
}

/** What an envelope holds for one recipient. */
export interface RecipientEntry {
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly ephemeralPublic: Uint8Array<ArrayBuffer>;
  readonly wrapped: Uint8Array<ArrayBuffer>;
}

/** Length of an envelope of so many bytes. */
export function envelopeSizeFor(sizeBytes: number, recipients: number): number {
  return ENVELOPE_HEADER_BYTES + RECIPIENT_BYTES * recipients + sealedSizeFor(sizeBytes);
}

/** The first 32 bytes of an envelope. Throws a RangeError unless there are 1 to 16 recipients. */
export function envelopeHeader(facts: EnvelopeFacts, recipients: number): Uint8Array<ArrayBuffer> {
  if (recipients < 1 || recipients > MOST_RECIPIENTS) {
    throw new RangeError(`an envelope has 1 to ${MOST_RECIPIENTS} recipients`);
  }
  const header = new Uint8Array(ENVELOPE_HEADER_BYTES);
  header.set(MAGIC);
  new DataView(header.buffer).setUint32(MAGIC.length, VERSION);
  header[KIND_OFFSET] = KINDS[facts.kind];
  header[COUNT_OFFSET] = recipients;
  header.set(uuidBytes(facts.objectId), ID_OFFSET);
  return header;
}

/**
 * How many recipients an envelope of this object has, by its first bytes, which are free to say anything: who opens it finds out.
 * Throws `envelope.notOne`, `envelope.newer`, `envelope.otherObject`, `envelope.damaged`.
 */
export function recipientCountIn(firstBytes: Uint8Array, expected: EnvelopeFacts): number {
  if (firstBytes.length < ENVELOPE_HEADER_BYTES || !startsWith(firstBytes, MAGIC)) {
    throw new OfficeError('envelope.notOne');
  }
  const view = new DataView(firstBytes.buffer, firstBytes.byteOffset);
  if (view.getUint32(MAGIC.length) !== VERSION) throw new OfficeError('envelope.newer');
  const count = view.getUint8(COUNT_OFFSET);
  if (count < 1 || count > MOST_RECIPIENTS) throw new OfficeError('envelope.damaged');
  if (!startsWith(firstBytes, envelopeHeader(expected, count))) throw new OfficeError('envelope.otherObject');
  return count;
}

/** The entry for the owner of this public key. Throws `envelope.notForThisKey`. */
export function entryFor(publicKey: Uint8Array, entries: Uint8Array): RecipientEntry {
  for (let start = 0; start < entries.length; start += RECIPIENT_BYTES) {
    const entry = entries.slice(start, start + RECIPIENT_BYTES);
    if (!startsWith(entry, publicKey)) continue;
    return {
      publicKey: entry.subarray(0, X25519_BYTES),
      ephemeralPublic: entry.subarray(X25519_BYTES, 2 * X25519_BYTES),
      wrapped: entry.subarray(2 * X25519_BYTES),
    };
  }
  throw new OfficeError('envelope.notForThisKey');
}

/** Info of the wrapping key. */
export function wrappingInfo(facts: EnvelopeFacts): Uint8Array<ArrayBuffer> {
  const { objectId, kind } = facts;
  return encodeAssociatedData('voicesync office envelope', VERSION, KINDS[kind], uuidBytes(objectId));
}

/** The context of the sealed object behind these bytes. */
export function contentContext(before: Uint8Array): Uint8Array<ArrayBuffer> {
  return encodeAssociatedData('voicesync office content', before);
}

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return start.every((byte, place) => bytes[place] === byte);
}
