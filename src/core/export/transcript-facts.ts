import { clockTime, preciseClockTime, shortClockTime } from '../../contract/clock-times.ts';
import type { SoundGain, TranscriptDocument, TranscriptSource } from '../../contract/document.ts';
import { goesOnToEnd } from '../../contract/language-ranges.ts';
import type { LanguageRange, SkippedRange } from '../../contract/transcript.ts';
import type { ExportTexts } from './export-texts.ts';
import type { Fact, FactGroup } from './fact-groups.ts';
import { readableText } from './readable-text.ts';
import { editGroup, matterGroup, writingFacts } from './style-facts.ts';

/** The provenance of a transcript, in reading order. */
export function provenanceOf(document: TranscriptDocument, texts: ExportTexts): FactGroup[] {
  const { recording, options, model, version } = document;
  const { t } = texts;
  const length = clockTime(recording.durationMs);
  return [
    ...sourceGroups(recording, texts),
    {
      heading: t('groups.model'),
      facts: [
        { label: t('facts.name'), value: readableText(model.name) },
        { label: t('facts.sha256'), value: model.sha256, isHash: true },
      ],
    },
    {
      heading: t('groups.transcript'),
      facts: [
        {
          label: t('facts.version'),
          value: `${version.number}, ${t(`versionKinds.${versionKind(document)}`)}`,
        },
        { label: t('facts.made'), value: dateAndTime(version.createdAtMs, texts) },
        {
          label: t('facts.covers'),
          value: document.complete
            ? texts.t('wholeRecording')
            : t('part', { transcribed: clockTime(document.transcribedMs), whole: length }),
        },
        ...existingTextFacts(document, texts),
        ...offsetFacts(document, texts),
        ...unclearFacts(document, texts),
        { label: t('facts.language'), value: spokenLanguage(document, texts) },
        ...document.otherLanguages.map((range) => ({
          label: t('facts.otherLanguages'),
          value: otherLanguageNote(document, range, texts),
        })),
        {
          label: t('facts.task'),
          value: options.translate ? texts.t('translateTask') : texts.t('transcribeTask'),
        },
        { label: t('facts.speakers'), value: speakerFact(options, texts) },
        {
          label: t('facts.silence'),
          value: options.keepSilence ? texts.t('silenceKept') : texts.t('silenceSkipped'),
        },
        { label: t('facts.vocabulary'), value: readableText(options.prompt) || texts.t('noVocabulary') },
        ...writingFacts(document, texts),
        { label: t('facts.program'), value: readableText(document.producer) },
        { label: t('facts.review'), value: reviewState(document, texts) },
      ],
    },
    ...matterGroup(document, texts),
    ...(document.live.length === 0 ? [] : [liveFacts(document, texts)]),
    ...(document.reruns.length === 0 ? [] : [retranscriptionFacts(document, texts)]),
    ...editGroup(document, texts),
  ];
}

function speakerFact(
  { speakers, speakerCount }: Pick<TranscriptDocument['options'], 'speakers' | 'speakerCount'>,
  { t }: ExportTexts,
): string {
  const how = t(`speakerChoices.${speakers}`);
  if (speakerCount === null) return how;
  const number = speakerCount.speakers;
  return t(speakerCount.isLimit ? 'speakersAtMost' : 'speakersGiven', { how, number });
}

/** The ranges whose text was made while they were recorded, and with which model. */
function liveFacts({ live }: TranscriptDocument, { t }: ExportTexts): FactGroup {
  return {
    heading: t('groups.live'),
    facts: live.flatMap(({ startMs, endMs, model }): Fact[] => [
      {
        label: t('passage', { from: clockTime(startMs), to: clockTime(endMs) }),
        value: readableText(model.name),
      },
      { label: t('facts.sha256'), value: model.sha256, isHash: true },
    ]),
  };
}

/** The retranscribed ranges: with which model, in which language, and when. */
function retranscriptionFacts({ reruns }: TranscriptDocument, texts: ExportTexts): FactGroup {
  const { t } = texts;
  return {
    heading: t('groups.retranscribed'),
    facts: reruns.flatMap((rerun): Fact[] => {
      const { startMs, endMs, model, translate, keepSilence, versionNumber, createdAtMs } = rerun;
      const told = [
        readableText(model.name),
        languageOf(rerun, texts) ?? texts.t('mixedLanguages'),
        ...(translate ? [texts.t('translateTask')] : []),
        ...(keepSilence ? [texts.t('silenceKept')] : []),
      ].join(', ');
      return [
        {
          label: t('passage', { from: clockTime(startMs), to: clockTime(endMs) }),
          value: t('passageText', {
            facts: told,
            date: dateAndTime(createdAtMs, texts),
            version: versionNumber,
          }),
        },
        { label: t('facts.sha256'), value: model.sha256, isHash: true },
      ];
    }),
  };
}

