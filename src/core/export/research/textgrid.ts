import type { TranscriptDocument } from '../../../contract/document.ts';
import { exportTexts } from '../export-texts.ts';
import type { RenderOptions } from '../render-options.ts';
import { speakerTiers, type TierInterval, timelineEndMs } from './speaker-tiers.ts';

/**
 * The transcript for Praat, as a TextGrid in its long form: an interval tier for each speaker and one for that speaker's words. The
 * intervals of a tier fill all of the time, with empty ones between; times are in seconds. UTF-8. Source of the format: "TextGrid
 * file formats" in Praat's manual.
 */
export function* textGridOf(document: TranscriptDocument, options: RenderOptions): Generator<string> {
  const texts = exportTexts(options.language);
  const speakers = speakerTiers(document, texts);
  const endMs = timelineEndMs(document, speakers);
  const tiers = speakers.flatMap(({ name, segments }) => {
    const words = segments.flatMap((segment) => segment.words);
    const spoken = { name, intervals: segments };
    return words.length === 0
      ? [spoken]
      : [spoken, { name: `${name} ${texts.documents('wordsTier')}`, intervals: words }];
  });
  yield 'File type = "ooTextFile"\nObject class = "TextGrid"\n\n';
  yield `xmin = 0\nxmax = ${seconds(endMs)}\ntiers? <exists>\nsize = ${tiers.length}\nitem []:\n`;
  for (const [at, { name, intervals }] of tiers.entries()) {
    const filled = withGaps(intervals, endMs);
    yield `    item [${at + 1}]:\n        class = "IntervalTier"\n        name = ${quoted(name)}\n`;
    yield `        xmin = 0\n        xmax = ${seconds(endMs)}\n        intervals: size = ${filled.length}\n`;
    for (const [number, interval] of filled.entries()) {
      yield `        intervals [${number + 1}]:\n            xmin = ${seconds(interval.startMs)}\n`;
      yield `            xmax = ${seconds(interval.endMs)}\n            text = ${quoted(interval.text)}\n`;
    }
  }
}

/** Intervals with empty ones in all time between them. */
function withGaps(intervals: readonly TierInterval[], endMs: number): TierInterval[] {
  const filled: TierInterval[] = [];
  let atMs = 0;
  for (const { startMs, endMs: until, text } of intervals) {
    if (startMs > atMs) filled.push({ startMs: atMs, endMs: startMs, text: '' });
    filled.push({ startMs, endMs: until, text });
    atMs = until;
  }
  if (atMs < endMs) filled.push({ startMs: atMs, endMs, text: '' });
  return filled;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function seconds(ms: number): string {
  return String(ms / 1000);
}
