import type { Locale } from '../contract/locale.ts';
import { AssumedReading } from '../contract/recording.ts';
import { showable } from '../contract/untrusted-text.ts';
import { readingTexts } from './shared-texts.ts';

/** Display name of a coding; an unknown name is returned as it is. */
export function codingName(coding: string, locale: Locale): string {
  const known = AssumedReading.shape.coding.safeParse(coding);
  return known.success ? readingTexts(locale)(`codings.${known.data}`) : coding;
}

/**
 * Describes how a recording was read without a header, on what basis, and what to do if that was wrong: two or three
 * sentences that follow the file's name and a colon.
 */
export function assumedReadingText(assumed: AssumedReading, locale: Locale): string {
  const texts = readingTexts(locale);
  const how = {
    coding: texts(`codings.${assumed.coding}`),
    kilohertz: assumed.sampleRate / 1000,
    by: assumed.by === null ? '' : showable(assumed.by),
  };
  if (assumed.because === 'ending') return texts('ending', how);
  const channels = texts('channels', { count: assumed.channels });
  return assumed.by === null
    ? texts('lostIndex', { ...how, channels })
    : texts('lostIndex_like', { ...how, channels });
}
