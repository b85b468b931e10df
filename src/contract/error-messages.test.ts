import { describe, expect, it } from 'vitest';
import { describeError } from './error-messages.ts';
import { AppError, ERROR_CODES, type ErrorCode, type ErrorDetails, errorDetailsSchema } from './errors.ts';
import { formatBytes, formatDuration, readyMinute } from './quantities.ts';
import { z } from './schema.ts';
import { userLanguage } from './user-language.ts';

type JsonSchema = {
  type?: string;
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
};

/** A value that fits a schema; `full` decides between the richest and the barest one (nulls, empty lists). */
function sample(schema: JsonSchema, name: string, full: boolean): unknown {
  if (schema.anyOf) return full ? sample(schema.anyOf[0] ?? {}, name, full) : null;
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([key, value]) => [key, sample(value, key, full)]),
      );
    case 'array':
      return full ? ['1', '2'].map((n) => sample(schema.items ?? {}, `${name}${n}`, full)) : [];
    case 'string':
      return `sample-${name}`;
    case 'number':
    case 'integer':
      return 7_200_000;
    default:
      throw new Error(`no sample for ${JSON.stringify(schema)}`);
  }
}

function sampleDetails<C extends ErrorCode>(code: C, full: boolean): ErrorDetails<C> {
  const schema = errorDetailsSchema(code);
  return schema.parse(sample(z.toJSONSchema(schema) as JsonSchema, code, full)) as ErrorDetails<C>;
}

const BROKEN = /undefined|\bnull\b|NaN|\[object|\$\{|[{}]|\s{2}|\n|\.\.(?!\.)/;

describe.each(ERROR_CODES)('the sentences for %s', (code) => {
  it.each([true, false])('say what happened and what to do, in both languages (all details: %s)', (full) => {
    const error = { code, details: sampleDetails(code, full) };
    const english = describeError(error, 'en');
    const spanish = describeError(error, 'es');
    for (const sentence of [english.what, english.todo, spanish.what, spanish.todo]) {
      expect(sentence).not.toMatch(BROKEN);
      expect(sentence).toMatch(/^\P{Ll}.*[.]$/u);
      for (const raw of ERROR_CODES) expect(sentence).not.toContain(raw);
    }
    expect(spanish.what).not.toBe(english.what);
    expect(spanish.todo).not.toBe(english.todo);
  });

  it('name every file, model and name that the details hold', () => {
    const details = sampleDetails(code, true);
    const names = Object.values(details as Record<string, unknown>)
      .flat()
      .filter((value) => typeof value === 'string');
    for (const language of ['en', 'es'] as const) {
      const { what, todo } = describeError({ code, details }, language);
      for (const name of names) expect(`${what} ${todo}`).toContain(name);
    }
  });
});

describe('describeError', () => {
  it('shows sizes for people', () => {
    const error = new AppError('disk.full', { neededBytes: 1_523_000_000, freeBytes: 812_400_000 });
    expect(describeError(error, 'en').what).toBe('The disk is full (1.5 GB needed, 812 MB free).');
    expect(describeError(error, 'es').what).toContain('1,5 GB');
  });

  it('takes the sting out of file names that would drive a terminal or turn their own direction', () => {
    const error = new AppError('file.notFound', { file: 'a\u001b[2Jb\u202egpj.exe\n' });
    expect(describeError(error, 'en').what).toBe('“a\ufffd[2Jb\ufffdgpj.exe\ufffd” is not there.');
  });
});

describe('quantities', () => {
  it('never shows more than three digits and a unit', () => {
    expect([0, 999, 1000, 9_960_000, 999_600_000, 3_095_033_483].map((n) => formatBytes(n, 'en'))).toEqual([
      '0 B',
      '999 B',
      '1 kB',
      '10 MB',
      '1 GB',
      '3.1 GB',
    ]);
  });

  it('promises no minute before its end', () => {
    const at = Date.UTC(2026, 10, 20, 14, 3);
    expect([at, at + 1, at + 59_999].map((readyAt) => readyMinute(readyAt) - at)).toEqual([
      0, 60_000, 60_000,
    ]);
  });

  it('tells times in their two largest units', () => {
    expect([400, 8_000, 59_700, 725_000, 3_600_000, 3_900_000].map(formatDuration)).toEqual([
      '0 s',
      '8 s',
      '1 min',
      '12 min 5 s',
      '1 h',
      '1 h 5 min',
    ]);
  });
});

describe('userLanguage', () => {
  it('follows the order in which locale variables override each other', () => {
    expect(userLanguage({ LANG: 'es_ES.UTF-8' })).toBe('es');
    expect(userLanguage({ LC_MESSAGES: 'es', LANG: 'en_US.UTF-8' })).toBe('es');
    expect(userLanguage({ LC_ALL: 'C', LC_MESSAGES: 'es_MX', LANG: 'es_ES' })).toBe('en');
    expect(userLanguage({ LC_ALL: '', LANG: 'es-419' })).toBe('es');
  });

  it('answers in English where the locale is unset or of another language', () => {
    expect(userLanguage({})).toBe('en');
    expect(userLanguage({ LANG: 'est_EE.UTF-8' })).toBe('en');
    expect(userLanguage({ LANG: 'de_DE.UTF-8' })).toBe('en');
  });
});
