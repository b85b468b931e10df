import { LanguageChoice } from '../../contract/job.ts';
import { z } from '../../contract/schema.ts';
import { PublicKey } from '../contract/office-keys-api.ts';
import { jsonPrefix } from './json-prefix.ts';

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

/** Bytes before the file in what is sealed of a recording. */
export function manifestPrefix(manifest: RecordingManifest): Uint8Array<ArrayBuffer> {
  return jsonPrefix(Manifest2.parse(manifest));
}
