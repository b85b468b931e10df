import { describe, expect, it } from 'vitest';
import {
  AppError,
  ERROR_CODES,
  type ErrorCode,
  type ErrorDetails,
  errorDetailsSchema,
} from '../../src/contract/errors.ts';
import { LOCALES } from '../../src/contract/locale.ts';
import { z } from '../../src/contract/schema.ts';
import { WINDOW } from '../../src/messages/catalogues.ts';
import { describeError } from '../../src/messages/describe-error.ts';
import { availableRemedy, type Remedy, remedyFor } from './error-remedies.ts';

/** Minimal details that fit the code's schema: every list empty, every text one word. */
function bareDetails(code: ErrorCode): ErrorDetails<ErrorCode> {
  const { properties = {} } = z.toJSONSchema(errorDetailsSchema(code)) as {
    properties?: Record<string, { type?: string }>;
  };
  const bare: Record<string, unknown> = { string: 'x', number: 1, integer: 1, array: [] };
  const details = Object.entries(properties).map(([name, { type }]) => [name, type ? bare[type] : null]);
  return errorDetailsSchema(code).parse(Object.fromEntries(details)) as ErrorDetails<ErrorCode>;
}

describe.each(ERROR_CODES)('%s', (code) => {
  it('has two lines and one button that says what it does, in every language', () => {
    const error = new AppError(code, bareDetails(code));
    const remedy = remedyFor(code);
    for (const language of LOCALES) {
      const { what, todo } = describeError(error, language);
      expect(what).not.toBe('');
      expect(todo).not.toBe('');
      expect(WINDOW[language].remedies[remedy]).toBeTruthy();
    }
  });

  it('has a button wherever it is shown', () => {
    const always: Remedy[] = ['close'];
    expect(WINDOW.en.remedies[availableRemedy(code, (remedy) => always.includes(remedy))]).toBeTruthy();
    expect(availableRemedy(code, () => true)).toBe(remedyFor(code));
  });
});

describe('availableRemedy', () => {
  it('offers to pick another file where the source cannot be shown', () => {
    expect(availableRemedy('media.unreadable', (remedy) => remedy !== 'showSource')).toBe('addRecordings');
  });
});
