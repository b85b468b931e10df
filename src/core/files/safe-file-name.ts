const LONGEST_NAME_BYTES = 255;
// Room for the longest extension and for a number in case the name is taken.
const RESERVED_BYTES = Buffer.byteLength(' (9999).docx');
const LONGEST_LABEL_BYTES = 80;
// Limits of file systems that accept less: eCryptfs 143 bytes, the others are guesses towards a name that any accepts.
const SHORTER_NAME_BYTES = [143, 100, 64, 40];
const LABEL = / \([^()]*\)$/u;
const FALLBACK = 'transcript';

const SEPARATORS_AND_FORBIDDEN = /[/\\:*?"<>|]+/gu;
// Controls, marks that reorder or hide text, private and unassigned use. The joiners stay: emoji and Persian need them.
const INVISIBLE = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}]/gu;
// Windows reserves these with any extension, also with spaces before it.
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=\s*(\.|$))/iu;

/**
 * A file name without extension, made of the name of a recording, that is harmless in any folder of any system: no
 * separators, no control or reordering characters, no device name, no leading or trailing dot or space, never empty,
 * and short enough that extension and number keep it within 255 bytes of UTF-8.
 */
export function safeBaseName(name: string): string {
  const visible = name.replace(/\s/gu, ' ').replace(INVISIBLE, '').replace(/ {2,}/g, ' ').normalize('NFC');
  const plain = trimmed(visible.replace(SEPARATORS_AND_FORBIDDEN, '-'));
  const harmless = plain.replace(DEVICE, '$1_');
  const short = trimmed(cutToBytes(harmless, LONGEST_NAME_BYTES - RESERVED_BYTES));
  return short === '' ? FALLBACK : short;
}

/**
 * A safe base name with a suffix that distinguishes it: a label, made safe and truncated if it is long, and a number,
 * `REC0001 (day1, 2)`. A long name is truncated before them.
 */
export function labelledBaseName(baseName: string, label: string, number: number | null = null): string {
  const words = label === '' ? [] : [trimmed(cutToBytes(safeBaseName(label), LONGEST_LABEL_BYTES))];
  const suffix = ` (${[...words, ...(number === null ? [] : [number])].join(', ')})`;
  const room = LONGEST_NAME_BYTES - RESERVED_BYTES - Buffer.byteLength(suffix);
  return `${trimmed(cutToBytes(baseName, room))}${suffix}`;
}

/**
 * A shorter base name for a file system that accepts less than 255 bytes, with room for number and extension; null if it
 * is so short already that its length cannot be the reason. A label at its end stays.
 */
export function shorterBaseName(baseName: string, extension: string): string | null {
  const reserved = Buffer.byteLength(` (9999).${extension}`);
  const limit = SHORTER_NAME_BYTES.find((bytes) => Buffer.byteLength(baseName) > bytes - reserved);
  if (limit === undefined) return null;
  const label = LABEL.exec(baseName)?.[0] ?? '';
  const room = limit - reserved - Buffer.byteLength(label);
  const short =
    room > 0
      ? `${trimmed(cutToBytes(baseName.slice(0, baseName.length - label.length), room))}${label}`
      : trimmed(cutToBytes(baseName, limit - reserved));
  return short === '' ? FALLBACK : short;
}

/** The base name in ASCII alone, for a file system that refuses other characters; accents are removed. */
export function asciiBaseName(baseName: string): string {
  const label = LABEL.exec(baseName)?.[0] ?? '';
  const [stem, suffix] = [baseName.slice(0, baseName.length - label.length), label].map((part) =>
    part
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(/[^\x20-\x7e]+/g, '-'),
  ) as [string, string];
  return safeBaseName(`${/[0-9a-z]/i.test(stem) ? stem : FALLBACK}${suffix}`);
}

/**
 * The common key of file names that some file system treats as one: letters that differ in case alone, and the encodings of
 * an accented letter.
 */
export function foldedName(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

// Leading dots would hide the file or traverse to a parent; Windows drops trailing dots and spaces by itself.
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
