import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { typedCommand } from './typed-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'voicesync-start-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'interview.wav'), '');
mkdirSync(join(folder, 'recordings'));
mkdirSync(join(folder, 'hearings'));

const typed = (...args: string[]) => typedCommand(['/opt/VoiceSync/voicesync', ...args], folder, null);

test.each([
  [['transcribe', 'interview.wav', '--out', 'x']],
  [['vault', 'init', 'v']],
  [['models', 'list']],
  [['doctor']],
  [['--help']],
  [['--version']],
  [['help', 'transcribe']],
  // Mistyped: the command line reports it, with a suggestion.
  [['transcrib', 'interview.wav']],
  // A folder of that name is opened as ./recordings.
  [['recordings', 'list', '--vault', 'v']],
])('%j is a command', (args) => {
  expect(typed(...args)).toEqual(args);
  expect(typed('--ozone-platform=headless', '--lang=es', ...args)).toEqual(args);
});

test.each([
  [[]],
  [['interview.wav']],
  [['hearings']],
  [['./recordings']],
  [[join(folder, 'interview.wav'), 'transcribe']],
  [['gone.wav']],
  [['/gone/transcribe']],
  [['file:///home/ana/interview.wav']],
  [['--lang=es']],
  [['--disable-gpu', 'interview.wav', '--help']],
  [['-psn_0_12345']],
])('%j opens the window', (args) => expect(typed(...args)).toBeNull());

test('while developing, the command stands behind the folder of the app', () => {
  const app = join(folder, 'app');
  const start = ['electron', '--inspect=0', app];
  expect(typedCommand([...start, 'doctor'], folder, app)).toEqual(['doctor']);
  expect(typedCommand(start, folder, app)).toBeNull();
  expect(typedCommand(['electron', 'doctor'], folder, app)).toBeNull();
});
