import type { Span } from '../../contract/audio.ts';
import type { TranscriptDocument } from '../../contract/document.ts';
import { mergedSpans } from '../../contract/listened.ts';
import type { Pseudonym } from '../../contract/pseudonyms.ts';
import type { Segment, Word } from '../../contract/transcript.ts';
import { withoutEnding } from '../media/sources/recording-endings.ts';
import { KeyMatcher } from './key-matcher.ts';

/** A label that the program gave: it names nobody. */
const MACHINE_SPEAKER = /^(?:Speaker|Hablante) \d+$/;

/** Texts of a copy that are not of the recording. */
export interface CopyTexts {
  /** The name of the copy, in the place of the recording's. */
  readonly name: string;
  /** Label of a speaker who has a name that the key does not know, by a number from 1 on. */
  readonly speaker: (number: number) => string;
}

/**
 * A copy of a transcript in which the labels of a key stand for what they name: in texts, words, speakers and markers. It
 * is made anew, field by field: what tells of the source (names, hashes, sizes, dates), the vocabulary, who checked it and
 * how its files were made are not in it, and what will be added to documents is not by itself. A speaker with a name that
 * is neither in the key nor among `plain` gets a label, too.
 */
export function pseudonymisedDocument(
  document: TranscriptDocument,
  key: readonly Pseudonym[],
  plain: readonly string[],
  texts: CopyTexts,
): TranscriptDocument {
  const matcher = new KeyMatcher(key);
  const speakerOf = speakerLabels(document, matcher, new Set(plain), texts);
  const { recording, options, model, version } = document;
  return {
    recording: {
      id: recording.id,
      name: texts.name,
      sha256: null,
      sizeBytes: null,
      durationMs: recording.durationMs,
      modifiedAtMs: null,
      incomplete: recording.incomplete,
      assumed: null,
      gain: recording.gain,
      sources: [
        {
          ...{ name: texts.name, sha256: null, sizeBytes: null, modifiedAtMs: null, startMs: 0 },
          ...{ durationMs: recording.durationMs, incomplete: recording.incomplete },
        },
      ],
    },
    options: { ...options, prompt: '' },
    model,
    version,
    complete: document.complete,
    transcribedMs: document.transcribedMs,
    ...(document.timeOffsetMs !== undefined && { timeOffsetMs: document.timeOffsetMs }),
    detectedLanguage: document.detectedLanguage,
    live: document.live,
    reruns: document.reruns,
    skipped: document.skipped,
    otherLanguages: document.otherLanguages,
    segments: replacedSegments(document.segments, matcher).map((segment) => ({
      ...segment,
      speaker: speakerOf(segment.speaker),
    })),
    turns: document.turns,
    markers: document.markers.map(({ atMs, label }) => ({ atMs, label: matcher.replace(label) })),
    producer: document.producer,
    pseudonymised: true,
  };
}

/**
 * What else a text beside the transcript may tell of, as lines of a key that have one label: the matter and its case number, the
 * recording's name, and speakers with names of their own.
 */
export function furtherNames(
  { recording, matter, segments }: TranscriptDocument,
  plain: readonly string[],
  label: string,
): Pseudonym[] {
  const speakers = segments.flatMap(({ speaker }) => speaker ?? []);
  const named = [
    ...new Set([matter?.name ?? '', matter?.caseNumber ?? '', withoutEnding(recording.name), ...speakers]),
  ];
  return named
    .filter((name) => name.trim() !== '' && !MACHINE_SPEAKER.test(name) && !plain.includes(name))
    .map((name) => ({ id: `further ${name}`, kind: 'other', label, forms: [name] }));
}

/** Where the words that the key names are said, with a margin, in order and without overlaps. */
export function spokenPlaces(
  segments: readonly Segment[],
  key: readonly Pseudonym[],
  marginMs: number,
): Span[] {
  const places: Span[] = [];
  const matcher = new KeyMatcher(key);
  for (const { at } of streams(segments)) {
    const words = at.flatMap((index) => (segments[index] as Segment).words);
    const { text, starts } = joined(words.map((word) => word.text));
    for (const { from, to } of matcher.find(text)) {
      const said = words.filter((word, place) => {
        const start = starts[place] as number;
        return start < to && start + word.text.length > from;
      });
      const [first, last] = [said[0], said.at(-1)];
      if (first === undefined || last === undefined) continue;
      places.push({ startMs: Math.max(0, first.startMs - marginMs), endMs: last.endMs + marginMs });
    }
  }
  return mergedSpans(places);
}

