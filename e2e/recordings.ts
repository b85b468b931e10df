import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fixtureFile } from './vault-fixture.ts';

/** Cuts the beginning of a fixture into a WAV file of its own. */
export function cutRecording(fixture: string, seconds: number, folder: string): string {
  const cut = join(folder, `${fixture.replace(/\..*$/, '')}-${seconds}s.wav`);
  const { status, stderr } = spawnSync(
    'ffmpeg',
    ['-v', 'error', '-i', fixtureFile(fixture), '-t', String(seconds), '-ac', '1', '-ar', '16000', cut],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The recording could not be cut: ${stderr}`);
  return cut;
}
