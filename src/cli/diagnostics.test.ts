import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LogEntry } from '../contract/diagnostics.ts';
import { childrenOf } from '../core/engine/testing/processes.ts';
import { called } from './testing/called-command.ts';
import { CliHome, ended, PHONE_CALL } from './testing/cli-home.ts';

/** Part of names, folders, prompts and passphrases; the words spoken in the recording are listed beside it. */
const PLANTED = /villanueva|quiroz|sarah|passphrase 4711/i;

let home: CliHome;

beforeEach(async () => {
  home = new CliHome();
  await home.chooseDictationModel();
});
afterEach(() => home[Symbol.dispose]());

async function entries(): Promise<LogEntry[]> {
  const { status, stdout } = await called(home, ['doctor', 'log', '--json']);
  expect(status).toBe(0);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => LogEntry.parse(JSON.parse(line)));
}

async function events(): Promise<string[]> {
  return (await entries()).map(({ what }) => what.event);
}

describe('the diagnostic log of the command line', () => {
  test('tells of work and of failures, and no word of names, folders, prompts or text is in it', async () => {
    const recording = home.write('Villanueva contra Quiroz/Ana Villanueva.wav', readFileSync(PHONE_CALL));
    const text = home.write('Villanueva contra Quiroz/Quiroz.mp3', 'Villanueva said so.');
    const missing = home.path('Villanueva contra Quiroz', 'Quiroz (2).m4a');
    const passphrase = home.write('passphrase 4711.txt', 'passphrase 4711 of Quiroz\n');
    const vault = home.path('Quiroz vault');
    const secret = ['--vault', vault, '--passphrase-file', passphrase];
    const key = home.path('Villanueva away', 'key.txt');
    home.write('Villanueva away/.keep', '');
    const init = ['vault', 'init', vault, '--passphrase-file', passphrase, '--save-recovery-key', key];
    expect((await called(home, init)).status).toBe(0);
    const prompt = ['--prompt', 'Villanueva, Quiroz', '--language', 'en'];
    const out = ['--out', home.path('Quiroz out')];
    const run = await called(home, ['transcribe', recording, text, missing, ...prompt, ...out, ...secret]);
    expect(run.status).toBe(1);
    await called(home, ['transcribe', recording, '--vault', home.path('no vault of Quiroz')]);
    await called(home, ['recordings', 'export', 'Villanueva', '--out', home.path('Quiroz out'), ...secret]);

    const found = await entries();
    const told = found.map(({ what }) => what.event);
    for (const event of [
      'started',
      'engineReady',
      'jobStarted',
      'importEnded',
      'jobEnded',
      'commandFailed',
      'ended',
    ]) {
      expect(told).toContain(event);
    }
    const refused = found.flatMap(({ what }) => (what.event === 'fileRefused' ? [what.code] : []));
    expect(refused.sort()).toEqual(['file.notFound', 'media.text']);
    const report = home.path('report.txt');
    expect((await called(home, ['doctor', 'report', report])).stdout).toContain(report);
    const written = [
      readFileSync(home.path('home', 'logs', 'diagnostics.log'), 'utf8'),
      readFileSync(report, 'utf8'),
    ];
    for (const content of written) {
      expect(content).toContain('jobEnded');
      expect(content).not.toMatch(PLANTED);
      expect(content).not.toContain(home.folder);
    }
    // The search itself would match them.
    expect(readFileSync(join(home.path('Quiroz out'), 'Ana Villanueva.txt'), 'utf8')).toMatch(PLANTED);
  });

  test.runIf(process.platform === 'linux')(
    'tells by which signal the engine died, and that its job came through',
    async () => {
      const recording = home.write('Villanueva.wav', readFileSync(PHONE_CALL));
      const child = home.start(['transcribe', recording, '--json', '--language', 'en']);
      const outcome = ended(child);
      await new Promise<void>((resolve) => {
        const look = setInterval(() => {
          const [engine] = childrenOf(child.pid ?? 0, /engine\/main\.ts/);
          if (engine === undefined) return;
          clearInterval(look);
          process.kill(engine, 'SIGSEGV');
          resolve();
        }, 50);
      });
      expect((await outcome).status).toBe(0);
      const deaths = (await entries()).flatMap(({ what }) => (what.event === 'engineEnded' ? [what] : []));
      expect(deaths[0]).toMatchObject({ signal: 'SIGSEGV', exitCode: null, wasKilled: false });
    },
  );

  test('tells of an error that nobody foresaw by its class, and never by its message', async () => {
    const thrower = home.write(
      'thrower.mjs',
      `const timer = setInterval(() => {
        if (process.listenerCount('uncaughtException') === 0) return;
        clearInterval(timer);
        throw new TypeError('Villanueva in /home/quiroz');
      }, 5);`,
    );
    const { status, stderr } = await home.run(['doctor'], { env: { NODE_OPTIONS: `--import ${thrower}` } });
    expect(status).toBe(1);
    expect(stderr).toContain('Something unexpected went wrong inside VoiceSync.');
    const uncaught = (await entries()).flatMap(({ what }) => (what.event === 'uncaught' ? [what] : []));
    expect(uncaught).toMatchObject([{ where: 'command', kind: 'exception', error: { class: 'TypeError' } }]);
    expect(readFileSync(home.path('home', 'logs', 'diagnostics.log'), 'utf8')).not.toMatch(PLANTED);
  });

  test('can be switched off, and says so', async () => {
    await called(home, ['transcribe', home.path('Villanueva.wav')]);
    expect(await events()).toContain('ended');
    const off = await called(home, ['doctor', 'log', '--off']);
    expect(off.stdout).toBe('No log is kept. Keep one again with: voicesync doctor log --on\n');
    await called(home, ['transcribe', home.path('Villanueva.wav')]);
    expect(home.names('home', 'logs')).toEqual(['off']);
    const spanish = await called(home, ['doctor', 'log', '--on'], { env: { LANG: 'es_ES.UTF-8' } });
    expect(spanish.stdout).toBe(
      'Desde ahora se lleva un registro: códigos y números, ni nombres ni texto.\n',
    );
  });
});
