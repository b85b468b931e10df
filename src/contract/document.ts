import { Conventions, ExportStyle } from './export-style.ts';
import { FormatOptions } from './format-options.ts';
import { JobOptions, LanguageChoice } from './job.ts';
import { Provenance } from './provenance.ts';
import { AssumedReading } from './recording.ts';
import { z } from './schema.ts';
import { LanguageRange, Segment, SkippedRange } from './transcript.ts';

/**
 * Gain applied to the parts of a recording's working copy, least and greatest, in whole dB; negative if they were
 * attenuated.
 */
export const SoundGain = z.object({ leastDb: z.number().int(), greatestDb: z.number().int() });
export type SoundGain = z.infer<typeof SoundGain>;

const time = z.number().int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** One source file of a recording: the only one, or one of those joined. */
export const TranscriptSource = z.object({
  /** The file's name, without its folder. */
  name: z.string(),
  /** In hex; null if the file vanished before it was read to its end. */
  sha256: sha256.nullable(),
  /** Null in a pseudonymised copy, as is the next. */
  sizeBytes: z.number().int().nonnegative().nullable(),
  /** Last change, milliseconds since 1970. */
  modifiedAtMs: z.number().int().nullable(),
  /** Its start in the recording. */
  startMs: z.number().int().nonnegative(),
  durationMs: z.number().int().nonnegative(),
  /** It changed or ended before it was read completely. */
  incomplete: z.boolean(),
});
export type TranscriptSource = z.infer<typeof TranscriptSource>;

/**
 * One transcript with its provenance: the input of every export.
 * It is self-contained, so that a worker thread can export it without database or vault.
 */
