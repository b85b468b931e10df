import { dirname } from 'node:path';
import { type Delivery, type ExportFormat, FULL_CONTENT } from '../../contract/document.ts';
import type { FormatOptions } from '../../contract/format-options.ts';
import {
  transcriptNames,
  type WrittenRecording,
  withoutEnding,
} from '../../core/delivery/transcript-names.ts';
import { safeBaseName } from '../../core/export/safe-file-name.ts';

/** What is to be written of each of several recordings. */
export interface DeliveryWish {
  /** Absolute; null for beside each recording's source. */
  readonly folder: string | null;
  readonly formats: readonly ExportFormat[];
  /** Times in plain text too. */
  readonly timestamps: boolean;
  /** Added to every time that is written; null where none was asked for. */
  readonly timeOffsetMs: number | null;
  /** Replaces files of the same name. */
  readonly overwrite: boolean;
  readonly formatOptions: FormatOptions;
}

/** What is to be written for each of these recordings, under names that tell them apart. */
export function deliveriesFor(
  recordings: readonly Pick<WrittenRecording, 'name' | 'sourcePath'>[],
  wish: DeliveryWish,
): Delivery[] {
  const written = recordings.map(({ name, sourcePath }) => ({
    name,
    sourcePath,
    folder: wish.folder ?? dirname(sourcePath),
  }));
  const names = transcriptNames(written);
  return written.map(({ name, folder }, at) => ({
    folder,
    formats: [...wish.formats],
    timestamps: wish.timestamps,
    ...(wish.timeOffsetMs === null ? {} : { timeOffsetMs: wish.timeOffsetMs }),
    overwrite: wish.overwrite,
    // A recording that is alone with its name goes by it, also where that is changed meanwhile.
    ...(names[at] === safeBaseName(withoutEnding(name)) ? {} : { baseName: names[at] }),
    content: FULL_CONTENT,
    formatOptions: wish.formatOptions,
  }));
}
