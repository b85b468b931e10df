import type { CorrectedWord } from '../../../contract/correction-rules.ts';
import { patternOf } from '../../text-alignment/find-and-replace.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';
import type { RecordingReader } from '../recordings/recordings.db.ts';
import type { EditReader } from '../transcripts/edits.db.ts';
import type { SegmentReader } from '../transcripts/segments.db.ts';
import type { CorrectionRuleReader } from './correction-rules.db.ts';

/** The repositories that remembered corrections use. */
interface Parts {
  readonly rules: CorrectionRuleReader;
  readonly edits: EditReader;
  readonly segments: SegmentReader;
  readonly recordings: RecordingReader;
}

/** At most so many remembered words are looked for in a text that is opened. */
const MOST_LOOKED_FOR = 500;

/** Reads which words users have replaced by others, and where a rule may be offered for it. */
export class CorrectedWordReader {
  readonly #connection: ReadableConnection;
  readonly #parts: Parts;

  constructor(connection: ReadableConnection, parts: Parts) {
    this.#connection = connection;
    this.#parts = parts;
  }

  /**
   * Words that were corrected in other recordings and occur in the current text of this one; those for which there is a rule, or for
   * which one was declined, are left out. The most often corrected first.
   */
  recurring({ recordingId }: { recordingId: string }): CorrectedWord[] {
    const { edits, segments } = this.#parts;
    const text = edits.text(recordingId);
    if (text === null) return [];
    const words = this.#connection
      .all<CorrectedWord>(
        `SELECT heard AS "from", written AS "to" FROM corrected_words GROUP BY heard, written
         HAVING max(declined) = 0 AND max(recording_id = @recordingId) = 0
         ORDER BY sum(times) DESC, heard, written LIMIT ${MOST_LOOKED_FOR}`,
        { recordingId },
      )
      .filter(({ from }) => !this.hasRule({ recordingId, heard: from }));
    if (words.length === 0) return [];
    const whole = segments
      .all(text.editedVersionId ?? text.machineVersionId)
      .map(({ segment }) => segment.text)
      .join('\n');
    return words.filter(({ from }) =>
      patternOf({ find: from, matchCase: true, wholeWords: true }).test(whole),
    );
  }

  /** Whether a rule of the vault or of the recording's matter corrects this word already. */
  hasRule({ recordingId, heard }: { recordingId: string; heard: string }): boolean {
    const { rules, recordings } = this.#parts;
    const { matterId } = recordings.get(recordingId);
    const all = [...rules.list({ matterId: null }), ...(matterId === null ? [] : rules.list({ matterId }))];
    return all.some(({ find, matchCase }) =>
      matchCase ? find === heard : find.toLowerCase() === heard.toLowerCase(),
    );
  }
}

/** Remembers them, too. */
export class CorrectedWords extends CorrectedWordReader {
  readonly #connection: Connection;
  readonly #recordings: RecordingReader;

  constructor(connection: Connection, parts: Parts) {
    super(connection, parts);
    this.#connection = connection;
    this.#recordings = parts.recordings;
  }

  /**
   * Remembers that a word was replaced by another in a recording. Returns whether a rule may be offered: it was done before, in this
   * recording or in another, no rule does it, and none was declined. Throws `recording.notFound`.
   */
  note({ recordingId, from: heard, to: written }: CorrectedWord & { recordingId: string }): boolean {
    return this.#connection.transaction(() => {
      // One that was erased meanwhile has nothing to remember.
      this.#recordings.get(recordingId);
      this.#connection.run(
        `INSERT INTO corrected_words (recording_id, heard, written, times, declined)
         VALUES (@recordingId, @heard, @written, 1, 0)
         ON CONFLICT (recording_id, heard, written) DO UPDATE SET times = times + 1`,
        { recordingId, heard, written },
      );
      const row = this.#connection.one<{ times: number; declined: 0 | 1 }>(
        `SELECT sum(times) AS times, max(declined) AS declined FROM corrected_words
         WHERE heard = @heard AND written = @written`,
        { heard, written },
      );
      return row !== null && row.times > 1 && row.declined === 0 && !this.hasRule({ recordingId, heard });
    });
  }

  /** Offers no rule for this again, while any recording is kept in which it was corrected. */
  decline({ from: heard, to: written }: CorrectedWord): void {
    this.#connection.run(
      'UPDATE corrected_words SET declined = 1 WHERE heard = @heard AND written = @written',
      { heard, written },
    );
  }
}
