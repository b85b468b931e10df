import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bringFixtureModel } from './fixture-model.ts';
import { chooseRuntime, executableOf, REPOSITORY } from './runtime.ts';
import { expect, fixtureFile, PASSPHRASE, test } from './vault-fixture.ts';

const SENTENCE = 'My name is Laura and I am a driver.';

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the built app with a command, on a machine without a display. */
function start(home: string, args: readonly string[]): ChildProcess {
  const { PATH, HOME } = process.env;
  return spawn(executableOf(chooseRuntime()), [REPOSITORY, ...args], {
    cwd: home,
    env: { PATH, HOME, LANG: 'en_US.UTF-8', VOICESYNC_HOME: join(home, 'data') },
    // A process group of its own, as a shell makes for a command.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function end(child: ChildProcess, whenWritten: (stdout: string) => void = () => undefined) {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    whenWritten(stdout);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, stdout, stderr } satisfies Ended;
}

const run = (home: string, ...args: string[]) => end(start(home, args));

test.describe('the command line of the built app', () => {
  let home: string;
  test.beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'vs-'));
    await bringFixtureModel(join(home, 'data'));
  });
  test.afterEach(() => rm(home, { recursive: true, force: true }));

  test('transcribes without a display and leaves nothing of a window', async () => {
    test.setTimeout(120_000);
    const done = await run(
      home,
      'transcribe',
      fixtureFile('phone-8k.wav'),
      '--out',
      'out',
      '--language',
      'en',
    );
    expect(done.status).toBe(0);
    expect(done.stdout).toContain(SENTENCE);
    expect(done.stdout).toMatch(/^(\[00:\d\d\] .+\n)+$/);
    expect(done.stderr).toContain(`Written: ${join(home, 'out', 'phone-8k.docx')}`);
    expect((await readdir(join(home, 'out'))).sort()).toEqual(['phone-8k.docx', 'phone-8k.txt']);
    expect(await readFile(join(home, 'out', 'phone-8k.txt'), 'utf8')).toContain(SENTENCE);
    expect((await readdir(join(home, 'data'))).sort()).toEqual(['ephemeral', 'logs', 'models']);
  });

  test('answers questions, and refuses what it does not understand', async () => {
    test.setTimeout(120_000);
    const help = await run(home, '--help');
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toMatch(/^Usage: voicesync/);
    const wrong = await run(home, 'transcribe', 'a.wav', '--nonsense');
    expect(wrong).toMatchObject({ status: 2, stdout: '' });
    expect(wrong.stderr).toContain('there is no option --nonsense');
    const mistyped = await run(home, 'transcrib', 'a.wav');
    expect(mistyped.status).toBe(2);
    expect(mistyped.stderr).toContain('→ transcribe');
  });

  test('stops in order at Ctrl+C, and writes what is finished', async () => {
    test.setTimeout(120_000);
    const hearing = fixtureFile('hearing-12min.opus');
    const child = start(home, ['transcribe', hearing, '--out', 'out', '--language', 'en', '--format', 'txt']);
    let isSent = false;
    const stopped = await end(child, (stdout) => {
      if (isSent || !stdout.includes('\n')) return;
      isSent = true;
      // As a terminal does: to the whole process group.
      process.kill(-(child.pid ?? 0), 'SIGINT');
    });
    expect(stopped.status).toBe(130);
    expect(stopped.stderr).toContain('Interrupted. What was finished is written, and marked incomplete.');
    expect(await readFile(join(home, 'out', 'hearing-12min.txt'), 'utf8')).toContain('Incomplete');
  });
});

test('a vault that the window has open is in use, and the window stays as it is', async ({ app, gate }) => {
  test.setTimeout(120_000);
  const home = await mkdtemp(join(tmpdir(), 'vs-'));
  await mkdir(join(home, 'data'));
  await writeFile(join(home, 'passphrase.txt'), PASSPHRASE);
  const open = ['--vault', app.vaultFolder, '--passphrase-file', 'passphrase.txt'];
  const inUse = await run(home, 'recordings', 'list', ...open);
  expect(inUse).toMatchObject({ status: 3, stdout: '' });
  expect(inUse.stderr).toContain('This vault is already open');
  await app.relaunch();
  await gate.expectLocked();
  const listed = await run(home, 'recordings', 'list', ...open);
  expect(listed).toMatchObject({ status: 0 });
  await rm(home, { recursive: true, force: true });
});
