import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CliHome, PHONE_CALL, REPOSITORY } from '../testing/cli-home.ts';
import { HAS_TERMINALS, onTerminal } from '../testing/terminal.ts';

const PASSPHRASE = 'correct horse battery';
const SHOW_CURSOR = '\u001b[?25h';
const HIDE_CURSOR = '\u001b[?25l';

// Each test runs the whole program, engine and all, several times.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const home = new CliHome();
beforeAll(async () => {
  await home.chooseDictationModel();
  await home.cut(PHONE_CALL, 6, 'a call with a name that is far too long for any progress bar.wav');
});
afterAll(() => home[Symbol.dispose]());

/** The last group asked for, read off the screen as a person does. */
function groupAskedFor(screen: string): string {
  const number = [...screen.matchAll(/Type group (\d+) back/g)].at(-1)?.[1];
  return new RegExp(`\\b${number}: ([0-9A-Z]{5})`).exec(screen)?.[1] ?? '';
}

// `script`, of util-linux, provides a terminal without any native module.
describe.skipIf(!HAS_TERMINALS)('on a terminal', () => {
  it('progress is a bar within the width, and the cursor comes back', async () => {
    const [name = ''] = home.names().filter((file) => file.endsWith('.wav'));
    const { screen, status } = await onTerminal(home, ['transcribe', name, '--out', 'out'], [], {
      columns: 60,
    });
    expect(status).toBe(0);
    expect(screen).toMatch(/a call …s bar\.wav|a call.*…/);
    expect(screen).toMatch(/\d+ % transcribing/);
    expect(screen).toContain('My name is Laura');
    expect(screen.split(HIDE_CURSOR).length).toBe(screen.split(SHOW_CURSOR).length);
    expect(screen.lastIndexOf(SHOW_CURSOR)).toBeGreaterThan(screen.lastIndexOf(HIDE_CURSOR));
    for (const line of screen.slice(screen.lastIndexOf('─ ')).split('\r\n'))
      expect(line.length).toBeLessThanOrEqual(60);
  });

  it('Ctrl+C stops in order, and gives the cursor back', async () => {
    const hearing = join(REPOSITORY, 'e2e', 'fixtures', 'hearing-12min.opus');
    const typing = [{ at: '[00:0', type: '\u0003' }];
    const { screen, status } = await onTerminal(home, ['transcribe', hearing, '--out', 'stopped'], typing);
    expect(status).toBe(130);
    expect(screen).toContain('Stopping. What is finished is kept');
    expect(screen).toContain('marked incomplete');
    expect(screen.lastIndexOf(SHOW_CURSOR)).toBeGreaterThan(screen.lastIndexOf(HIDE_CURSOR));
    expect(home.names('stopped')).toEqual(['hearing-12min.docx', 'hearing-12min.txt']);
  });

  it('Ctrl+C pressed twice ends at once, and what it leaves is swept by the next command', async () => {
    const hearing = join(REPOSITORY, 'e2e', 'fixtures', 'hearing-12min.opus');
    const typing = [
      { at: '[00:0', type: '\u0003' },
      { at: 'Stopping.', type: '\u0003' },
    ];
    const { screen, status } = await onTerminal(home, ['transcribe', hearing, '--out', 'twice'], typing);
    expect(status).toBe(130);
    expect(screen.lastIndexOf(SHOW_CURSOR)).toBeGreaterThan(screen.lastIndexOf(HIDE_CURSOR));
    await home.run(['transcribe', 'gone.wav']);
    expect(home.ephemeralVaults()).toEqual([]);
  });

  it('a vault is made with a passphrase that is not shown and a key that is typed back', async () => {
    const typing = [
      { at: 'New passphrase (at least 10 characters): ', type: `${PASSPHRASE}\r` },
      { at: 'The same once more: ', type: `${PASSPHRASE}\r` },
      { at: 'back: ', type: 'WRONG\r' },
      { at: 'back: ', type: (screen: string) => `${groupAskedFor(screen).toLowerCase()}\r` },
      { at: 'back: ', type: (screen: string) => `${groupAskedFor(screen)}\r` },
    ];
    const { screen, status } = await onTerminal(home, ['vault', 'init', 'vault'], typing);
    expect(status).toBe(0);
    expect(screen).toMatch(/Fair: guessing|Weak: whoever takes/);
    expect(screen).toContain('Four or more words');
    expect(screen).toContain('That is not what stands there. Look again.');
    expect(screen).toContain(`The vault is ready in ${home.path('vault')}`);
    expect(screen).not.toContain(PASSPHRASE);

    const open = [{ at: 'Passphrase of the vault: ', type: `${PASSPHRASE}\r` }];
    const list = await onTerminal(home, ['recordings', 'list', '--vault', 'vault'], open);
    expect(list.status).toBe(0);
    expect(list.screen).toContain('There are no recordings in this vault yet.');
    expect(list.screen).not.toContain(PASSPHRASE);
  });

  it('a prompt that is interrupted ends the command, and makes no vault', async () => {
    const typing = [
      { at: 'characters): ', type: `${PASSPHRASE}\r` },
      { at: 'once more: ', type: `${PASSPHRASE}\r` },
      { at: 'back: ', type: '\u0003' },
    ];
    const stopped = await onTerminal(home, ['vault', 'init', 'never'], typing);
    expect(stopped.status).toBe(130);
    expect(stopped.screen).toContain('Interrupted before anything was done.');
    expect(home.names()).not.toContain('never');
    const prompt = [{ at: 'vault: ', type: '\u0003' }];
    expect((await onTerminal(home, ['recordings', 'list', '--vault', 'vault'], prompt)).status).toBe(130);
  });

  it('erasing asks for the number of recordings to be typed', async () => {
    home.write('pass.txt', PASSPHRASE);
    const open = ['--vault', 'vault', '--passphrase-file', 'pass.txt'];
    const [name = ''] = home.names().filter((file) => file.endsWith('.wav'));
    const { stdout } = await home.run(['recordings', 'import', name, ...open]);
    const erase = ['recordings', 'erase', stdout.slice(0, 8), ...open];
    const wrong = await onTerminal(home, erase, [{ at: '(1) to go on: ', type: '2\r' }]);
    expect(wrong.status).toBe(1);
    expect(wrong.screen).toContain('so nothing was done');
    const right = await onTerminal(home, erase, [{ at: '(1) to go on: ', type: '1\r' }]);
    expect(right.status).toBe(0);
    expect(right.screen).toContain('erased');
  });
});
