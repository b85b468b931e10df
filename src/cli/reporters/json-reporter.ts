import type { FileOutcome } from '../../app/jobs/file-outcomes.ts';
import type { CoreEvent } from '../../contract/events.ts';
import type { LeftOut } from '../../contract/left-out.ts';
import { toldFailure } from '../listings/told-failure.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Reporter } from './reporter.ts';
import { toldType } from './told-events.ts';

/** For programs: one JSON object a line on stdout, and nothing else there. */
export class JsonReporter implements Reporter {
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  notice(text: string): void {
    this.#terminal.printJson({ type: 'notice', text });
  }

  event(event: CoreEvent): void {
    this.#terminal.printJson({ ...event, type: toldType(event.type) });
  }

  summary(outcomes: readonly FileOutcome[], leftOut: LeftOut): void {
    this.#terminal.printJson({
      type: 'summary',
      files: outcomes.map((outcome) => this.#withSentences(outcome)),
      leftOut,
    });
  }

  close(): void {}

  /** Codes are for programs; the messages are for their users. */
  #withSentences(outcome: FileOutcome): object {
    const { failure } = outcome;
    return failure === null
      ? outcome
      : { ...outcome, failure: toldFailure(failure, this.#terminal.language) };
  }
}
