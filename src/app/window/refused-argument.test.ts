import { expect, test } from 'vitest';
import { refusedArgument } from './refused-argument.ts';

test.each([
  '--no-sandbox',
  '--remote-debugging-port=9222',
  '--remote-debugging-pipe',
  '--inspect=0',
  '--inspect-brk',
  '--disable-web-security',
  '-no-sandbox',
  '/No-Sandbox',
  '--no-zygote-sandbox',
  '--disable-seccomp-filter-sandbox',
  '--remote-debugging-io-pipes=3,4',
])('a packaged app refuses %s, a developed one does not', (argument) => {
  expect(refusedArgument(true, ['/opt/voicesync', argument])).toBe(argument);
  expect(refusedArgument(false, ['/opt/voicesync', argument])).toBeNull();
});

test('files and harmless switches are no reason', () => {
  expect(
    refusedArgument(true, [
      '/opt/voicesync',
      '--lang=es',
      '/home/me/--no-sandbox.wav',
      '/no-sandbox.wav',
      '--inspector',
    ]),
  ).toBeNull();
});
