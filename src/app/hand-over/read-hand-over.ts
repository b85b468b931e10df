import { basename } from 'node:path';
import { AppError, isAppError } from '../../contract/errors.ts';
import { CARRIED_ROWS, carriedRows, type Row } from '../../core/database/hand-over/carried-rows.ts';
import { openHandOver } from '../../core/hand-over/hand-over-file.ts';
import {
  type Counts,
  type HandOverItem,
  itemsOf,
  MalformedHandOver,
  type Manifest,
} from '../../core/hand-over/hand-over-frames.ts';
import type { ObjectReader } from '../../core/vault/object-reader.ts';

/** A file that is open until the end of the block. */
export async function opened(file: string, passphrase: string): Promise<ObjectReader & AsyncDisposable> {
  const reader = await openHandOver(file, passphrase);
  return Object.assign(reader, { [Symbol.asyncDispose]: () => reader.close() });
}

/** Takes the items of a file, from its beginning. Throws `handOver.damaged`, and what `take` throws. */
export async function eachItem(
  reader: ObjectReader,
  file: string,
  take: (item: HandOverItem) => Promise<void>,
): Promise<void> {
  try {
    for await (const item of itemsOf(reader.stream())) await take(item);
  } catch (error) {
    const isDamaged = isAppError(error, 'object.damaged') || error instanceof MalformedHandOver;
    throw isDamaged ? new AppError('handOver.damaged', { file: basename(file) }, { cause: error }) : error;
  }
}

/**
 * Reads a whole hand-over and checks that its rows are such as a vault writes, of the matter and the recordings that its manifest tells of.
 * Throws `handOver.newer` for tables and columns that this release does not know, `handOver.damaged`, and the signal's reason.
 */
export async function lookThrough(
  reader: ObjectReader,
  file: string,
  signal?: AbortSignal,
): Promise<{ manifest: Manifest; counts: Counts }> {
  let manifest: Manifest | null = null;
  let counts: Counts | null = null;
  const found = { matters: [] as string[], recordings: [] as string[] };
  await eachItem(reader, file, async (item) => {
    signal?.throwIfAborted();
    if (item.type === 'manifest') manifest = item.manifest;
    if (item.type === 'end') counts = item.counts;
    if (item.type !== 'rows') return;
    const rows = rowsIn(item, file);
    if (item.table === 'matters' || item.table === 'recordings')
      found[item.table].push(...rows.map(({ id }) => String(id)));
  });
  if (manifest === null || counts === null || !isOf(manifest, found))
    throw new AppError('handOver.damaged', { file: basename(file) });
  return { manifest, counts };
}

/** Rows that this release knows. */
function rowsIn({ table, rows }: Extract<HandOverItem, { type: 'rows' }>, file: string): Row[] {
  const known = Object.hasOwn(CARRIED_ROWS, table) ? CARRIED_ROWS[table] : undefined;
  const columns = columnsIn(rows);
  if (known === undefined || columns.some((column) => !Object.hasOwn(known.shape, column)))
    throw new AppError('handOver.newer', { file: basename(file) });
  try {
    return carriedRows(table, rows);
  } catch (cause) {
    throw new MalformedHandOver('', { cause });
  }
}

function isOf(
  manifest: Manifest,
  { matters, recordings }: { matters: string[]; recordings: string[] },
): boolean {
  const told = manifest.recordings.map(({ id }) => id).toSorted();
  const isSame = recordings.toSorted().join() === told.join();
  return isSame && matters.length === 1 && matters[0] === manifest.matter.id;
}

/** The columns of rows. Throws a MalformedHandOver if they are none. */
function columnsIn(rows: string): string[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(rows);
  } catch (cause) {
    throw new MalformedHandOver('', { cause });
  }
  const isRow = (row: unknown): row is object => typeof row === 'object' && row !== null;
  if (!Array.isArray(parsed) || !parsed.every(isRow)) throw new MalformedHandOver();
  return [...new Set(parsed.flatMap((row) => Object.keys(row)))];
}
