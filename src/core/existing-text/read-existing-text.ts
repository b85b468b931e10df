import { createHash } from 'node:crypto';
import { AppError } from '../../contract/errors.ts';
import { ExistingText, LARGEST_TEXT_BYTES, type TextPassage } from '../../contract/existing-text.ts';
import { z } from '../../contract/schema.ts';
import { normalText } from '../text-alignment/split-words.ts';
import { linesOfDocx } from './docx-lines.ts';
import { passagesOfLines } from './passages.ts';
import { cuesOfSubtitles } from './subtitle-file.ts';

/** What is read of a transcript that this app has exported as JSON. */
const ExportedTranscript = z.object({
  segments: z.array(
    z.object({
      startMs: z.number().int().nonnegative(),
      endMs: z.number().int().nonnegative(),
      text: z.string(),
      speaker: z.string().nullable().optional(),
    }),
  ),
});

/**
 * Reads a text that was written outside of the app: plain text, Word, SubRip, WebVTT, or this app's JSON, told apart by what
 * they hold. Throws `text.tooLarge`, `text.unreadable`, and `text.empty` if there is no word in it.
 */
export function readExistingText(name: string, bytes: Uint8Array): ExistingText {
  if (bytes.length > LARGEST_TEXT_BYTES) throw new AppError('text.tooLarge', { name });
  const passages = passagesOf(name, bytes).filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  if (passages.length === 0) throw new AppError('text.empty', { name });
  return ExistingText.parse({ name, sha256: createHash('sha256').update(bytes).digest('hex'), passages });
}

function passagesOf(name: string, bytes: Uint8Array): TextPassage[] {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const lines = linesOfDocx(bytes);
    if (lines === null) throw new AppError('text.unreadable', { name });
    return passagesOfLines(lines);
  }
  const text = decoded(bytes);
  if (text === null) throw new AppError('text.unreadable', { name });
  const exported = exportedTranscript(text);
  if (exported !== null) return exported;
  const cues = cuesOfSubtitles(text);
  return cues.length > 0 ? cues : passagesOfLines(text.split('\n'));
}

/** A text file's text with line feeds: UTF-8, UTF-16 with its mark or, as older programs write, Windows-1252; null for none of them. */
function decoded(bytes: Uint8Array): string | null {
  const read = (encoding: string) => new TextDecoder(encoding, { fatal: true }).decode(bytes);
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (!isUtf16 && bytes.subarray(0, 8192).includes(0)) return null;
  for (const encoding of isUtf16
    ? [bytes[0] === 0xff ? 'utf-16le' : 'utf-16be']
    : ['utf-8', 'windows-1252']) {
    try {
      return read(encoding).replace(/\r\n?/gu, '\n');
    } catch {
      // It is not of this encoding: the next is tried.
    }
  }
  return null;
}

function exportedTranscript(text: string): TextPassage[] | null {
  if (!/^\s*\{/u.test(text)) return null;
  let read: ReturnType<typeof ExportedTranscript.safeParse>;
  try {
    read = ExportedTranscript.safeParse(JSON.parse(text));
  } catch {
    return null;
  }
  if (!read.success) return null;
  return read.data.segments
    .map(({ startMs, endMs, text: words, speaker = null }) => ({
      ...{ startMs, endMs: Math.max(startMs, endMs) },
      speaker: speaker === '' ? null : speaker,
      text: normalText(words),
    }))
    .filter((passage) => passage.text !== '');
}
