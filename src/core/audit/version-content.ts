import { createHash } from 'node:crypto';
import type { Segment } from '../../contract/transcript.ts';

/** A version's identity and segments, as its hash covers them. */
export interface VersionContent {
  readonly versionId: string;
  readonly recordingId: string;
  readonly kind: string;
  readonly number: number;
  /** In the transcript's order. */
  readonly segments: Iterable<{ channel: number; segment: Segment }>;
}

/**
 * SHA-256 in hex over a version: one line of JSON for its identity, then one for each segment, every line an array of
 * the fields in this order. The format may never change.
 */
export function versionContentHash(version: VersionContent): string {
  const hash = createHash('sha256');
  const line = (fields: unknown[]) => hash.update(`${JSON.stringify(fields)}\n`);
  line(['voicesync version 1', version.versionId, version.recordingId, version.kind, version.number]);
  for (const { channel, segment } of version.segments) {
    const words = segment.words.map((word) => [word.startMs, word.endMs, word.text, word.confidence]);
    line([
      channel,
      segment.startMs,
      segment.endMs,
      segment.text,
      segment.speaker,
      segment.language,
      segment.confidence,
      segment.flags,
      words,
    ]);
  }
  return hash.digest('hex');
}