/** The source recording; one that was joined of several files, and then each of them. */
function sourceGroups(recording: TranscriptDocument['recording'], texts: ExportTexts): FactGroup[] {
  const { t } = texts;
  const [only, ...others] = recording.sources;
  const joined = [
    { label: t('facts.name'), value: readableText(recording.name) },
    { label: t('facts.length'), value: clockTime(recording.durationMs) },
    { label: t('facts.level'), value: levelText(recording.gain, texts) },
  ];
  if (only !== undefined && others.length === 0) {
    return [{ heading: t('groups.source'), facts: [...joined, ...fileFacts(only, texts)] }];
  }
  const count = recording.sources.length;
  return [
    {
      heading: t('groups.source'),
      facts: [...joined, { label: t('facts.files'), value: t('joined', { count }) }],
    },
    ...recording.sources.map((source, index) => ({
      heading: t('file', { number: index + 1, total: count }),
      facts: [
        { label: t('facts.name'), value: readableText(source.name) },
        { label: t('facts.begins'), value: clockTime(source.startMs) },
        { label: t('facts.length'), value: clockTime(source.durationMs) },
        ...fileFacts(source, texts),
      ],
    })),
  ];
}

/** The changes to the level of a recording before it was transcribed. */
export function levelText({ leastDb, greatestDb }: SoundGain, { t }: ExportTexts): string {
  if (leastDb === 0 && greatestDb === 0) return t('level.kept');
  if (leastDb === greatestDb) {
    return leastDb > 0 ? t('level.raised', { most: leastDb }) : t('level.lowered', { most: -leastDb });
  }
  if (leastDb >= 0) return t('level.raisedBetween', { least: leastDb, most: greatestDb });
  if (greatestDb <= 0) return t('level.loweredBetween', { least: -greatestDb, most: -leastDb });
  return t('level.both', { lowered: -leastDb, raised: greatestDb });
}

function fileFacts({ sizeBytes, modifiedAtMs, sha256 }: TranscriptSource, texts: ExportTexts): Fact[] {
  const { t } = texts;
  return [
    ...(sizeBytes === null
      ? []
      : [
          {
            label: t('facts.size'),
            value: t('bytes', { size: new Intl.NumberFormat(texts.formats).format(sizeBytes) }),
          },
        ]),
    ...(modifiedAtMs === null ? [] : [{ label: t('facts.dated'), value: dateAndTime(modifiedAtMs, texts) }]),
    sha256 === null
      ? { label: t('facts.sha256'), value: texts.t('noHash') }
      : { label: t('facts.sha256'), value: sha256, isHash: true },
  ];
}

/** Whether there is speech in a range without a text. */
export function isUnclear({ reason }: SkippedRange): boolean {
  return reason === 'notUnderstood';
}

function versionKind({
  version,
  existingText,
}: TranscriptDocument): 'machine' | 'edited' | 'corrected' | 'brought' {
  if (version.editedBy === 'rules') return 'corrected';
  return version.kind === 'machine' && existingText != null ? 'brought' : version.kind;
}

/** The file that the text was taken from, and how many of its words were heard. */
function existingTextFacts({ existingText }: TranscriptDocument, texts: ExportTexts): Fact[] {
  if (existingText == null) return [];
  const { name, sha256, words, foundWords } = existingText;
  const percent = new Intl.NumberFormat(texts.formats, { style: 'percent' }).format(foundWords / words);
  return [
    {
      label: texts.t('facts.existingText'),
      value: texts.t('existingText', { name: readableText(name), percent }),
    },
    { label: texts.t('facts.sha256'), value: sha256, isHash: true },
  ];
}

/** The duration not understood; null for nothing. */
export function notUnderstoodNote({ skipped }: TranscriptDocument, texts: ExportTexts): string | null {
  const unclear = skipped.filter(isUnclear);
  if (unclear.length === 0) return null;
  const totalMs = unclear.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  return texts.t('notUnderstoodCount', { count: unclear.length, length: lengthInWords(totalMs) });
}

/** The offset of the times; none if they are those of the recording. */
function offsetFacts({ timeOffsetMs = 0 }: TranscriptDocument, texts: ExportTexts): Fact[] {
  if (timeOffsetMs === 0) return [];
  const by = Math.abs(timeOffsetMs);
  const time = by % 1000 === 0 ? clockTime(by) : preciseClockTime(by, '.');
  return [
    {
      label: texts.t('facts.times'),
      value: texts.t('timesMoved', { by: `${timeOffsetMs < 0 ? '−' : '+'}${time}` }),
    },
  ];
}

