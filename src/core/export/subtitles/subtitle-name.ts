import { lstat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type ExportFormat, FORMAT_TRAITS, type TranscriptDocument } from '../../../contract/document.ts';

// Two of Whisper's codes are not in ISO 639.
const TAGS: ReadonlyMap<string, string> = new Map([['jw', 'jv']]);

/** Whether players search files of this format beside a video. */
export function isSubtitle(format: ExportFormat): boolean {
  return FORMAT_TRAITS[format].subtitles === true;
}

/**
 * Names without extension for the subtitles of a video of this base name, best first. Players (VLC, mpv, Kodi, Plex,
 * Jellyfin) pair `interview.mp4` with `interview.srt`, and with `interview.en.srt`: so if the first is taken, or the text
 * is a translation, the name gets the language's tag, if it is known, and only then a number.
 */
export function subtitleNames(
  document: Pick<TranscriptDocument, 'detectedLanguage' | 'options' | 'segments'>,
): (baseName: string, number: number) => string {
  const tag = languageTag(document);
  const tags = [...(document.options.translate ? [] : [null]), ...(tag === null ? [] : [tag])];
  return (baseName, number) => {
    const numbered = number - tags.length + 1;
    const parts = number > tags.length ? [baseName, numbered, tag] : [baseName, tags[number - 1]];
    return parts.filter((part) => part != null).join('.');
  };
}

/**
 * The name of a recording's source in a folder, if it is there: files written beside it may have its name, whatever
 * the recording is called. Null elsewhere, and for a recording that was joined of several files.
 */
export async function sourceNameIn(
  { recording }: Pick<TranscriptDocument, 'recording'>,
  folder: string,
): Promise<string | null> {
  const [source, ...others] = recording.sources;
  if (source === undefined || others.length > 0 || basename(source.name) !== source.name) return null;
  try {
    return (await lstat(join(folder, source.name))).isDirectory() ? null : source.name;
  } catch {
    return null;
  }
}

/** The language of the text by ISO 639: that of most of it; null if it has none. */
function languageTag({
  detectedLanguage,
  options,
  segments,
}: Pick<TranscriptDocument, 'detectedLanguage' | 'options' | 'segments'>): string | null {
  if (options.translate) return 'en';
  const counts = new Map<string, number>();
  for (const { language, text } of segments) counts.set(language, (counts.get(language) ?? 0) + text.length);
  const [most] = [...counts].toSorted(([, one], [, other]) => other - one);
  const given = options.language.length <= 3 ? options.language : null;
  const language = most?.[0] ?? detectedLanguage?.language ?? given;
  return language === null || !/^[a-z]{2,3}$/.test(language) ? null : (TAGS.get(language) ?? language);
}
