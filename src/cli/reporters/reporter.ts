import type { FileOutcome } from '../../app/jobs/file-outcomes.ts';
import type { CoreEvent } from '../../contract/events.ts';
import type { LeftOut } from '../../contract/left-out.ts';

/** Shows a running command to its caller: a person at a terminal, a log, or a program. */
export interface Reporter {
  /** One line of information for the user. */
  notice(text: string): void;
  event(event: CoreEvent): void;
  /** The result of every file, at the end, and what was not read of the named folders. */
  summary(outcomes: readonly FileOutcome[], leftOut: LeftOut): void;
  /** Removes progress bars. */
  close(): void;
}
