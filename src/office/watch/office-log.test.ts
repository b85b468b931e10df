import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { OFFICE_EVENTS, officeLog } from './office-log.ts';

const DOCS = join(import.meta.dirname, '../../../docs/office.md');

function logOfTest() {
  const lines: string[] = [];
  return { lines, log: officeLog('gateway', (line) => lines.push(line)) };
}

it('writes of an error what it is and where it was made, and nothing of what it says', () => {
  const { lines, log } = logOfTest();
  log.warn('redis', new Error('ERR wrong\n    at Thornfield (hearing.wav)\n    at the end'));
  log.error('request', Object.assign(new Error('x'), { code: 'Thornfield hearing.wav' }), {
    route: '/v1/jobs/:id',
  });
  log.error('request', 'Thornfield');
  expect(lines.join('')).not.toMatch(/Thornfield|hearing|wrong/);
  const [first, second, third] = lines.map((line) => JSON.parse(line));
  expect(first).toMatchObject({ level: 'warn', event: 'redis', program: 'gateway', code: 'Error' });
  expect(first.place).toMatch(/^at .*office-log\.test\.ts/);
  expect(second).toMatchObject({ level: 'error', route: '/v1/jobs/:id' });
  expect([second.code, third.code]).toEqual([undefined, 'unknown']);
});

it('leaves out what has not the form of a fact, whoever passes it', () => {
  const { lines, log } = logOfTest();
  const facts = { jobId: 'Thornfield', route: 'hearing of Ms Thornfield', words: 'Thornfield', count: 3 };
  log.info('taken', facts);
  const { time, ...line } = JSON.parse(lines[0] ?? '');
  expect(new Date(time).toISOString()).toBe(time);
  expect(line).toEqual({ level: 'info', program: 'gateway', event: 'taken', count: 3 });
});

it('has no event that the documentation does not tell of', async () => {
  const told = (await readFile(DOCS, 'utf8')).matchAll(/^\| `(\w+)` \| (.+) \|$/gm);
  const events = new Map([...told].map(([, event = '', meaning = '']) => [event, meaning]));
  for (const [event, meaning] of Object.entries(OFFICE_EVENTS)) {
    expect([event, events.get(event)]).toEqual([event, meaning]);
  }
});
