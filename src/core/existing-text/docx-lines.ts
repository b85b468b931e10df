import { unzipSync } from 'fflate';

/** The part of a Word document that holds its text. */
const BODY = 'word/document.xml';
/** The longest text that is unpacked: a small file can claim to hold a large one. */
const LARGEST_BODY_BYTES = 128 * 1024 * 1024;

/**
 * The paragraphs of a Word document (ECMA-376), as lines; null if a file is none. Deleted text, field codes and notes are
 * left out; rows of a table are lines, whose cells are divided by blanks.
 */
export function linesOfDocx(bytes: Uint8Array): string[] | null {
  let body: Uint8Array | undefined;
  try {
    body = unzipSync(bytes, {
      filter: ({ name, originalSize }) => name === BODY && originalSize <= LARGEST_BODY_BYTES,
    })[BODY];
  } catch {
    return null;
  }
  if (body === undefined) return null;
  const xml = new TextDecoder().decode(body);
  const kept = xml.replace(/<w:(del|moveFrom)\b[^>]*>.*?<\/w:\1>/gsu, '');
  return kept.split(/<\/w:p>|<w:br\b[^>]*\/>|<w:cr\/>/u).map(textOfRuns);
}

function textOfRuns(xml: string): string {
  const pieces = xml.match(/<w:t(?:\s[^>]*)?>[^<]*<\/w:t>|<w:tab\/>|<w:noBreakHyphen\/>/gu) ?? [];
  return pieces
    .map((piece) => {
      if (piece === '<w:tab/>') return ' ';
      if (piece === '<w:noBreakHyphen/>') return '-';
      return unescaped(piece.replace(/^<w:t[^>]*>|<\/w:t>$/gu, ''));
    })
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function unescaped(text: string): string {
  return text.replace(
    /&(?:#x([\da-f]+)|#(\d+)|(\w+));/giu,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10_ffff ? String.fromCodePoint(code) : '';
    },
  );
}
