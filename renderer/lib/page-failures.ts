import { ERROR_CLASSES, type PageFailure } from '../../src/contract/diagnostics.ts';
import { isAppError } from '../../src/contract/errors.ts';
import { request } from './client.ts';

/** One page tells of no more: what fails over and over is known by then. */
const MOST = 20;

let told = 0;

/** From now on what fails in the page's code and nobody catches is written into the diagnostic log. */
export function watchPageFailures(): void {
  window.addEventListener('error', ({ error }) => {
    // Without an error it is a notice of the browser's own, as of a layout that took two turns.
    if (error !== null && error !== undefined) tellPageFailure('exception', error);
  });
  window.addEventListener('unhandledrejection', ({ reason }) => tellPageFailure('rejection', reason));
}

/** Has it written into the diagnostic log that something failed: its kind and its places, no message. */
export function tellPageFailure(kind: PageFailure['kind'], error: unknown): void {
  told += 1;
  if (told > MOST) return;
  // There is nobody else to tell.
  request('diagnostics.pageFailed', pageFailureOf(kind, error)).catch(() => undefined);
}

/** What is kept of an error of the page. */
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

/** The place of the page's own script that a line of a stack names, by its path in the program. */
function positionIn(line: string): string | null {
  const [, file, place] = /^\s+at .*:\/\/[^/]+\/(assets\/[\w.-]+\.js)(:\d+:\d+)\)?$/.exec(line) ?? [];
  return file === undefined ? null : `out/renderer/${file}${place}`;
}