export const TranscriptDocument = z.object({
  recording: z.object({
    id: z.string(),
    /** The source's file name, without its folder. */
    name: z.string(),
    /**
     * Of the source, in hex; null if it vanished before it was read to its end, and if there are several sources, each
     * with its own.
     */
    sha256: sha256.nullable(),
    /** Of all sources together; null in a pseudonymised copy, as is the time of the last change. */
    sizeBytes: z.number().int().nonnegative().nullable(),
    durationMs: z.number().int().nonnegative(),
    /** Last change of the source, milliseconds since 1970. */
    modifiedAtMs: z.number().int().nullable(),
    /** The source changed or ended before it was read completely. */
    incomplete: z.boolean(),
    /** How the source was read without a header; null if it has one. */
    assumed: AssumedReading.nullable(),
    gain: SoundGain,
    /** In order; more than one if the recording was joined of several files. */
    sources: z.array(TranscriptSource).min(1),
  }),
  /** The matter that the recording belongs to; null for none, missing where it is not known. */
  matter: z.object({ name: z.string(), caseNumber: z.string() }).nullable().optional(),
  options: JobOptions.omit({ model: true }),
  model: z.object({ name: z.string(), sha256: z.string() }),
  /** Version of the transcript: 1 is the first; `machine` is as the engine wrote it. */
  version: z.object({
    number: z.number().int().positive(),
    kind: z.enum(['machine', 'edited']),
    /** Who has changed an edited one: a person, or automatic corrections alone. Missing: a person, where it is edited. */
    editedBy: z.enum(['person', 'rules']).optional(),
    createdAtMs: z.number().int(),
  }),
  /** The file whose text was aligned to the recording; missing where the machine wrote the text. */
  existingText: z
    .object({
      name: z.string(),
      sha256,
      words: z.number().int().nonnegative(),
      foundWords: z.number().int().nonnegative(),
    })
    .nullable()
    .optional(),
  /** False if the transcription was interrupted: the text ends at `transcribedMs`. */
  complete: z.boolean(),
  transcribedMs: z.number().int().nonnegative(),
  /** Offset added to every time of the text, if the recording is part of something longer; 0 if missing. */
  timeOffsetMs: z.number().int().optional(),
  /** The language detected for the whole recording; null if it was set or mixed. */
  detectedLanguage: z.object({ language: z.string(), probability: z.number() }).nullable(),
  /**
   * Ranges whose text was made live, while it was recorded, in order: all of the recording if no final transcript was
   * made, else what that did not cover.
   */
  live: z.array(
    z.object({
      startMs: z.number().int().nonnegative(),
      endMs: z.number().int().nonnegative(),
      model: z.object({ name: z.string(), sha256: z.string() }),
    }),
  ),
  /** Ranges that were retranscribed, in that order; the fields above describe the rest. */
  reruns: z.array(
    z.object({
      startMs: z.number().int().nonnegative(),
      endMs: z.number().int().nonnegative(),
      model: z.object({ name: z.string(), sha256: z.string() }),
      language: LanguageChoice,
      translate: z.boolean(),
      keepSilence: z.boolean(),
      detectedLanguage: z.object({ language: z.string(), probability: z.number() }).nullable(),
      /** The version that it produced, and when. */
      versionNumber: z.number().int().positive(),
      createdAtMs: z.number().int(),
    }),
  ),
  /** Longer ranges without speech, and those that could not be decoded, in order. */
  skipped: z.array(SkippedRange),
  /** Ranges that are probably in another language than their text, in order. */
  otherLanguages: z.array(LanguageRange),
  segments: z.array(Segment),
  /**
   * Who talks when, as the voices told: turns of numbered speakers, in order of their starts. Their names are those that
   * the segments carry. Empty if the speakers were not told apart by their voices.
   */
  turns: z.array(
    z.object({
      startMs: z.number().int().nonnegative(),
      endMs: z.number().int().nonnegative(),
      speaker: z.number().int().nonnegative(),
      certainty: z.number().min(0).max(1),
    }),
  ),
  /** Marks that the user set, in order; the label may be empty. */
  markers: z.array(z.object({ atMs: z.number().int().nonnegative(), label: z.string() })),
  /** Name and version of the program that made this. */
  producer: z.string(),
  /** Who checked the text, if somebody did; missing in a pseudonymised copy. */
  checked: z
    .object({
      by: z.string(),
      /** Milliseconds since 1970. */
      atMs: z.number().int(),
      /** How much of the recording was listened to, in whole per cent. */
      listenedPercent: z.number().int().min(0).max(100),
      /** Whether this text says something else than the one that was checked. */
      changedSince: z.boolean(),
    })
    .optional(),
  /** It is a pseudonymised copy: labels stand for names, and nothing tells of the source. */
  pseudonymised: z.literal(true).optional(),
  /** By which conventions the text was written, and how many words a clean version lacks; missing for a text as it is stored. */
  writing: z
    .object({
      conventions: Conventions,
      leftOutWords: z.number().int().nonnegative().nullable(),
      /** Who is Q and who is A, by name; missing with other labels, null for nobody. */
      examination: z.object({ questioner: z.string().nullable(), witness: z.string().nullable() }).optional(),
    })
    .optional(),
  /** Every edit in effect, in order, if it was asked for. */
  edits: z
    .array(z.object({ atMs: z.number().int(), startMs: time, before: z.string(), after: z.string() }))
    .optional(),
  /** How a run made its files, so that a later run recognises them; missing in manual exports. */
  making: Provenance.optional(),
});
export type TranscriptDocument = z.infer<typeof TranscriptDocument>;

/** The export formats, in the order in which they are offered: the most wanted first. */
export const ExportFormat = z.enum([
  'txt',
  'docx',
  'pdf',
  'srt',
  'vtt',
  'json',
  'md',
  'html',
  'csv',
  'otr',
  'rttm',
  'eaf',
  'textgrid',
  'exb',
  'qda',
  'nvivo',
]);
export type ExportFormat = z.infer<typeof ExportFormat>;

/**
 * What an export includes besides the words. What a reader must know (that a transcript is incomplete or unreviewed) is
 * always included; JSON and CSV, made for programs, always hold everything, and RTTM nothing but who speaks when.
 */
export const ExportContent = z.object({
  /** The time of each paragraph, and the user's markers, in documents; subtitles and oTranscribe always have theirs. */
  times: z.boolean(),
  /** Speakers' names. */
  speakers: z.boolean(),
  /** Marks on passages of low confidence, repetition loops, and overlapping speech. */
  marks: z.boolean(),
  /** How the transcript was made, and the hashes of recording and model: a page at the end of a document. */
  provenance: z.boolean(),
});
export type ExportContent = z.infer<typeof ExportContent>;

/** A part that an export can include or leave out. */
export type ContentPart = keyof ExportContent;

