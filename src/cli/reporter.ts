import type { FileOutcome } from '../app/jobs/file-outcomes.ts';
import type { CoreEvent } from '../contract/events.ts';
import type { LeftOut } from '../contract/left-out.ts';

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
