import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ErrorFacts } from '../../contract/diagnostics.ts';
import { AppError } from '../../contract/errors.ts';
import { programFolder } from '../folders.ts';
import { errorFacts, isOwnPosition, positionsIn } from './error-facts.ts';

const HERE = 'src/core/diagnostics/error-facts.test.ts';

describe('what is kept of an error', () => {
  test('is its class, its codes and the places in this program’s code; never its message', () => {
    const cause = thrownBy(() => readFileSync('/home/villanueva/secret.txt'));
    const facts = ErrorFacts.parse(
      errorFacts(new AppError('file.notFound', { file: 'Villanueva' }, { cause })),
    );
    expect(facts).toMatchObject({
      class: 'AppError',
      told: 'file.notFound',
      system: null,
      cause: { class: 'Error', told: null, system: 'ENOENT' },
    });
    expect(facts.at[0]).toMatch(`${HERE}:`);
    expect(facts.cause?.at[0]).toMatch(`${HERE}:`);
    expect(JSON.stringify(facts)).not.toMatch(/villanueva/i);
  });

  test('takes anything thrown', () => {
    const nothing = { told: null, system: null, at: [], cause: null };
    for (const thrown of ['Villanueva', null, undefined, { name: 'Villanueva' }]) {
      expect(errorFacts(thrown)).toEqual({ class: 'other', ...nothing });
    }
    const named = Object.assign(new Error('x'), { name: 'Villanueva', code: 'Villanueva', stack: '' });
    expect(errorFacts(named)).toEqual({ class: 'other', ...nothing });
  });

  test('a message that looks like a stack gives no places', () => {
    const error = new Error(`x\n    at y (${join(programFolder(), 'src/core/folders.ts')}:1:1)`);
    expect(errorFacts(error).at.some((position) => position.startsWith('src/core/folders.ts'))).toBe(false);
  });

  test('files elsewhere, and files that are not there, are no places of this program', () => {
    const lines = [
      '    at a (/home/maria/src/villanueva.ts:1:1)',
      `    at b (${join(programFolder(), 'src/core/villanueva.ts')}:1:1)`,
      `    at c (${join(programFolder(), 'node_modules/zod/index.js')}:1:1)`,
      `    at d (${join(programFolder(), 'src/core/folders.ts')}:12:3)`,
      `    at file://${programFolder()}/src/app/open-app.ts:4:5`,
    ];
    expect(positionsIn(lines.join('\n'))).toEqual(['src/core/folders.ts:12:3', 'src/app/open-app.ts:4:5']);
    expect(isOwnPosition('src/../../etc/villanueva.ts:1:1')).toBe(false);
    expect(isOwnPosition('src/core/folders.ts:1:1')).toBe(true);
  });
});

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
