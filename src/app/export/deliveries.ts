import { dirname } from 'node:path';
import { type Delivery, type ExportFormat, FULL_CONTENT } from '../../contract/document.ts';
import type { ExportStyle } from '../../contract/export-style.ts';
import type { FormatOptions } from '../../contract/format-options.ts';
import { distinguishingNames, type WrittenRecording } from '../../core/delivery/transcript-names.ts';

/** What to write of each of several recordings. */
export interface DeliveryWish {
  /** Absolute; null for the folder of each recording's source. */
  readonly folder: string | null;
  readonly formats: readonly ExportFormat[];
  /** Times in plain text too. */
  readonly timestamps: boolean;
  /** Offset added to every written time; null if none was requested. */
  readonly timeOffsetMs: number | null;
  /** Replaces files of the same name. */
  readonly overwrite: boolean;
  readonly formatOptions: FormatOptions;
  /** Whether pseudonymised copies are written. */
  readonly pseudonymised?: boolean;
  /** How it is written; the usual style without it. */
  readonly style?: ExportStyle | undefined;
}

/** What to write for each of these recordings, under distinct names. */
export function deliveriesFor(
  recordings: readonly Pick<WrittenRecording, 'name' | 'sourcePath'>[],
  wish: DeliveryWish,
): Delivery[] {
  const written = recordings.map(({ name, sourcePath }) => ({
    name,
    sourcePath,
    folder: wish.folder ?? dirname(sourcePath),
  }));
  const names = distinguishingNames(written);
  return written.map(({ folder }, at) => ({
    folder,
    formats: [...wish.formats],
    timestamps: wish.timestamps,
    ...(wish.timeOffsetMs === null ? {} : { timeOffsetMs: wish.timeOffsetMs }),
    overwrite: wish.overwrite,
    ...(names[at] === undefined ? {} : { baseName: names[at] }),
    content: FULL_CONTENT,
    formatOptions: wish.formatOptions,
    ...(wish.style === undefined ? {} : { style: wish.style }),
  }));
}
