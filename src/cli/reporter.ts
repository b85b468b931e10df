import type { TextFindings } from '../app/transcripts/text-findings.ts';
import type { Failure } from '../contract/errors.ts';
import type { CoreEvent } from '../contract/events.ts';
import type { JobFigures } from '../contract/job.ts';
import type { LeftOut } from '../contract/left-out.ts';

/** What came of one of the files that the user named. */
export interface FileOutcome extends TextFindings {
  /** The absolute path that was named, or the name of a recording in a vault. */
  readonly file: string;
  /** Null where it became none. */
  readonly recordingId: string | null;
  /**
   * `partly`: transcribed as far as the recording could be read; `existing`: was there, and not made again; `same`: a
   * second name of another file of the run.
   */
  readonly state: 'done' | 'partly' | 'failed' | 'interrupted' | 'existing' | 'same';
  /** The name under which a file was read that is `same`; null for all others. */
  readonly sameAs: string | null;
  readonly failure: Failure | null;
  /** Absolute paths of what was written. */
  readonly exports: readonly string[];
  /** Whether it was transcribed to its end, also where it could not be written. */
  readonly transcribed: boolean;
  /** Whether times in its files would have been below 0, and are 0. */
  readonly beginsBeforeZero: boolean;
  /** Where it was put because it could not be written into `folder`: nowhere but on stdout without paths. Null for all else. */
  readonly rescued: { readonly folder: string; readonly paths: readonly string[] } | null;
  readonly durationMs: number | null;
  readonly figures: JobFigures | null;
}

/** Shows a running command to whoever started it: a person at a terminal, a log, or a program. */
export interface Reporter {
  /** One line that the user should know. */
  notice(text: string): void;
  event(event: CoreEvent): void;
  /** What came of every file, at the end, and what was not read of the folders that were named. */
  summary(outcomes: readonly FileOutcome[], leftOut: LeftOut): void;
  /** Takes progress bars off the screen. */
  close(): void;
}
