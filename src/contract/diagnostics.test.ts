import { describe, expect, test } from 'vitest';
import { Diagnostic, LogEntry } from './diagnostics.ts';
import { z } from './schema.ts';

interface Schema {
  readonly [key: string]: unknown;
}

/** Every string schema within a schema, with its path. */
function stringsIn(schema: unknown, path = ''): { path: string; schema: Schema }[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = (schema as Schema).type === 'string' ? [{ path, schema: schema as Schema }] : [];
  return [...own, ...Object.entries(schema).flatMap(([key, part]) => stringsIn(part, `${path}/${key}`))];
}

/** What careless code could put into an entry. */
const CONTENT = [
  'Villanueva',
  'maria villanueva',
  'Dr. Quiroz said so',
  '/home/maria/Villanueva contra Quiroz.m4a',
  'C:\\Users\\Maria\\call.wav',
  'correct horse battery staple',
  'no such file or directory',
  'es',
];

describe('the schema of the diagnostic log', () => {
  const strings = stringsIn(z.toJSONSchema(LogEntry));

  test('has no free text: every string is one of a list, or of a shape', () => {
    const isBound = ({ schema }: { schema: Schema }) =>
      'enum' in schema || 'const' in schema || 'pattern' in schema;
    expect(strings.length).toBeGreaterThan(40);
    expect(strings.filter((string) => !isBound(string)).map(({ path }) => path)).toEqual([]);
  });

  test('has no shape that a name, a path or a sentence fits', () => {
    const fitting = strings.flatMap(({ path, schema }) =>
      CONTENT.filter(
        (text) => typeof schema.pattern === 'string' && new RegExp(schema.pattern, 'u').test(text),
      ).map((text) => `${path}: ${text}`),
    );
    // The processor family is a short lower-case word; the engine reports it, not the user.
    expect(fitting.filter((line) => !line.includes('/cpuVariant:'))).toEqual([]);
  });

  test('drops what an entry has too much', () => {
    const parsed = Diagnostic.parse({ event: 'ended', status: 0, file: '/home/maria/Villanueva.wav' });
    expect(parsed).toEqual({ event: 'ended', status: 0 });
  });
});
