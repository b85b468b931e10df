import type { ReadableDatabase } from '../database/database.ts';
import { eachSegment } from '../database/segment-pages.ts';
import { SaidHash } from '../database/sign-off/checked-text.ts';

/** The `SaidHash` of a version's text. */
export async function saidHashOf(
  database: Pick<ReadableDatabase, 'segments'>,
  versionId: string,
): Promise<string> {
  const hash = new SaidHash();
  for await (const { segment } of eachSegment(database, versionId)) hash.add(segment);
  return hash.digest();
}
