import { FormatOptions } from './format-options.ts';
import { JobOptions, LanguageChoice } from './job.ts';
import { Provenance } from './provenance.ts';
import { AssumedReading } from './recording.ts';
import { z } from './schema.ts';
import { LanguageRange, Segment, SkippedRange } from './transcript.ts';

/**
 * By how much the parts of a recording's working copy were raised, from the least to the greatest, in whole dB; below zero
 * where they were lowered.
 */
export const SoundGain = z.object({ leastDb: z.number().int(), greatestDb: z.number().int() });
export type SoundGain = z.infer<typeof SoundGain>;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** One source file of a recording: the only one, or one of those that it was joined of. */
export const TranscriptSource = z.object({
  /** The file's name, without its folder. */
  name: z.string(),
  /** In hex; null where it vanished before it was read to its end. */
  sha256: sha256.nullable(),
  sizeBytes: z.number().int().nonnegative(),
  /** When it was last changed, milliseconds since 1970. */
  modifiedAtMs: z.number().int(),
  /** Where it begins in the recording. */
  startMs: z.number().int().nonnegative(),
  durationMs: z.number().int().nonnegative(),
  /** It changed or broke off before it was read to its end. */
  incomplete: z.boolean(),
});
export type TranscriptSource = z.infer<typeof TranscriptSource>;

/**
 * One transcript with everything that tells where it came from: what the exports are made of.
 * It is complete in itself, so that a worker thread can make a document of it without database or vault.
 */
export const TranscriptDocument = z.object({
  recording: z.object({
    id: z.string(),
    /** The source's file name, without its folder. */
    name: z.string(),
    /**
     * Of the source, in hex; null where it vanished before it was read to its end, and where there are several sources,
     * each with its own.
     */
    sha256: sha256.nullable(),
    /** Of all sources together. */
    sizeBytes: z.number().int().nonnegative(),
    durationMs: z.number().int().nonnegative(),
    /** When the source was last changed, milliseconds since 1970. */
    modifiedAtMs: z.number().int(),
    /** The source changed or broke off before it was read to its end. */
    incomplete: z.boolean(),
    /** How the source was read where nothing in it told; null where its header did. */
    assumed: AssumedReading.nullable(),
    gain: SoundGain,
    /** In order; more than one where the recording was joined of several files. */
    sources: z.array(TranscriptSource).min(1),
  }),
  options: JobOptions.omit({ model: true }),
  model: z.object({ name: z.string(), sha256: z.string() }),
  /** Which version of the transcript this is: 1 is the first; `machine` is as the engine wrote it. */
  version: z.object({
    number: z.number().int().positive(),
    kind: z.enum(['machine', 'edited']),
    createdAtMs: z.number().int(),
  }),
  /** False where the transcription was interrupted: the text ends at `transcribedMs`. */
  complete: z.boolean(),
  transcribedMs: z.number().int().nonnegative(),
  /** By how much every time of the text was moved, where the recording is part of something longer; 0 where it is missing. */
  timeOffsetMs: z.number().int().optional(),
  /** The language that was detected for the whole recording, or null where it was given or mixed. */
  detectedLanguage: z.object({ language: z.string(), probability: z.number() }).nullable(),
  /** Ranges that were transcribed again afterwards, in that order; what the facts above say is about the rest. */
  reruns: z.array(
    z.object({
      startMs: z.number().int().nonnegative(),
      endMs: z.number().int().nonnegative(),
      model: z.object({ name: z.string(), sha256: z.string() }),
      language: LanguageChoice,
      translate: z.boolean(),
      keepSilence: z.boolean(),
      detectedLanguage: z.object({ language: z.string(), probability: z.number() }).nullable(),
      /** The version that came of it, and when. */
      versionNumber: z.number().int().positive(),
      createdAtMs: z.number().int(),
    }),
  ),
  /** Ranges of some length in which no speech was found, and those that were not understood, in order. */
  skipped: z.array(SkippedRange),
  /** Ranges that are probably in another language than their text, in order. */
  otherLanguages: z.array(LanguageRange),
  segments: z.array(Segment),
  /** Name and version of the program that made this. */
  producer: z.string(),
  /** How a run made its files, for a later run to know them again; not of what is exported by hand. */
  making: Provenance.optional(),
});
export type TranscriptDocument = z.infer<typeof TranscriptDocument>;

/** The export formats, in the order in which they are offered: those that most people want come first. */
export const ExportFormat = z.enum(['txt', 'docx', 'pdf', 'srt', 'vtt', 'json', 'md', 'html', 'csv', 'otr']);
export type ExportFormat = z.infer<typeof ExportFormat>;

/**
 * What an export tells besides the words. What a reader must know (that a transcript is incomplete, that nobody has
 * reviewed it) is always told; JSON and CSV, made for programs, always hold everything.
 */
export const ExportContent = z.object({
  /** The time of each paragraph, in documents; subtitles and oTranscribe are nothing without theirs. */
  times: z.boolean(),
  /** Who speaks. */
  speakers: z.boolean(),
  /** Marks on passages that the machine was unsure of, where it repeated itself, or where two people speak at once. */
  marks: z.boolean(),
  /** How the transcript was made, and the hashes of recording and model: a page at the end of a document. */
  provenance: z.boolean(),
});
export type ExportContent = z.infer<typeof ExportContent>;

/** Everything that an export can tell. */
export const FULL_CONTENT: ExportContent = { times: true, speakers: true, marks: true, provenance: true };

/** Where and how exports of a job are written. Stored with the job, so that a resumed one still delivers. */
export const Delivery = z.object({
  /** Absolute folder. */
  folder: z.string(),
  formats: z.array(ExportFormat).min(1),
  /** Put times into plain text; the other formats go by `content`. */
  timestamps: z.boolean(),
  overwrite: z.boolean(),
  /** Added to every time that is written, for a recording that is part of something longer; 0 where it is missing. */
  timeOffsetMs: z.number().int().optional(),
  /** The files' name without extension, where several recordings of one name are written together; else the recording's. */
  baseName: z.string().optional(),
  /** Jobs that are older than this field hold everything. */
  content: ExportContent.default(FULL_CONTENT),
  /** What only single formats ask about; jobs that are older than this field have none, and get the usual ones. */
  formatOptions: FormatOptions.optional(),
});
export type Delivery = z.infer<typeof Delivery>;
