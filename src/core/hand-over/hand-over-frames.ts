import { z } from '../../contract/schema.ts';

/**
 * The content of a hand-over: frames one after the other, each a type (1 byte), its length (4 bytes, big endian) and so many bytes.
 * The first is MANIFEST, the last END; OBJECT is followed by BYTES until its size is reached. Must never change; other
 * frames need another `format` in the manifest.
 */
const FRAME = { manifest: 1, rows: 2, object: 3, bytes: 4, end: 5 } as const;

const FRAME_HEADER_BYTES = 5;

/** No frame is longer: a text of many hours as one edit has tens of megabytes. */
const LONGEST_FRAME = 512 * 1024 * 1024;

/** What is handed over, in UTF-8 JSON. */
export const Manifest = z.object({
  format: z.literal(1),
  /** Of this hand-over: a second time is noticed. */
  id: z.uuid(),
  madeAtMs: z.number().int(),
  matter: z.object({ id: z.uuid(), name: z.string() }),
  recordings: z.array(z.object({ id: z.uuid(), name: z.string() })),
});
export type Manifest = z.infer<typeof Manifest>;

/** An object of the sender's vault: its sound follows. */
export const CarriedObject = z.object({
  id: z.uuid(),
  recordingId: z.uuid(),
  kind: z.enum(['original', 'part']),
  version: z.number().int().nonnegative().max(0xffff_ffff),
  sizeBytes: z.number().int().nonnegative(),
});
export type CarriedObject = z.infer<typeof CarriedObject>;

/** Rows of one table: `rows` is JSON, an array of objects by column. */
const RowsFrame = z.object({ table: z.string(), rows: z.string() });

/** How much there is in a hand-over. */
const Counts = z.object({ rows: z.number().int(), objects: z.number().int() });
export type Counts = z.infer<typeof Counts>;

/** What a hand-over holds, in its order. */
export type HandOverItem =
  | { readonly type: 'manifest'; readonly manifest: Manifest }
  | { readonly type: 'rows'; readonly table: string; readonly rows: string }
  | { readonly type: 'object'; readonly object: CarriedObject }
  | { readonly type: 'bytes'; readonly bytes: Buffer }
  | { readonly type: 'end'; readonly counts: Counts };

/** The frame of an item. */
export function frameOf(item: HandOverItem): Buffer {
  const content = contentOf(item);
  const frame = Buffer.alloc(FRAME_HEADER_BYTES + content.length);
  frame.writeUInt8(FRAME[item.type], 0);
  frame.writeUInt32BE(content.length, 1);
  content.copy(frame, FRAME_HEADER_BYTES);
  return frame;
}

function contentOf(item: HandOverItem): Buffer {
  switch (item.type) {
    case 'manifest':
      return Buffer.from(JSON.stringify(item.manifest));
    case 'rows':
      return Buffer.from(JSON.stringify({ table: item.table, rows: item.rows }));
    case 'object':
      return Buffer.from(JSON.stringify(item.object));
    case 'bytes':
      return item.bytes;
    case 'end':
      return Buffer.from(JSON.stringify(item.counts));
  }
}

/**
 * The items of a hand-over, from its bytes in any portions. Throws a `MalformedHandOver` unless they are in their order and whole; what is
 * wrong may be found at the end only.
 */
export async function* itemsOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<HandOverItem> {
  let missing = 0;
  const counts = { rows: 0, objects: 0 };
  let place: 'start' | 'within' | 'end' = 'start';
  for await (const item of frames(bytes)) {
    const isInOrder =
      place === 'start' ? item.type === 'manifest' : place === 'within' && item.type !== 'manifest';
    const isBytes = item.type === 'bytes';
    if (!isInOrder || isBytes !== missing > 0) throw new MalformedHandOver();
    place = item.type === 'end' ? 'end' : 'within';
    if (item.type === 'rows') counts.rows += 1;
    if (item.type === 'object') {
      counts.objects += 1;
      missing = item.object.sizeBytes;
    }
    if (isBytes) {
      if (item.bytes.length === 0 || item.bytes.length > missing) throw new MalformedHandOver();
      missing -= item.bytes.length;
    }
    const isRight =
      item.type !== 'end' || (item.counts.rows === counts.rows && item.counts.objects === counts.objects);
    if (!isRight) throw new MalformedHandOver();
    yield item;
  }
  if (place !== 'end') throw new MalformedHandOver();
}

/** The content of a hand-over is not what one holds. */
export class MalformedHandOver extends Error {}

async function* frames(bytes: AsyncIterable<Buffer>): AsyncGenerator<HandOverItem> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let wanted = FRAME_HEADER_BYTES;
  for await (const portion of bytes) {
    held.push(portion);
    heldBytes += portion.length;
    while (heldBytes >= wanted) {
      const all = Buffer.concat(held);
      const length = all.readUInt32BE(1);
      if (length > LONGEST_FRAME) throw new MalformedHandOver();
      wanted = FRAME_HEADER_BYTES + length;
      const isWhole = all.length >= wanted;
      const rest = isWhole ? all.subarray(wanted) : all;
      if (isWhole) yield itemIn(all.readUInt8(0), all.subarray(FRAME_HEADER_BYTES, wanted));
      held = rest.length > 0 ? [rest] : [];
      heldBytes = rest.length;
      if (!isWhole) break;
      wanted = FRAME_HEADER_BYTES;
    }
  }
  if (heldBytes > 0) throw new MalformedHandOver();
}

function itemIn(type: number, content: Buffer): HandOverItem {
  if (type === FRAME.bytes) return { type: 'bytes', bytes: content };
  try {
    const json: unknown = JSON.parse(content.toString('utf8'));
    if (type === FRAME.manifest) return { type: 'manifest', manifest: Manifest.parse(json) };
    if (type === FRAME.rows) return { type: 'rows', ...RowsFrame.parse(json) };
    if (type === FRAME.object) return { type: 'object', object: CarriedObject.parse(json) };
    if (type === FRAME.end) return { type: 'end', counts: Counts.parse(json) };
  } catch (error) {
    throw new MalformedHandOver('', { cause: error });
  }
  throw new MalformedHandOver();
}