function unclearFacts(document: TranscriptDocument, texts: ExportTexts): Fact[] {
  const value = notUnderstoodNote(document, texts);
  return value === null ? [] : [{ label: texts.t('facts.notUnderstood'), value }];
}

/** The probable language of a range, and its start. */
export function otherLanguageNote(
  { complete, recording, transcribedMs, timeOffsetMs = 0 }: TranscriptDocument,
  range: LanguageRange,
  texts: ExportTexts,
): string {
  const { startMs, endMs, language, probability } = range;
  const name = languageNameWithin(language, texts);
  const percent = new Intl.NumberFormat(texts.formats, { style: 'percent' }).format(probability);
  const from = shortClockTime(startMs);
  return goesOnToEnd(range, (complete ? recording.durationMs : transcribedMs) + timeOffsetMs)
    ? texts.t('fromOnProbably', { from, language: name, percent })
    : texts.t('betweenProbably', { from, to: shortClockTime(endMs), language: name, percent });
}

/** Who checked the text and after how much listening, and whether it was changed since; null if nobody did. */
export function checkedNote({ checked }: TranscriptDocument, texts: ExportTexts): string | null {
  if (checked === undefined) return null;
  const { by, atMs, listenedPercent, changedSince } = checked;
  const percent = new Intl.NumberFormat(texts.formats, { style: 'percent' }).format(listenedPercent / 100);
  const facts = { name: readableText(by), date: writtenDate(atMs, texts), percent };
  return texts.t(changedSince ? 'checkedButChanged' : 'checkedBy', facts);
}

/** The review state of the text. */
export function reviewState(document: TranscriptDocument, texts: ExportTexts): string {
  const checked = checkedNote(document, texts);
  if (checked !== null) return checked;
  if (document.version.editedBy === 'rules') return texts.t('correctedDraft');
  if (document.version.kind === 'edited') return texts.t('editedDraft');
  return texts.t(document.existingText == null ? 'machineDraft' : 'broughtDraft');
}

/** The spoken language, as a label, and how it was determined. */
export function spokenLanguage(document: TranscriptDocument, texts: ExportTexts): string {
  const { detectedLanguage, options } = document;
  const known = languageOf({ detectedLanguage, language: options.language }, texts);
  if (known !== null) return known;
  const heard = [...new Set(document.segments.map(({ language }) => languageName(language, texts)))];
  const list = new Intl.ListFormat(texts.formats, { type: 'conjunction' }).format(heard);
  return heard.length > 1 ? texts.t('mixed', { languages: list }) : list || '–';
}

/** The one language that was detected or chosen; null for mixed ones. */
function languageOf(
  { detectedLanguage, language }: Pick<TranscriptDocument['reruns'][number], 'detectedLanguage' | 'language'>,
  texts: ExportTexts,
): string | null {
  if (detectedLanguage !== null) {
    const percent = new Intl.NumberFormat(texts.formats, { style: 'percent' });
    return texts.t('detected', {
      language: languageName(detectedLanguage.language, texts),
      percent: percent.format(detectedLanguage.probability),
    });
  }
  return language.length <= 3 ? languageName(language, texts) : null;
}

/** The date of a point in time, in this machine's time zone, written out. */
export function writtenDate(ms: number, texts: ExportTexts): string {
  return new Intl.DateTimeFormat(texts.formats, { dateStyle: 'long' }).format(ms);
}

function dateAndTime(ms: number, texts: ExportTexts): string {
  const format = new Intl.DateTimeFormat(texts.formats, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'longOffset',
  });
  return format.format(ms).replace('GMT', 'UTC');
}

function languageName(code: string, texts: ExportTexts): string {
  const name = languageNameWithin(code, texts);
  return name.charAt(0).toLocaleUpperCase(texts.formats) + name.slice(1);
}

/** The name as it is written within a sentence. */
function languageNameWithin(code: string, texts: ExportTexts): string {
  return new Intl.DisplayNames([texts.formats], { type: 'language', fallback: 'code' }).of(code) ?? code;
}

/** A length in words, to the second. */
function lengthInWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** The spelling language of most of the text, approximated by that of its first segment. */
export function mainLanguage({ segments }: Pick<TranscriptDocument, 'segments'>): string {
  return spellingLanguage(segments[0]?.language ?? 'en');
}

/** The language tag for a word processor's spell checker, e.g. `es-ES` for Whisper's `es`. */
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
