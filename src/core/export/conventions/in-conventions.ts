import type { TranscriptDocument } from '../../../contract/document.ts';
import { type Conventions, USUAL_CONVENTIONS } from '../../../contract/export-style.ts';
import { cleanedWords } from './clean-wording.ts';
import { withOverlapBrackets } from './overlaps.ts';
import { withPauses } from './pauses.ts';
import { type QuestionLabels, speakerLabels } from './speaker-labels.ts';
import { type SpokenSegment, spokenWords } from './spoken-segments.ts';

/** What of the conventions applies: all, or only wording and labels, in formats that show times by themselves. */
export type ConventionScope = 'all' | 'wordsAndLabels';

/** Whether conventions need the times of words. */
export function needWordTimes({ pausesFromMs, overlaps }: Conventions): boolean {
  return pausesFromMs !== null || overlaps;
}

/**
 * A document as it is written by conventions: its segments have other texts and labels, and it says so (`writing`). Segments of
 * which nothing is left are gone.
 */
export function inConventions(
  document: TranscriptDocument,
  conventions: Conventions,
  scope: ConventionScope,
  labels: QuestionLabels,
): TranscriptDocument {
  const written: Conventions =
    scope === 'all' ? conventions : { ...conventions, pausesFromMs: null, overlaps: false };
  if (isUsual(written)) return document;
  const names = speakerLabels(document.segments, written, labels);
  const { segments: cleaned, leftOut } = withWording(document, written);
  const bracketed = written.overlaps ? withOverlapBrackets(cleaned) : cleaned;
  const { segments, pauses } =
    written.pausesFromMs === null
      ? { segments: bracketed, pauses: [] }
      : withPauses(bracketed, written.pausesFromMs, document.skipped);
  return {
    ...document,
    segments: segments.map(({ segment, words }, at) => ({
      ...segment,
      text: words === cleaned[at]?.words ? segment.text : textOf(words),
      speaker: segment.speaker === null ? null : (names.get(segment.speaker) ?? segment.speaker),
    })),
    // A pause says how long nobody spoke: the note about the silence would say it again.
    skipped: document.skipped.filter(
      (range) =>
        range.reason !== 'noSpeech' ||
        !pauses.some(({ startMs, endMs }) => startMs <= range.startMs && endMs >= range.endMs),
    ),
    writing: {
      conventions: written,
      leftOutWords: written.wording === 'clean' ? leftOut : null,
      ...(written.speakerLabels === 'questionAnswer' && { examination: examined(names, labels) }),
    },
  };
}

/** Who has the label of the one who asks, and who that of the one who answers. */
function examined(names: ReadonlyMap<string, string>, { question, answer }: QuestionLabels) {
  const called = (label: string) =>
    [...names].find(([name, given]) => given === label && name !== label)?.[0];
  return { questioner: called(question) ?? null, witness: called(answer) ?? null };
}

function isUsual(conventions: Conventions): boolean {
  const { questioner: _questioner, witness: _witness, ...chosen } = conventions;
  return Object.entries(chosen).every(
    ([name, value]) => value === USUAL_CONVENTIONS[name as keyof Conventions],
  );
}

function withWording(
  { segments }: TranscriptDocument,
  { wording }: Conventions,
): { segments: SpokenSegment[]; leftOut: number } {
  if (wording === 'verbatim') {
    return { segments: segments.map((segment) => ({ segment, words: spokenWords(segment) })), leftOut: 0 };
  }
  let leftOut = 0;
  const cleaned = segments.flatMap((segment): SpokenSegment[] => {
    const { words, leftOut: here } = cleanedWords(spokenWords(segment), segment.language);
    if (here === 0) return [{ segment, words }];
    leftOut += here;
    if (words.length === 0) return [];
    const timed = cleanedWords(segment.words, segment.language).words;
    return [{ segment: { ...segment, text: textOf(words), words: timed }, words }];
  });
  return { segments: cleaned, leftOut };
}

function textOf(words: readonly { readonly text: string }[]): string {
  return words.map(({ text }) => text).join(' ');
}
