import { describe, expect, test } from 'vitest';
import { PageFailure } from '../../src/contract/diagnostics.ts';
import { AppError } from '../../src/contract/errors.ts';
import { pageFailureOf } from './page-failures.ts';

function thrown(message: string, frames: readonly string[]): Error {
  const error = new TypeError(message);
  error.stack = [`TypeError: ${message}`, ...frames].join('\n');
  return error;
}

describe('what is told of an error of the page', () => {
  test('is its class and the places of the page’s own scripts', () => {
    const failure = pageFailureOf(
      'exception',
      thrown('no Villanueva', [
        '    at draw (voicesync://app/assets/index-Ab_1.js:12:345)',
        '    at https://app.voicesync/assets/transcript-screen-x.js:1:2',
        '    at <anonymous>',
        '    at look (file:///home/maria/assets.js:1:1)',
      ]),
    );
    expect(PageFailure.parse(failure)).toEqual({
      kind: 'exception',
      class: 'TypeError',
      told: null,
      at: ['out/renderer/assets/index-Ab_1.js:12:345', 'out/renderer/assets/transcript-screen-x.js:1:2'],
    });
  });

  test('holds nothing of a message that looks like a stack', () => {
    const message = 'x\n    at y (voicesync://app/assets/villanueva.js:1:1)';
    expect(pageFailureOf('rejection', thrown(message, [])).at).toEqual([]);
  });

  test('names the error that the user was told, and takes anything thrown', () => {
    expect(pageFailureOf('drawing', new AppError('vault.sealed', {}))).toMatchObject({
      told: 'vault.sealed',
    });
    expect(pageFailureOf('rejection', 'villanueva')).toEqual({
      kind: 'rejection',
      class: 'other',
      told: null,
      at: [],
    });
  });
});
