import type { CoreEvent } from '../contract/events.ts';
import type { LeftOut } from '../core/media/sources/scan-folder.ts';
import { toldFailure } from './listings.ts';
import { printJson } from './output.ts';
import type { FileOutcome, Reporter } from './reporter.ts';

/** For programs: one JSON object a line on stdout, and nothing else there. */
export class JsonReporter implements Reporter {
  notice(text: string): void {
    printJson({ type: 'notice', text });
  }

  event(event: CoreEvent): void {
    printJson(event);
  }

  summary(outcomes: readonly FileOutcome[], leftOut: LeftOut): void {
    printJson({ type: 'summary', files: outcomes.map(withSentences), leftOut });
  }

  close(): void {}
}

/** Codes are for programs; the sentences are for whoever reads what the program shows. */
function withSentences(outcome: FileOutcome): object {
  const { failure } = outcome;
  return failure === null ? outcome : { ...outcome, failure: toldFailure(failure) };
}
