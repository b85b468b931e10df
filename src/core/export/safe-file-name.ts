const LONGEST_NAME_BYTES = 255;
// Room for the longest extension and for a number in case the name is taken.
const RESERVED_BYTES = Buffer.byteLength(' (9999).docx');
const FALLBACK = 'transcript';

const SEPARATORS_AND_FORBIDDEN = /[/\\:*?"<>|]+/gu;
// Controls, marks that reorder or hide text, private and unassigned use. The joiners stay: emoji and Persian need them.
const INVISIBLE = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}]/gu;
// Windows reserves these whatever the extension, also with blanks before it.
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=\s*(\.|$))/iu;

/**
 * A file name without extension, made of the name of a recording, that is harmless in any folder of any system: no
 * separators, no control or reordering characters, no device name, no leading or trailing dot or blank, never empty,
 * and short enough that extension and number keep it within 255 bytes of UTF-8.
 */
export function safeBaseName(name: string): string {
  const visible = name.replace(/\s/gu, ' ').replace(INVISIBLE, '').replace(/ {2,}/g, ' ').normalize('NFC');
  const plain = trimmed(visible.replace(SEPARATORS_AND_FORBIDDEN, '-'));
  const harmless = plain.replace(DEVICE, '$1_');
  const short = trimmed(cutToBytes(harmless, LONGEST_NAME_BYTES - RESERVED_BYTES));
  return short === '' ? FALLBACK : short;
}

// Leading dots would hide the file or climb the tree; Windows drops trailing dots and blanks by itself.
function trimmed(name: string): string {
  return name.replace(/^[.\s]+|[.\s]+$/gu, '');
}

function cutToBytes(text: string, limit: number): string {
  if (Buffer.byteLength(text) <= limit) return text;
  let bytes = 0;
  let cut = '';
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > limit) break;
    cut += segment;
  }
  return cut;
}
