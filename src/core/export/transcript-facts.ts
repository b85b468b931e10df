import { clockTime, preciseClockTime, shortClockTime } from '../../contract/clock-times.ts';
import type { SoundGain, TranscriptDocument, TranscriptSource } from '../../contract/document.ts';
import { goesOnToEnd } from '../../contract/language-stretches.ts';
import type { LanguageStretch, SkippedStretch } from '../../contract/transcript.ts';
import type { ExportWords } from './export-words.ts';
import { readableText } from './readable-text.ts';

/** One line of the provenance page. Hashes are set in a fixed-width face. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly isHash?: boolean;
}

/** Facts that belong together under a heading. */
export interface FactGroup {
  readonly heading: string;
  readonly facts: readonly Fact[];
}

/** Everything that tells where a transcript comes from and how it was made, in the order it is read. */
export function provenanceOf(document: TranscriptDocument, words: ExportWords): FactGroup[] {
  const { recording, options, model, version } = document;
  const { facts, groups } = words;
  const length = clockTime(recording.durationMs);
  return [
    ...sourceGroups(recording, words),
    {
      heading: groups.model,
      facts: [
        { label: facts.name, value: readableText(model.name) },
        { label: facts.sha256, value: model.sha256, isHash: true },
      ],
    },
    {
      heading: groups.transcript,
      facts: [
        {
          label: facts.version,
          value: `${version.number}, ${words.versionKinds[version.kind]}`,
        },
        { label: facts.made, value: dateAndTime(version.createdAtMs, words) },
        {
          label: facts.covers,
          value: document.complete
            ? words.wholeRecording
            : words.part(clockTime(document.transcribedMs), length),
        },
        ...offsetFacts(document, words),
        ...unclearFacts(document, words),
        { label: facts.language, value: spokenLanguage(document, words) },
        ...document.otherLanguages.map((stretch) => ({
          label: facts.otherLanguages,
          value: otherLanguageNote(document, stretch, words),
        })),
        { label: facts.task, value: options.translate ? words.translateTask : words.transcribeTask },
        { label: facts.speakers, value: words.speakerChoices[options.speakers] },
        { label: facts.silence, value: options.keepSilence ? words.silenceKept : words.silenceSkipped },
        { label: facts.vocabulary, value: readableText(options.prompt) || words.noVocabulary },
        { label: facts.program, value: readableText(document.producer) },
        { label: facts.review, value: reviewState(document, words) },
      ],
    },
    ...(document.reruns.length === 0 ? [] : [retranscriptionFacts(document, words)]),
  ];
}

/** What was transcribed again, passage by passage: with which model, in which language, and when. */
function retranscriptionFacts({ reruns }: TranscriptDocument, words: ExportWords): FactGroup {
  const { facts } = words;
  return {
    heading: words.groups.reruns,
    facts: reruns.flatMap((rerun): Fact[] => {
      const { startMs, endMs, model, translate, keepSilence, versionNumber, createdAtMs } = rerun;
      const told = [
        readableText(model.name),
        languageOf(rerun, words) ?? words.mixedLanguages,
        ...(translate ? [words.translateTask] : []),
        ...(keepSilence ? [words.silenceKept] : []),
      ].join(', ');
      return [
        {
          label: words.passage(clockTime(startMs), clockTime(endMs)),
          value: words.passageText(told, dateAndTime(createdAtMs, words), versionNumber),
        },
        { label: facts.sha256, value: model.sha256, isHash: true },
      ];
    }),
  };
}

/** The source recording; one that was joined of several files, and then each of them. */
function sourceGroups(recording: TranscriptDocument['recording'], words: ExportWords): FactGroup[] {
  const { facts, groups } = words;
  const [only, ...others] = recording.sources;
  const joined = [
    { label: facts.name, value: readableText(recording.name) },
    { label: facts.length, value: clockTime(recording.durationMs) },
    { label: facts.level, value: levelText(recording.gain, words) },
  ];
  if (only !== undefined && others.length === 0) {
    return [{ heading: groups.source, facts: [...joined, ...fileFacts(only, words)] }];
  }
  const count = recording.sources.length;
  return [
    { heading: groups.source, facts: [...joined, { label: facts.files, value: words.joined(count) }] },
    ...recording.sources.map((source, index) => ({
      heading: words.file(index + 1, count),
      facts: [
        { label: facts.name, value: readableText(source.name) },
        { label: facts.begins, value: clockTime(source.startMs) },
        { label: facts.length, value: clockTime(source.durationMs) },
        ...fileFacts(source, words),
      ],
    })),
  ];
}

/** What was done to the level of a recording before it was transcribed. */
export function levelText({ leastDb, greatestDb }: SoundGain, { level }: ExportWords): string {
  if (leastDb === 0 && greatestDb === 0) return level.kept;
  if (leastDb >= 0) return level.raised(leastDb, greatestDb);
  if (greatestDb <= 0) return level.lowered(-greatestDb, -leastDb);
  return level.both(-leastDb, greatestDb);
}

