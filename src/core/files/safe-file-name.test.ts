import { basename, join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { safeBaseName } from './safe-file-name.ts';

describe('names that attack', () => {
  test.each([
    ['../../etc/passwd', '-..-etc-passwd'],
    ['..\\..\\Windows\\win', '-..-Windows-win'],
    ['/etc/passwd', '-etc-passwd'],
    ['C:\\boot', 'C-boot'],
    ['file.txt:stream', 'file.txt-stream'],
    ['..', 'transcript'],
    ['.', 'transcript'],
    ['', 'transcript'],
    ['   ', 'transcript'],
    ['.hidden', 'hidden'],
    ['name\0.exe', 'name.exe'],
    ['a\u0007b\u009Bc', 'abc'],
    ['line\nbreak\ttab', 'line break tab'],
    ['CON', 'CON_'],
    ['nul', 'nul_'],
    ['Com1', 'Com1_'],
    ['LPT9.notes', 'LPT9_.notes'],
    ['aux .txt', 'aux_ .txt'],
    ['COM¹', 'COM¹_'],
    ['console', 'console'],
    ['trailing. . .', 'trailing'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['\u200Fname\u2066x\u2069\u061C', 'namex'],
    ['zero\u200Bwidth\uFEFF', 'zerowidth'],
    ['lone\uD800surrogate', 'lonesurrogate'],
    ['what? "quoted" <tags> a|b *', 'what- -quoted- -tags- a-b -'],
  ])('%j becomes %j', (name, safe) => {
    expect(safeBaseName(name)).toBe(safe);
  });
});

describe('names that are only unusual', () => {
  test.each([
    'interview-en',
    'Declaración de la testigo (2.ª sesión)',
    '聞き取り 2026-05-02',
    'مقابلة مع الشاهد',
    'می‌خواهم',
    '👩‍⚖️ hearing',
    "O'Brien & Söhne #3, 50%",
  ])('%s stays', (name) => {
    expect(safeBaseName(name)).toBe(name);
  });
});

test('a long name is cut between graphemes, with room for number and extension', () => {
  const family = '👨‍👩‍👧‍👦';
  const cut = safeBaseName(family.repeat(40));
  expect(Buffer.byteLength(`${cut} (9999).docx`)).toBeLessThanOrEqual(255);
  expect(cut).toBe(family.repeat(Math.floor(243 / Buffer.byteLength(family))));
  expect(safeBaseName('x'.repeat(300))).toHaveLength(243);
});

test('any name stays in its folder, fits, and is safe already when made safe twice', () => {
  const folder = resolve('/exports');
  const nasty = fc.string({
    unit: fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }),
      fc.constantFrom('.', '/', '\\', ' ', '..', '\0', 'CON', '\u202E', '\u0301', ':', 'é', '\uD800'),
    ),
    maxLength: 300,
  });
  fc.assert(
    fc.property(nasty, (name) => {
      const safe = safeBaseName(name);
      const path = join(folder, `${safe} (9999).docx`);
      expect(path.startsWith(`${folder}/`)).toBe(true);
      expect(basename(path)).toBe(`${safe} (9999).docx`);
      expect(Buffer.byteLength(basename(path))).toBeLessThanOrEqual(255);
      expect(safe).not.toBe('');
      expect(safe).not.toMatch(/^[. ]|[. ]$|[\p{Cc}\u202A-\u202E\u2066-\u2069/\\:]/u);
      expect(safeBaseName(safe)).toBe(safe);
    }),
    { numRuns: 2000 },
  );
});
