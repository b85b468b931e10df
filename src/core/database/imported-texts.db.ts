import { v7 as newId } from 'uuid';
import type { Span } from '../../contract/audio.ts';
import type { JobOptions } from '../../contract/job.ts';
import type { LanguageRange, Segment } from '../../contract/transcript.ts';
import type { Connection } from './connection.db.ts';
import { insertJob } from './jobs/job-writer.db.ts';
import type { Segments } from './transcripts/segments.db.ts';
import type { Versions } from './transcripts/versions.db.ts';
import { insertWindow } from './windows/windows.db.ts';

/** The text of a recording as another VoiceSync's machine wrote it, with what that knew of the sound. */
export interface ImportedText {
  readonly recordingId: string;
  /** The job that wrote it, there as here: a UUID. Its text is added once. */
  readonly jobId: string;
  readonly options: JobOptions;
  /** For the recording as a whole; null if none was. */
  readonly detectedLanguage: { readonly language: string; readonly probability: number } | null;
  /** Where speech was heard. */
  readonly speech: readonly Span[];
  readonly notUnderstood: readonly Span[];
  readonly otherLanguages: readonly LanguageRange[];
  /** In order, each with its channel. */
  readonly segments: readonly { readonly channel: number; readonly segment: Segment }[];
  readonly atMs: number;
}

/** Adds texts that were written elsewhere: each is the machine version of a job that is done. */
export class ImportedTexts {
  readonly #connection: Connection;
  readonly #versions: Versions;
  readonly #segments: Segments;

  constructor(connection: Connection, versions: Versions, segments: Segments) {
    this.#connection = connection;
    this.#versions = versions;
    this.#segments = segments;
  }

  /** Whether a job's text was added. */
  has(jobId: string): boolean {
    return this.#connection.one('SELECT id FROM jobs WHERE id = @jobId', { jobId }) !== null;
  }

  /** Adds a text, from then on the recording's current one; all of it or nothing. Returns false if it is there already. */
  add(text: ImportedText): boolean {
    return this.#connection.transaction(() => {
      const { recordingId, jobId, atMs } = text;
      if (this.has(jobId)) return false;
      insertJob(this.#connection, {
        ...{ id: jobId, recordingId, options: text.options, delivery: null, state: 'done' },
        detectedLanguage: text.detectedLanguage?.language ?? null,
        languageProbability: text.detectedLanguage?.probability ?? null,
        ...{ createdAtMs: atMs, startedAtMs: atMs, finishedAtMs: atMs },
      });
      this.#addWindows(text);
      const version = this.#versions.create({
        ...{ id: newId(), recordingId, jobId, kind: 'machine', parentId: null, createdAtMs: atMs },
      });
      const place = { versionId: version.id, windowIndex: 0 };
      for (const { channel, segment } of text.segments)
        this.#segments.addOfWindow({ ...place, channel, segments: [segment] });
      this.#versions.finish({ versionId: version.id, completedAtMs: atMs });
      return true;
    });
  }

  /** Windows tell where speech was heard, and in which language: one for all, and one for each range in another language. */
  #addWindows({ jobId, speech, notUnderstood, otherLanguages, atMs }: ImportedText): void {
    const add = (windowIndex: number, spans: readonly Span[], language: LanguageRange | null) =>
      insertWindow(this.#connection, {
        ...{ jobId, channel: 0, windowIndex, failures: 0, completedAtMs: atMs, inferenceMs: null },
        plan: { language: null, pieces: spans.map(pieceOf) },
        findings: {
          language: language && { language: language.language, probability: language.probability },
          notUnderstood: language === null ? notUnderstood : [],
        },
      });
    add(0, speech, null);
    for (const [index, range] of otherLanguages.entries()) {
      // A window without a language between two keeps them apart.
      add(2 * index + 1, [range], range);
      add(2 * index + 2, [], null);
    }
  }
}

function pieceOf({ startMs, endMs }: Span) {
  const durationMs = endMs - startMs;
  return { windowStartMs: 0, recordingStartMs: startMs, durationMs, speech: [{ startMs, endMs }] };
}