function fileFacts({ sizeBytes, modifiedAtMs, sha256 }: TranscriptSource, words: ExportWords): Fact[] {
  const { facts } = words;
  return [
    { label: facts.size, value: words.bytes(new Intl.NumberFormat(words.locale).format(sizeBytes)) },
    { label: facts.dated, value: dateAndTime(modifiedAtMs, words) },
    sha256 === null
      ? { label: facts.sha256, value: words.noHash }
      : { label: facts.sha256, value: sha256, isHash: true },
  ];
}

/** Whether somebody speaks in a stretch without a text. */
export function isUnclear({ reason }: SkippedStretch): boolean {
  return reason === 'notUnderstood';
}

/** How much was not understood; null for nothing. */
export function notUnderstoodNote({ skipped }: TranscriptDocument, words: ExportWords): string | null {
  const unclear = skipped.filter(isUnclear);
  if (unclear.length === 0) return null;
  const totalMs = unclear.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  return words.notUnderstoodCount(unclear.length, lengthInWords(totalMs));
}

/** By how much the times were moved; none where they are those of the recording. */
function offsetFacts({ timeOffsetMs = 0 }: TranscriptDocument, words: ExportWords): Fact[] {
  if (timeOffsetMs === 0) return [];
  const by = Math.abs(timeOffsetMs);
  const time = by % 1000 === 0 ? clockTime(by) : preciseClockTime(by, '.');
  return [{ label: words.facts.times, value: words.timesMoved(`${timeOffsetMs < 0 ? '−' : '+'}${time}`) }];
}

function unclearFacts(document: TranscriptDocument, words: ExportWords): Fact[] {
  const value = notUnderstoodNote(document, words);
  return value === null ? [] : [{ label: words.facts.notUnderstood, value }];
}

/** Which language a stretch probably is in, and from where on. */
export function otherLanguageNote(
  { complete, recording, transcribedMs, timeOffsetMs = 0 }: TranscriptDocument,
  stretch: LanguageStretch,
  words: ExportWords,
): string {
  const { startMs, endMs, language, probability } = stretch;
  const name = languageNameWithin(language, words);
  const percent = new Intl.NumberFormat(words.locale, { style: 'percent' }).format(probability);
  const from = shortClockTime(startMs);
  return goesOnToEnd(stretch, (complete ? recording.durationMs : transcribedMs) + timeOffsetMs)
    ? words.fromOnProbably(from, name, percent)
    : words.betweenProbably(from, shortClockTime(endMs), name, percent);
}

/** How far a person stands behind the text. */
export function reviewState(document: TranscriptDocument, words: ExportWords): string {
  return document.version.kind === 'edited' ? words.editedDraft : words.machineDraft;
}

/** The language spoken, in words, and how it is known. */
export function spokenLanguage(document: TranscriptDocument, words: ExportWords): string {
  const { detectedLanguage, options } = document;
  const known = languageOf({ detectedLanguage, language: options.language }, words);
  if (known !== null) return known;
  const heard = [...new Set(document.segments.map(({ language }) => languageName(language, words)))];
  const list = new Intl.ListFormat(words.locale, { type: 'conjunction' }).format(heard);
  return heard.length > 1 ? words.mixed(list) : list || '–';
}

/** The one language that was detected or given; null for mixed ones. */
function languageOf(
  { detectedLanguage, language }: Pick<TranscriptDocument['reruns'][number], 'detectedLanguage' | 'language'>,
  words: ExportWords,
): string | null {
  if (detectedLanguage !== null) {
    const percent = new Intl.NumberFormat(words.locale, { style: 'percent' });
    return words.detected(
      languageName(detectedLanguage.language, words),
      percent.format(detectedLanguage.probability),
    );
  }
  return language.length <= 3 ? languageName(language, words) : null;
}

/** The day of a point in time, in this machine's time zone, written out. */
export function writtenDate(ms: number, words: ExportWords): string {
  return new Intl.DateTimeFormat(words.locale, { dateStyle: 'long' }).format(ms);
}

function dateAndTime(ms: number, words: ExportWords): string {
  const format = new Intl.DateTimeFormat(words.locale, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'longOffset',
  });
  return format.format(ms).replace('GMT', 'UTC');
}

function languageName(code: string, words: ExportWords): string {
  const name = languageNameWithin(code, words);
  return name.charAt(0).toLocaleUpperCase(words.locale) + name.slice(1);
}

/** The name as it stands within a sentence. */
function languageNameWithin(code: string, words: ExportWords): string {
  return new Intl.DisplayNames([words.locale], { type: 'language', fallback: 'code' }).of(code) ?? code;
}

/** A length as it is read aloud, to the second. */
function lengthInWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** The spelling language of most of the text: that of its first segment stands for it. */
export function mainLanguage({ segments }: Pick<TranscriptDocument, 'segments'>): string {
  return spellingLanguage(segments[0]?.language ?? 'en');
}

/** The language tag that a word processor checks spelling by, e.g. `es-ES` for Whisper's `es`. */
export function spellingLanguage(code: string): string {
  try {
    const { language, region } = new Intl.Locale(code).maximize();
    return region === undefined ? language : `${language}-${region}`;
  } catch {
    return code;
  }
}

/** Whether a language is written from right to left. */
export function isRightToLeft(code: string): boolean {
  return RIGHT_TO_LEFT.has(code);
}

// Those of Whisper's languages that are.
const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ps', 'sd', 'ur', 'yi']);
