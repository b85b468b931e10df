import type { Delivery, TranscriptDocument } from '../../contract/document.ts';
import type { Locale } from '../../contract/locale.ts';
import type { Database } from '../../core/database/database.ts';
import type { Recording } from '../../core/database/recordings/recordings.db.ts';
import { deliver, type PseudonymisedCopy } from '../../core/delivery/deliver.ts';
import { WrittenFiles } from '../../core/files/written-files.ts';
import { latestVersion } from '../../core/transcripts/transcript-document.ts';
import { beginsBeforeZero } from '../transcripts/text-findings.ts';
import { type DeliveryWish, deliveriesFor } from './deliveries.ts';
import { prepareDestination } from './destination.ts';

/** Called as texts are written. */
export interface DeliveryListener {
  written(path: string): void;
  /** Times in a recording's files would have been below 0, and are clamped to 0. */
  beforeZero(name: string): void;
  /** A recording's first failure ends its export, but no other's. */
  failed(error: unknown): void;
}

/** What is needed to write texts. */
export interface DeliveringParts {
  readonly database: Database;
  readonly language: () => Locale;
  /** Makes the pseudonymised copy of a document. */
  readonly copyOf: (document: TranscriptDocument) => Promise<PseudonymisedCopy>;
}

/** Writes the current texts of recordings; none of the files replaces another. Throws nothing. */
export async function deliverTogether(
  { database, language, copyOf }: DeliveringParts,
  recordings: readonly Recording[],
  wish: DeliveryWish,
  listener: DeliveryListener,
): Promise<void> {
  const deliveries = deliveriesFor(recordings, wish);
  const files = new WrittenFiles();
  for (const [at, recording] of recordings.entries()) {
    try {
      if (wish.folder !== null) await prepareDestination(wish.folder);
      const version = await latestVersion(database, recording);
      await deliver(database, version.id, deliveries[at] as Delivery, {
        language: language(),
        ...(wish.pseudonymised === true && { copyOf }),
        run: { files, owner: recording.id },
        onWritten: ({ path }) => listener.written(path),
      });
      if (await beginsBeforeZero(database, version.id, wish.timeOffsetMs ?? 0))
        listener.beforeZero(recording.name);
    } catch (error) {
      listener.failed(error);
    }
  }
}
