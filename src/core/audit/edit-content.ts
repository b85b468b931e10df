import { createHash } from 'node:crypto';

/** What the hash of an edited version's edits covers. */
export interface EditContent {
  readonly versionId: string;
  readonly recordingId: string;
  /** What the edits are based on. */
  readonly machineVersionId: string | null;
  /** Rows of its log in order, of the segments it replaces, and of its own segments: the stored columns. */
  readonly rows: Iterable<readonly (string | number | null)[]>;
}

/**
 * SHA-256 in hex over the edits of a version and their result: one line of JSON for its identity, then one for each
 * row. The format may never change.
 */
export function editContentHash({ versionId, recordingId, machineVersionId, rows }: EditContent): string {
  const hash = createHash('sha256');
  const line = (fields: readonly unknown[]) => hash.update(`${JSON.stringify(fields)}\n`);
  line(['voicesync edits 1', versionId, recordingId, machineVersionId]);
  for (const row of rows) line(row);
  return hash.digest('hex');
}
