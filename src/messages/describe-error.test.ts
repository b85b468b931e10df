import { describe, expect, it } from 'vitest';
import {
  AppError,
  ERROR_CODES,
  type ErrorCode,
  type ErrorDetails,
  errorDetailsSchema,
} from '../contract/errors.ts';
import { z } from '../contract/schema.ts';
import { describeError } from './describe-error.ts';

type JsonSchema = {
  type?: string;
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
};

/** A value that fits a schema; `full` decides between the fullest and the emptiest one (nulls, empty lists). */
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
  it('never takes what stands in a name for a part of a text', () => {
    const file = '{{file}} $t(states.done) {{- file}} $& {{file, bytes}}';
    expect(describeError({ code: 'file.notFound', details: { file } }, 'en').what).toBe(
      `“${file}” is not there.`,
    );
  });

  it.each([
    [{ neededBytes: null, freeBytes: null }, 'The disk is full.'],
    [{ neededBytes: 2e9, freeBytes: null }, 'The disk is full (2 GB needed).'],
    [{ neededBytes: null, freeBytes: 5e6 }, 'The disk is full (5 MB free).'],
  ])('tells of the room on a disk what is known: %j', (details, what) => {
    expect(describeError({ code: 'disk.full', details }, 'en').what).toBe(what);
  });

  it('says what a job is and cannot do, also by words that it does not know', () => {
    const known = { code: 'job.wrongState', details: { state: 'waiting', action: 'first' } } as const;
    expect(describeError(known, 'en').what).toBe(
      'The job is waiting to be tried again and cannot be put first now.',
    );
    const unknown = { code: 'job.wrongState', details: { state: 'frozen', action: 'thaw' } } as const;
    expect(describeError(unknown, 'es').what).toBe(
      'El trabajo está «frozen» y ahora no puede admitir «thaw».',
    );
  });

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
