import { LanguageChoice } from '../../contract/job.ts';
import { z } from '../../contract/schema.ts';
import { OfficeError } from '../contract/office-errors.ts';
import { PublicKey } from '../contract/office-keys-api.ts';
import { PortionReader } from './sealed-stream.ts';

const facts = {
  /** Name of the file, for what is made of it. */
  name: z.string().min(1).max(1000),
  /** Spoken language, as in the job options of the app. */
  language: LanguageChoice,
};

/** The manifest as clients write it. */
const Manifest2 = z.object({
  format: z.literal(2),
  ...facts,
  /** For whom the result is sealed: X25519 public keys in base64, the client's own first, then that of the tenant's vault. */
  recipients: z.array(PublicKey).min(1).max(16),
});

/** As they wrote it before: one recipient. */
const Manifest1 = z.object({ format: z.literal(1), ...facts, replyTo: PublicKey });

/** What a client tells the worker about a recording. It is sealed with it: gateway, queue and store never see it. */
export const RecordingManifest = z.union([
  Manifest2,
  Manifest1.transform(({ replyTo, ...manifest }) => ({
    ...manifest,
    ...{ format: 2 as const, recipients: [replyTo] },
  })),
]);
export type RecordingManifest = z.infer<typeof RecordingManifest>;

const LENGTH_BYTES = 4;
const LONGEST_MANIFEST = 64 * 1024;

/**
 * What is sealed of a recording: length of the manifest (4 bytes, big endian), the manifest (JSON in UTF-8), then the file
 * as it is. Must never change; another manifest has another `format`.
 */
export async function* recordingContent(
  manifest: RecordingManifest,
  file: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield manifestPrefix(manifest);
  yield* file;
}

/** Bytes before the file in what is sealed of a recording. */
export function manifestPrefix(manifest: RecordingManifest): Buffer {
  const json = Buffer.from(JSON.stringify(Manifest2.parse(manifest)));
  const prefix = Buffer.alloc(LENGTH_BYTES + json.length);
  prefix.writeUInt32BE(json.length);
  json.copy(prefix, LENGTH_BYTES);
  return prefix;
}

/**
 * The manifest and the file in an opened envelope. As with every envelope, that the file is whole is known at its end. Throws
 * what `opened` throws, and `envelope.newer` where the content is not of this form.
 */
export async function readRecordingContent(
  opened: AsyncIterable<Uint8Array>,
): Promise<{ manifest: RecordingManifest; file: AsyncIterable<Uint8Array> }> {
  const reader = new PortionReader(opened);
  const length = await reader.upTo(LENGTH_BYTES);
  const isUsable = length.length === LENGTH_BYTES && length.readUInt32BE() <= LONGEST_MANIFEST;
  if (!isUsable) throw new OfficeError('envelope.newer');
  const json = await reader.upTo(length.readUInt32BE());
  try {
    return { manifest: RecordingManifest.parse(JSON.parse(json.toString('utf8'))), file: reader.rest() };
  } catch (error) {
    await reader.close();
    throw new OfficeError('envelope.newer', { cause: error });
  }
}
