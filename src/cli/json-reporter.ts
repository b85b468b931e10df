import type { CoreEvent } from '../contract/events.ts';
import type { FileOutcome, Reporter } from './reporter.ts';

/** For programs: one JSON object a line on stdout, and nothing else there. */
export class JsonReporter implements Reporter {
  notice(text: string): void {
    this.#write({ type: 'notice', text });
  }

  event(event: CoreEvent): void {
    this.#write(event);
  }

  summary(outcomes: readonly FileOutcome[]): void {
    this.#write({ type: 'summary', files: outcomes });
  }

  close(): void {}

  #write(line: object): void {
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
}
