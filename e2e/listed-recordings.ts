import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningApp } from './running-app.ts';
import { chooseRuntime, executableOf, REPOSITORY } from './runtime.ts';
import { PASSPHRASE } from './vault-fixture.ts';

/** The SHA-256 of a recording's original, as the command line lists it. The app must have ended. */
export async function recordingSha256(app: RunningApp, recordingId: string): Promise<string | undefined> {
  return await inFolder(async (folder) => {
    const stdout = await recordingsCommand(app, folder, ['list', '--json']);
    const { recordings } = JSON.parse(stdout) as { recordings: { recordingId: string; sha256: string }[] };
    return recordings.find((one) => one.recordingId === recordingId)?.sha256;
  });
}

/** A recording's original, as the command line exports it. The app must have ended. */
export async function originalOf(app: RunningApp, recordingId: string): Promise<Buffer> {
  return await inFolder(async (folder) => {
    const out = join(folder, 'out');
    await recordingsCommand(app, folder, ['export', recordingId, '--original', '--out', out]);
    const [name = ''] = await readdir(out);
    return await readFile(join(out, name));
  });
}

async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'vs-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What `voicesync recordings …` prints about the app's vault. */
async function recordingsCommand(app: RunningApp, folder: string, args: readonly string[]): Promise<string> {
  const passphrase = join(folder, 'passphrase.txt');
  await writeFile(passphrase, PASSPHRASE);
  const vault = ['--vault', app.vaultFolder, '--passphrase-file', passphrase];
  const { PATH, HOME } = process.env;
  const { stdout, stderr, status } = spawnSync(
    executableOf(chooseRuntime()),
    [REPOSITORY, 'recordings', ...args, ...vault],
    { encoding: 'utf8', env: { PATH, HOME, LANG: 'en_US.UTF-8', VOICESYNC_HOME: folder } },
  );
  if (status !== 0) throw new Error(`recordings ${args[0]} failed: ${stderr}`);
  return stdout;
}
