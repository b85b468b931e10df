import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FileOutcome } from '../app/jobs/file-outcomes.ts';
import { findInstallerFfmpeg } from '../core/media/find-ffmpeg.ts';
import { ModelStore } from '../core/models/model-store.ts';
import { chooseDictationModel } from '../core/models/testing/dictation-model.ts';
import { CliHome, type CliResult, PHONE_CALL } from './testing/cli-home.ts';
import { HARD_INPUTS, HardInputFolder, PIECE_SECONDS } from './testing/hard-inputs.ts';

/** Permissions do not apply to root. */
const NOBODY = process.getuid?.() === 0 ? 65_534 : null;

test('a folder of everything that people bring ends, with the right outcome for each of it', async () => {
  using home = new CliHome();
  const speech = await home.cut(PHONE_CALL, PIECE_SECONDS, 'speech.wav');
  const folder = new HardInputFolder(home.path('in'), (await findInstallerFfmpeg()).path, speech);
  for (const { name, make } of HARD_INPUTS) make(folder, name);
  home.write('in/notes.txt', 'What was agreed with the court.');
  const run = await asUser(home);

  const result = await run(['transcribe', 'in', '--out', 'out', '--format', 'txt', '--json', '--overwrite']);
  const { files, leftOut } = summaryOf(result);
  expect(Object.fromEntries(files.map((file) => [nameIn(folder.path, file), outcomeOf(file)]))).toEqual(
    Object.fromEntries(
      HARD_INPUTS.map(({ name, state, seconds, failure }) => [
        name,
        { state, seconds, failure, written: seconds === null ? 0 : 1 },
      ]),
    ),
  );
  expect(leftOut.others).toEqual([join(folder.path, 'notes.txt')]);
  expect(result.status).toBe(1);
  // No file of this run has replaced another.
  const written = files.flatMap(({ exports }) => exports);
  expect(home.names('out').map((name) => join(home.path('out'), name))).toEqual(written.toSorted());
  for (const path of written) expect(readFileSync(path, 'utf8'), path).toContain('Laura');

  // In text mode: every one by its name.
  const told = (await run(['transcribe', 'in', '--out', 'told', '--format', 'txt'])).stderr;
  for (const { name } of HARD_INPUTS) expect(told).toContain(name.slice(0, 40));
  expect(told).toContain('notes.txt');
});

/** Runs commands as a non-root user of this home, so that permissions apply. */
async function asUser(home: CliHome): Promise<(args: string[]) => Promise<CliResult>> {
  const env = { VOICESYNC_HOME: home.path('theirs') };
  await chooseDictationModel(new ModelStore(home.path('theirs', 'models')));
  if (NOBODY === null) return (args) => home.run(args, { env });
  execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, home.folder]);
  chmodSync(home.folder, 0o755);
  return (args) => home.run(args, { env, uid: NOBODY });
}

function summaryOf({ stdout }: CliResult): { files: FileOutcome[]; leftOut: { others: string[] } } {
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}

function nameIn(folder: string, { file }: FileOutcome): string {
  return file.slice(folder.length + 1);
}

function outcomeOf({ state, durationMs, failure, exports }: FileOutcome) {
  const seconds = durationMs === null ? null : Math.round(durationMs / 1000);
  return { state, seconds, failure: failure?.code ?? null, written: exports.length };
}
