import { ERROR_CLASSES, type PageFailure } from '../../src/contract/diagnostics.ts';
import { isAppError } from '../../src/contract/errors.ts';
import { request } from './client.ts';

/** Maximum reports per page: a repeating failure is known by then. */
const MOST = 20;

let told = 0;

/** From now on uncaught failures of the page's code are written into the diagnostic log. */
export function watchPageFailures(): void {
  window.addEventListener('error', ({ error }) => {
    // Without an error it is a browser notice, such as of a layout loop.
    if (error !== null && error !== undefined) tellPageFailure('exception', error);
  });
  window.addEventListener('unhandledrejection', ({ reason }) => tellPageFailure('rejection', reason));
}

/** Logs a failure to the diagnostic log: its kind and its locations, no message. */
export function tellPageFailure(kind: PageFailure['kind'], error: unknown): void {
  told += 1;
  if (told > MOST) return;
  // There is no one else to tell.
  request('diagnostics.pageFailed', pageFailureOf(kind, error)).catch(() => undefined);
}

/** What is logged of a page error. */
export function pageFailureOf(kind: PageFailure['kind'], error: unknown): PageFailure {
  const { name, stack = '', message } = error instanceof Error ? error : new Error();
  const lines = stack.slice(stack.indexOf(message) + message.length).split('\n');
  return {
    kind,
    class: error instanceof Error ? (ERROR_CLASSES.find((known) => known === name) ?? 'other') : 'other',
    told: isAppError(error) ? error.code : null,
    at: lines.flatMap((line) => positionIn(line) ?? []).slice(0, 8),
  };
}

/** The location in the page's own script in a stack line, by its path in the program. */
function positionIn(line: string): string | null {
  const [, file, place] = /^\s+at .*:\/\/[^/]+\/(assets\/[\w.-]+\.js)(:\d+:\d+)\)?$/.exec(line) ?? [];
  return file === undefined ? null : `out/renderer/${file}${place}`;
}
