import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { REPOSITORY } from '../runtime.ts';
import { fixtureFile } from '../vault-fixture.ts';
import { expect, test } from './only-electron.ts';

/** The program below `VOICESYNC_PACKAGED`, the folder that `npm run package` writes; null if there is none. */
function packagedProgram(): string | null {
  const { VOICESYNC_PACKAGED: folder } = process.env;
  if (folder === undefined) return null;
  const inside = {
    linux: 'voicesync',
    win32: 'VoiceSync.exe',
    darwin: 'VoiceSync.app/Contents/MacOS/VoiceSync',
  };
  const name = inside[process.platform as keyof typeof inside];
  const dist = resolve(REPOSITORY, folder);
  const programs = readdirSync(dist)
    .map((one) => join(dist, one, name))
    .filter((one) => existsSync(one));
  return programs[0] ?? null;
}

const program = packagedProgram() ?? '';
test.skip(program === '', 'Run `npm run package`, and set VOICESYNC_PACKAGED=dist.');

let home: string;
test.beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'vs-'));
});
test.afterEach(() => rm(home, { recursive: true, force: true }));

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const own = { ...process.env, LANG: 'en_US.UTF-8', VOICESYNC_HOME: join(home, 'data'), ...env };
  return spawnSync(program, args, { cwd: home, encoding: 'utf8', timeout: 240_000, env: own });
}

test('the fuses are set in the binary, and hold', () => {
  const asNode = run(['--eval', 'console.log("RAN AS NODE")'], { ELECTRON_RUN_AS_NODE: '1' });
  expect(asNode.stdout).not.toContain('RAN AS NODE');
  const options = run(['--version'], { NODE_OPTIONS: `--require ${join(home, 'missing.cjs')}` });
  expect(options.stderr).not.toContain('missing.cjs');
  for (const argument of ['--inspect', '--remote-debugging-port=0', '--no-sandbox']) {
    expect([argument, run([argument]).status]).toEqual([argument, 2]);
  }
});

test('the command line transcribes without a display: archive, threads, engine and ffmpeg', async () => {
  test.setTimeout(300_000);
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const done = spawnSync(
    program,
    ['transcribe', fixtureFile('phone-8k.wav'), '--out', 'out', '--language', 'en'],
    {
      cwd: home,
      encoding: 'utf8',
      timeout: 240_000,
      env: { ...env, VOICESYNC_HOME: join(home, 'data') },
    },
  );
  expect(done.stderr).toContain('Written: ');
  expect(done.status).toBe(0);
  expect(await readFile(join(home, 'out/phone-8k.txt'), 'utf8')).toMatch(/Laura.*driver/);
});

test('nothing goes out of the packaged program, its engine and ffmpeg', () => {
  test.setTimeout(120_000);
  const { status, stdout } = run(['doctor', 'privacy', '--json']);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ ok: true });
});

test('the deb links the command, and lists the program under "Open with"', async () => {
  const dist = resolve(REPOSITORY, process.env.VOICESYNC_PACKAGED ?? '');
  const deb = readdirSync(dist).find((name) => name.endsWith('.deb'));
  test.skip(deb === undefined, 'Only Linux packages a deb.');
  spawnSync('dpkg-deb', ['--raw-extract', join(dist, deb ?? ''), home]);
  const script = await readFile(join(home, 'DEBIAN/postinst'), 'utf8');
  expect(script).toContain("'/usr/bin/voicesync'");
  const entry = await readFile(join(home, 'usr/share/applications/voicesync.desktop'), 'utf8');
  expect(entry).toMatch(/^MimeType=.*audio\/mpeg/m);
  expect(entry).toMatch(/^Exec=\/opt\/VoiceSync\/voicesync %[UF]$/m);
});
