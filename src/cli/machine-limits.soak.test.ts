import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CliHome, type CliResult, ended, MAIN, PHONE_CALL, REPOSITORY } from './testing/cli-home.ts';

// Each test runs the whole program, engine and all, several times.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const IS_ROOT = process.getuid?.() === 0;

/** Of util-linux: runs a command with private mounts. */
const UNSHARE = 'unshare';

/** Whether this user may create private mounts. */
const MAY_MOUNT = IS_ROOT && spawnSync(UNSHARE, ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

const NOBODY = 65_534;

const home = new CliHome();
beforeAll(async () => {
  await home.chooseDictationModel();
  await home.cut(PHONE_CALL, 6, 'call.wav');
  for (const folder of ['empty', 'small']) mkdirSync(home.path(folder));
});
afterAll(() => home[Symbol.dispose]());

/** Runs a shell script with private mounts; `$VOICESYNC` in it is the program. */
async function withMounts(script: string, env: Record<string, string> = {}): Promise<CliResult> {
  const program = `'${process.execPath}' '${MAIN}'`;
  const child = spawn(UNSHARE, ['-m', 'sh', '-euc', script.replaceAll('$VOICESYNC', program)], {
    cwd: home.folder,
    env: home.environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return await ended(child);
}

function expectSentence({ stdout, stderr }: CliResult, sentence: string): void {
  expect(stderr).toContain(sentence);
  expect(stdout + stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
}

describe.skipIf(!MAY_MOUNT)('where something is missing (needs root, to hide it)', () => {
  it('the speech engine: it says how to build it', async () => {
    const hide = `mount --bind empty '${join(REPOSITORY, 'native', 'build')}'`;
    const result = await withMounts(`${hide}; $VOICESYNC transcribe call.wav --out out`);
    expect(result.status).toBe(1);
    expectSentence(result, 'The speech engine has not been built on this computer yet.');
    const doctor = await withMounts(`${hide}; $VOICESYNC doctor`);
    expect(doctor.status).toBe(1);
    expect(doctor.stdout).toMatch(/^Speech engine +MISSING: .*npm run build:native/m);
    expect(doctor.stdout).toMatch(/^Decoder +ffmpeg \S/m);
    expect(home.names('out')).toEqual([]);
    expect(home.ephemeralVaults()).toEqual([]);
  });

  it('ffmpeg: it says how to install it', async () => {
    const hidden = ['@ffmpeg-installer', 'ffmpeg-static']
      .map(
        (name) =>
          `if [ -d '${REPOSITORY}/node_modules/${name}' ]; then mount --bind empty '${REPOSITORY}/node_modules/${name}'; fi`,
      )
      .join('; ');
    const result = await withMounts(`${hidden}; PATH=/nowhere; $VOICESYNC transcribe call.wav --out out`);
    expect(result.status).toBe(1);
    expectSentence(result, 'ffmpeg, is not on this computer. Install it');
    expect(home.ephemeralVaults()).toEqual([]);
  });
});

describe.skipIf(!MAY_MOUNT)('on a full disk (needs root, to mount a small one)', () => {
  const mount = (kilobytes: number) => `mount -t tmpfs -o size=${kilobytes}k tmpfs small`;

  it('the folder for transcripts: nothing is begun, and nothing is left', async () => {
    const fill = `${mount(256)}; $VOICESYNC transcribe call.wav --out small || status=$?; ls -A small; exit $status`;
    const result = await withMounts(fill);
    expect(result).toMatchObject({ status: 1, stdout: '' });
    expectSentence(result, 'The disk is full');
  });

  it('it fills up while the work runs: the words were shown, and no half a file is left', async () => {
    const script = `
      ${mount(2048)}
      $VOICESYNC transcribe call.wav --out small | while read -r line; do
        echo "$line"; cat /dev/zero > small/filler 2> /dev/null || true
      done
      ls -A small`;
    const result = await withMounts(script);
    expect(result.stdout).toContain('My name is Laura');
    expect(result.stdout.trimEnd().split('\n').at(-1)).toBe('filler');
    expectSentence(result, 'The disk is full');
    expect(result.stderr).toMatch(/call\.wav +failed/);
    expect(home.ephemeralVaults()).toEqual([]);
  });

  it('the data folder: it is said, and all goes well once there is room', async () => {
    const filled = `${mount(1024)}; cat /dev/zero > small/filler 2> /dev/null || true`;
    const env = { VOICESYNC_HOME: home.path('small', 'home') };
    for (const more of ['', 'rm small/filler;']) {
      const script = `${filled}; ${more} $VOICESYNC transcribe call.wav --out out || status=$?; find small -name 'ephemeral-*'; exit $status`;
      const result = await withMounts(script, env);
      expect(result).toMatchObject({ status: 1, stdout: '' });
      expectSentence(result, 'The disk is full');
    }
    const roomy = await withMounts(
      `mount -t tmpfs tmpfs small; $VOICESYNC transcribe call.wav --out out`,
      env,
    );
    expect(roomy.status).toBe(0);
    expect(readFileSync(home.path('out', 'call.txt'), 'utf8')).toContain('Laura');
  });
});

describe('without permission', () => {
  it('to read a recording, or to write a transcript, says so and does the rest', async () => {
    // Their own data folder: others cannot read root's.
    const theirs = { env: { VOICESYNC_HOME: home.path('theirs') }, ...(IS_ROOT ? { uid: NOBODY } : {}) };
    for (const folder of ['theirs', 'closed', 'mine']) mkdirSync(home.path(folder), { recursive: true });
    await home.cut(PHONE_CALL, 6, 'mine/locked.wav');
    await home.cut(PHONE_CALL, 6, 'closed/call.wav');
    chmodSync(home.folder, 0o755);
    chmodSync(home.path('mine/locked.wav'), 0o000);
    chmodSync(home.path('closed'), 0o555);
    if (IS_ROOT) for (const folder of ['theirs', 'mine']) chownSync(home.path(folder), NOBODY, NOBODY);

    const mine = ['transcribe', 'mine/locked.wav', 'call.wav', '--out', 'mine/out', '--format', 'txt'];
    const some = await home.run(mine, theirs);
    expect(some.status).toBe(1);
    expectSentence(some, `You are not allowed to open “${home.path('mine/locked.wav')}”.`);
    expect(home.names('mine', 'out')).toEqual(['call.txt']);

    for (const args of [
      ['closed/call.wav'],
      ['call.wav', '--out', 'closed'],
      ['call.wav', '--out', 'closed/new'],
    ]) {
      const result = await home.run(['transcribe', ...args], theirs);
      expect(result).toMatchObject({ status: 1, stdout: '' });
      expectSentence(result, 'Nothing can be saved in');
    }
    expect(home.names('theirs', 'ephemeral')).toEqual(['ephemeral.guard']);
    chmodSync(home.path('closed'), 0o755);
  });
});