/** The segments of each speaker as one stream: a name may begin in one segment and end in the next. */
function streams(segments: readonly Segment[]): { readonly at: number[] }[] {
  const bySpeaker = new Map<string | null, number[]>();
  for (const [index, { speaker }] of segments.entries()) {
    const known = bySpeaker.get(speaker);
    if (known === undefined) bySpeaker.set(speaker, [index]);
    else known.push(index);
  }
  return [...bySpeaker.values()].map((at) => ({ at }));
}

function joined(texts: readonly string[]): { text: string; starts: number[] } {
  const starts: number[] = [];
  let at = 0;
  for (const text of texts) {
    starts.push(at);
    at += text.length + 1;
  }
  return { text: texts.join(' '), starts };
}

function replacedSegments(segments: readonly Segment[], matcher: KeyMatcher): Segment[] {
  const made = segments.map((segment) => ({ ...segment }));
  for (const { at } of streams(segments)) {
    const own = at.map((index) => segments[index] as Segment);
    const texts = replacedAcross(
      own.map(({ text }) => text),
      matcher,
    );
    for (const [place, index] of at.entries()) {
      const segment = made[index] as Segment;
      segment.text = (texts[place] ?? '').trim();
    }
    const words = replacedWords(own, matcher);
    for (const [place, index] of at.entries()) (made[index] as Segment).words = words[place] ?? [];
  }
  return made.filter(({ text }) => text !== '');
}

/** Texts that follow one another, replaced together: a label stands where its words begin. */
function replacedAcross(texts: readonly string[], matcher: KeyMatcher): string[] {
  const { text, starts } = joined(texts);
  const matches = matcher.find(text);
  return texts.map((one, place) => {
    const start = starts[place] as number;
    const end = start + one.length;
    let made = '';
    let at = start;
    for (const { from, to, label } of matches) {
      if (to <= start || from >= end) continue;
      if (from >= start) made += text.slice(at, from) + label;
      at = Math.min(end, to);
    }
    return made + text.slice(at, end);
  });
}

function replacedWords(segments: readonly Segment[], matcher: KeyMatcher): Word[][] {
  const words = segments.flatMap((segment) => segment.words);
  const texts = replacedAcross(
    words.map(({ text }) => text),
    matcher,
  );
  let at = 0;
  return segments
    .map((segment) =>
      segment.words.flatMap((word): Word[] => {
        const text = (texts[at] ?? '').trim();
        at += 1;
        return text === '' ? [] : [{ ...word, text }];
      }),
    )
    .map(withoutBareMarks);
}

/** Marks that stay behind a label of several words belong to the word before them. */
function withoutBareMarks(words: readonly Word[]): Word[] {
  const made: Word[] = [];
  for (const word of words) {
    const before = made.at(-1);
    if (before === undefined || /[\p{L}\p{N}]/u.test(word.text)) made.push(word);
    else made[made.length - 1] = { ...before, endMs: word.endMs, text: before.text + word.text };
  }
  return made;
}

function speakerLabels(
  { segments }: TranscriptDocument,
  matcher: KeyMatcher,
  plain: ReadonlySet<string>,
  texts: CopyTexts,
): (speaker: string | null) => string | null {
  const labels = new Map<string, string>();
  const taken = new Set(segments.map(({ speaker }) => speaker));
  let number = 0;
  for (const { speaker } of segments) {
    if (speaker === null || labels.has(speaker)) continue;
    const [known] = matcher.find(speaker);
    if (known !== undefined || MACHINE_SPEAKER.test(speaker) || plain.has(speaker)) {
      // The whole of it: what else is in a speaker's name belongs to the same person.
      labels.set(speaker, known?.label ?? speaker);
      continue;
    }
    do number += 1;
    while (taken.has(texts.speaker(number)));
    labels.set(speaker, texts.speaker(number));
  }
  return (speaker) => (speaker === null ? null : (labels.get(speaker) ?? null));
}
