import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CitedPlace } from '../../contract/citation.ts';
import type { TranscriptDocument } from '../../contract/document.ts';
import { AppError } from '../../contract/errors.ts';
import type { Locale } from '../../contract/locale.ts';
import { unpackSegmentsInPauses } from '../../contract/packed-segments.ts';
import type { ExportChoice } from '../../contract/views.ts';
import type { Database } from '../../core/database/database.ts';
import { citationOf, placeOfLine } from '../../core/export/cite-transcript.ts';
import { needWordTimes } from '../../core/export/conventions/in-conventions.ts';
import type { Citation, CitedExport } from '../../core/export/court/citations.ts';
import { latestVersion, transcriptDocument } from '../../core/transcripts/transcript-document.ts';

/** What citations need of their environment. */
export interface CitationParts {
  readonly database: Database;
  readonly language: () => Locale;
  /** How a recording was last exported. */
  readonly choiceOf: (recordingId: string) => Promise<ExportChoice>;
}

/** A current text, how it was last exported, and the ids of its segments, in order. */
interface CitedText {
  readonly document: TranscriptDocument;
  readonly cited: CitedExport;
  readonly ids: readonly string[];
}

/**
 * Page and line of the current texts, as their last export on a court's pages has them. Every request throws `citation.noTemplate`
 * where the last export had no such pages, and `recording.notFound`, `recording.notTranscribed`.
 */
export class Citations {
  readonly #parts: CitationParts;

  constructor(parts: CitationParts) {
    this.#parts = parts;
  }

  /** What is cited between two places, in their order. Throws `citation.nothing` where the pages have none of it. */
  async cite(recordingId: string, from: CitedPlace, to: CitedPlace): Promise<Citation> {
    const { document, cited, ids } = await this.#text(recordingId);
    const placeOf = ({ segmentId, offset }: CitedPlace) => ({ segment: ids.indexOf(segmentId), offset });
    const citation = await citationOf(document, cited, placeOf(from), placeOf(to));
    if (citation === null) throw new AppError('citation.nothing', {});
    return citation;
  }

  /** Where a numbered line begins. Throws `citation.noLine`. */
  async find(recordingId: string, page: number, line: number): Promise<CitedPlace> {
    const { document, cited, ids } = await this.#text(recordingId);
    const place = await placeOfLine(document, cited, page, line);
    const segmentId = ids[place?.segment ?? -1];
    if (place === null || segmentId === undefined) {
      throw new AppError('citation.noLine', { place: `${page}:${line}` });
    }
    return { segmentId, offset: place.offset };
  }

  async #text(recordingId: string): Promise<CitedText> {
    const { database, language, choiceOf } = this.#parts;
    const recording = await database.recordings.get(recordingId);
    const { content, style } = await choiceOf(recordingId);
    const { template } = style;
    if (template.kind !== 'court') throw new AppError('citation.noTemplate', {});
    const version = await latestVersion(database, recording);
    const outlines = await unpackSegmentsInPauses(
      await database.segments.packed({ versionId: version.id }),
      () => nextTurn(),
    );
    const wordsOf = needWordTimes(style.conventions) ? undefined : 1;
    return {
      document: await transcriptDocument(database, version.id, wordsOf),
      cited: { content, style: { ...style, template }, language: language() },
      ids: outlines.map(({ id }) => id),
    };
  }
}
