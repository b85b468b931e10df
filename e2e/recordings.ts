import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fixtureFile } from './vault-fixture.ts';

/** Cuts the beginning of a fixture into a WAV file of its own. */
export function cutRecording(fixture: string, seconds: number, folder: string): string {
  return convert(fixture, join(folder, `${bareName(fixture)}-${seconds}s.wav`), ['-t', String(seconds)]);
}

/** A fixture spoken so fast that the sample model doubts some of what it hears. */
export function hurriedRecording(fixture: string, folder: string): string {
  return convert(fixture, join(folder, `${bareName(fixture)}-hurried.wav`), ['-filter:a', 'atempo=1.7']);
}

function convert(fixture: string, target: string, options: readonly string[]): string {
  const { status, stderr } = spawnSync(
    'ffmpeg',
    ['-v', 'error', '-i', fixtureFile(fixture), ...options, '-ac', '1', '-ar', '16000', target],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The recording could not be made: ${stderr}`);
  return target;
}

function bareName(fixture: string): string {
  return fixture.replace(/\..*$/, '');
}
