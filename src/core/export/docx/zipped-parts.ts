import { Zip, ZipDeflate } from 'fflate';

// The earliest date a zip can hold: the same content results in the same bytes at any time.
const ZIP_DATE = new Date(1980, 0, 1);
const CHUNK_CHARACTERS = 64 * 1024;

/** A file of an archive: its path, and its bytes or its text in pieces. */
export type ZippedPart = readonly [name: string, content: Uint8Array | Iterable<string>];

/** An archive of these parts, in their order. Text is compressed while it is made; the same parts result in the same bytes. */
export function zippedParts(parts: Iterable<ZippedPart>): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    chunks.push(chunk);
  });
  for (const [name, content] of parts) {
    const part = new ZipDeflate(name, { level: 6 });
    part.mtime = ZIP_DATE;
    zip.add(part);
    if (content instanceof Uint8Array) part.push(content, true);
    else addText(part, content);
  }
  zip.end();
  return chunks;
}

function addText(part: ZipDeflate, pieces: Iterable<string>): void {
  const encoder = new TextEncoder();
  let pending = '';
  for (const piece of pieces) {
    pending += piece;
    if (pending.length < CHUNK_CHARACTERS) continue;
    part.push(encoder.encode(pending));
    pending = '';
  }
  part.push(encoder.encode(pending), true);
}