/** What a format is, wherever that makes a difference. */
export interface FormatTraits {
  /** Parts that it asks about; the others it always has, or never. */
  readonly parts: readonly ContentPart[];
  /** How its preview shows it: as a page, as a page without title and facts, or as the file's own text. */
  readonly preview: 'page' | 'barePage' | 'text';
  /** Where it is offered: at once, or on request among more formats or those for research. */
  readonly group: 'usual' | 'more' | 'research';
  /** The ending of its files; the format's own name without it. */
  readonly extension?: string;
  /** What of the conventions it follows: all, or wording and labels alone; without it, none. */
  readonly conventions?: 'all' | 'wordsAndLabels';
  /** Whether it can be made by a court's pages, or by a Word template. */
  readonly templates?: readonly ('court' | 'word')[];
  /** Players look for it beside a video, by name. */
  readonly subtitles?: true;
  /** Made of the words' times, not only of the segments'. */
  readonly usesWords?: true;
}

const DOCUMENT_PARTS = ['times', 'speakers', 'marks', 'provenance'] as const;

const SUBTITLES = {
  group: 'usual',
  parts: ['speakers'],
  subtitles: true,
  usesWords: true,
  conventions: 'wordsAndLabels',
} as const;

const TIERS = { group: 'research', parts: [], usesWords: true, conventions: 'wordsAndLabels' } as const;

/** The traits of every format. */
export const FORMAT_TRAITS: Readonly<Record<ExportFormat, FormatTraits>> = {
  txt: {
    group: 'usual',
    parts: ['times', 'speakers', 'marks'],
    preview: 'text',
    conventions: 'all',
    templates: ['court'],
  },
  docx: {
    group: 'usual',
    parts: DOCUMENT_PARTS,
    preview: 'page',
    conventions: 'all',
    templates: ['court', 'word'],
  },
  pdf: {
    group: 'usual',
    parts: DOCUMENT_PARTS,
    preview: 'page',
    conventions: 'all',
    templates: ['court'],
  },
  srt: { ...SUBTITLES, preview: 'text' },
  vtt: { ...SUBTITLES, preview: 'text' },
  json: { group: 'usual', parts: [], preview: 'text', usesWords: true },
  md: { group: 'more', parts: DOCUMENT_PARTS, preview: 'text', conventions: 'all' },
  html: { group: 'more', parts: DOCUMENT_PARTS, preview: 'page', conventions: 'all' },
  csv: { group: 'more', parts: [], preview: 'text' },
  otr: { group: 'more', parts: ['speakers', 'marks'], preview: 'barePage', conventions: 'all' },
  rttm: { group: 'research', parts: [], preview: 'text', usesWords: true },
  eaf: { ...TIERS, preview: 'text' },
  textgrid: { ...TIERS, preview: 'text', extension: 'TextGrid' },
  exb: { ...TIERS, preview: 'text' },
  qda: {
    group: 'research',
    parts: ['speakers'],
    preview: 'barePage',
    conventions: 'all',
    extension: 'qda.docx',
  },
  nvivo: {
    group: 'research',
    parts: ['speakers'],
    preview: 'text',
    conventions: 'all',
    extension: 'nvivo.txt',
  },
};

/** The ending of a format's files, without the dot. */
export function extensionOf(format: ExportFormat): string {
  return FORMAT_TRAITS[format].extension ?? format;
}

/** Everything that an export can include. */
export const FULL_CONTENT: ExportContent = { times: true, speakers: true, marks: true, provenance: true };

/** Where and how exports of a job are written. Stored with the job, so that a resumed job still delivers. */
export const Delivery = z.object({
  /** Absolute folder. */
  folder: z.string(),
  formats: z.array(ExportFormat).min(1),
  /** Write times into plain text; `content` decides for the other formats. */
  timestamps: z.boolean(),
  overwrite: z.boolean(),
  /** Added to every written time, for a recording that is part of something longer; 0 if missing. */
  timeOffsetMs: z.number().int().optional(),
  /** The files' name without extension, if recordings of equal names are written together; else the recording's. */
  baseName: z.string().optional(),
  /** Jobs that are older than this field hold everything. */
  content: ExportContent.default(FULL_CONTENT),
  /** Options of single formats; jobs older than this field have none, and use the defaults. */
  formatOptions: FormatOptions.optional(),
  /** How it is written; missing for the usual style. */
  style: ExportStyle.optional(),
});
export type Delivery = z.infer<typeof Delivery>;
