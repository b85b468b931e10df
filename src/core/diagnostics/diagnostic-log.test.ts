import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../contract/diagnostics.ts';
import { AppError } from '../../contract/errors.ts';
import { DiagnosticLog } from './diagnostic-log.ts';
import { errorFacts } from './error-facts.ts';
import { keepLog } from './keep-log.ts';
import { note } from './note.ts';
import { problemReport } from './problem-report.ts';
import { programStart } from './program-facts.ts';

const REFUSED: Diagnostic = { event: 'fileRefused', code: 'media.empty' };
const UNLIMITED = { fileBytes: 1024 ** 2, entriesAMinute: Number.POSITIVE_INFINITY };

let home: string;
let folder: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'voicesync-log-'));
  folder = join(home, 'logs');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function events(log: DiagnosticLog): string[] {
  return log.entries().map(({ what }) => what.event);
}

describe('the diagnostic log', () => {
  test('keeps what is noted, for the user alone to read', () => {
    const log = new DiagnosticLog(folder);
    log.note(REFUSED, 1000);
    log.note({ event: 'ended', status: 0 }, 2000);
    expect(log.entries()).toEqual([
      { atMs: 1000, process: process.pid, what: REFUSED },
      { atMs: 2000, process: process.pid, what: { event: 'ended', status: 0 } },
    ]);
    if (process.platform === 'win32') return;
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  test('never takes more than two files of its size, and keeps the latest', () => {
    const log = new DiagnosticLog(folder, { ...UNLIMITED, fileBytes: 2000 });
    for (let status = 0; status < 500; status += 1) log.note({ event: 'ended', status });
    const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
    expect(sizes.length).toBe(2);
    expect(Math.max(...sizes)).toBeLessThan(2200);
    expect(log.entries().at(-1)?.what).toEqual({ event: 'ended', status: 499 });
  });

  test('a storm is counted instead of written', () => {
    const log = new DiagnosticLog(folder, { ...UNLIMITED, entriesAMinute: 10 });
    for (let i = 0; i < 5000; i += 1) log.note(REFUSED, 1000 + i);
    expect(log.entries()).toHaveLength(10);
    log.note(REFUSED, 70_000);
    expect(log.entries().at(-2)?.what).toEqual({ event: 'leftOut', entries: 4990 });
  });

  test('what does not fit its schema is not written, and what is too much is dropped', () => {
    const log = new DiagnosticLog(folder);
    const careless = [
      { event: 'fileRefused', code: 'Villanueva' },
      { event: 'villanueva' },
      { event: 'requestFailed', request: 'open /home/villanueva', error: errorFacts(null) },
      { event: 'fileRefused', code: 'media.empty', file: 'Villanueva.wav' },
      {
        event: 'pageFailed',
        kind: 'exception',
        class: 'Error',
        told: null,
        at: ['out/renderer/assets/villanueva.js:1:1'],
      },
    ];
    for (const entry of careless) log.note(entry as unknown as Diagnostic);
    expect(events(log)).toEqual(['fileRefused', 'pageFailed']);
    expect(readFileSync(join(folder, 'diagnostics.log'), 'utf8')).not.toMatch(/villanueva/i);
  });

  test('a line that a crash has cut, or that somebody has written into it, is not shown', () => {
    const log = new DiagnosticLog(folder);
    log.note(REFUSED);
    appendFileSync(join(folder, 'diagnostics.log'), '{"atMs":1,"what":{"event":"Villanueva"}}\n{"atMs":');
    expect(events(log)).toEqual(['fileRefused']);
  });

  test('switched off it is deleted, and nobody writes; switched on again it begins anew', () => {
    const log = new DiagnosticLog(folder);
    const other = new DiagnosticLog(folder);
    log.note(REFUSED);
    log.switch(false);
    other.note(REFUSED);
    expect([other.isOn, log.entries()]).toEqual([false, []]);
    expect(readdirSync(folder)).toEqual(['off']);
    log.switch(true);
    other.note(REFUSED);
    expect(log.entries()).toHaveLength(1);
    log.delete();
    expect(log.entries()).toEqual([]);
  });

  test('makes no data folder, and what it cannot write stops nothing', () => {
    const nowhere = new DiagnosticLog(join(home, 'not there', 'logs'));
    nowhere.note(REFUSED);
    expect(existsSync(join(home, 'not there'))).toBe(false);
    appendFileSync(folder, 'a file in its place');
    const log = new DiagnosticLog(folder);
    log.note(REFUSED);
    expect(log.entries()).toEqual([]);
    chmodSync(folder, 0o600);
  });

  test('a run writes its beginning before its first entry, and none where nothing happened', () => {
    const log = new DiagnosticLog(folder);
    keepLog(log, programStart('command', 'vault')).end(0);
    expect(log.entries()).toEqual([]);
    const kept = keepLog(log, programStart('command', 'Villanueva.wav'));
    note({
      event: 'commandFailed',
      error: errorFacts(new AppError('vault.notFound', { folder: '/Villanueva' })),
    });
    kept.end(1);
    note(REFUSED);
    expect(events(log)).toEqual(['started', 'commandFailed', 'ended']);
    expect(log.entries()[0]?.what).toMatchObject({ command: 'other' });
  });
});

test.each([
  ['en', 'What is not in it: no names'],
  ['es', 'Qué no contiene: ningún nombre'],
] as const)('the report says first what is in it (%s), and shows every entry', (language, sentence) => {
  const log = new DiagnosticLog(folder);
  log.note(REFUSED, Date.UTC(2026, 0, 2, 3, 4, 5));
  const text = problemReport({
    language,
    log,
    start: programStart('window', null),
    models: {
      installed: [],
      available: [],
      unusable: [{ path: '/Villanueva.bin', error: new AppError('model.notAModel', { file: 'Villanueva' }) }],
    },
    settings: { theme: 'dark', lockAfterMinutes: 15 },
    freeBytes: 5 * 1024 ** 3,
  });
  expect(text.indexOf(sentence)).toBeGreaterThan(0);
  expect(text.indexOf(sentence)).toBeLessThan(1200);
  for (const part of ['theme=dark lockAfterMinutes=15', 'freeGb=5', 'unusable=model.notAModel']) {
    expect(text).toContain(part);
  }
  expect(text).toContain(`2026-01-02 03:04:05  [${process.pid}]  fileRefused  code=media.empty`);
  expect(text).not.toMatch(/villanueva/i);
});
