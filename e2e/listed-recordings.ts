import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningApp } from './running-app.ts';
import { chooseRuntime, executableOf, REPOSITORY } from './runtime.ts';
import { PASSPHRASE } from './vault-fixture.ts';

/** The SHA-256 of a recording's original, as the command line lists it. The app must have ended. */
export async function recordingSha256(app: RunningApp, recordingId: string): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'vs-'));
  const passphrase = join(folder, 'passphrase.txt');
  await writeFile(passphrase, PASSPHRASE);
  const { PATH, HOME } = process.env;
  const { stdout, stderr } = spawnSync(
    executableOf(chooseRuntime()),
    [REPOSITORY, 'recordings', 'list', '--json', '--vault', app.vaultFolder, '--passphrase-file', passphrase],
    { encoding: 'utf8', env: { PATH, HOME, LANG: 'en_US.UTF-8', VOICESYNC_HOME: folder } },
  );
  await rm(folder, { recursive: true, force: true });
  if (stdout === '') throw new Error(`Nothing was listed: ${stderr}`);
  const { recordings } = JSON.parse(stdout) as { recordings: { recordingId: string; sha256: string }[] };
  return recordings.find((one) => one.recordingId === recordingId)?.sha256;
}
