import { execFileSync } from 'node:child_process';
import { openSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { temporaryFolder, written } from '../testing/media-fixtures.ts';
import { expandInputs } from './expand-inputs.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

const SCRIPT = `import('${import.meta.resolve('./expand-inputs.ts')}').then(async ({ expandInputs }) => {
  const { inputs } = await expandInputs(process.argv.slice(1));
  console.log(JSON.stringify(inputs.map(({ path, error }) => [path, error?.code ?? null])));
});`;

/** How a command resolves these names, with this standard input. */
function taken(names: readonly string[], stdin: number | 'pipe'): [path: string, code: string | null][] {
  const output = execFileSync(process.execPath, ['-e', SCRIPT, '--', ...names], {
    stdio: [stdin, 'pipe', 'inherit'],
    ...(stdin === 'pipe' ? { input: 'sound' } : {}),
  });
  return JSON.parse(output.toString());
}

describe.skipIf(process.platform === 'win32')('what is no file', () => {
  test('a pipe with a name is told at once, without waiting for anybody to write', async () => {
    const pipe = join(folder.path, 'call.wav');
    execFileSync('mkfifo', [pipe]);
    const {
      inputs: [input],
    } = await expandInputs([pipe]);
    expect(input).toMatchObject({ path: pipe, error: { code: 'file.pipe' } });
  });

  test('devices are told too, and a folder with an ending is a folder', async () => {
    const inner = join(folder.path, 'folder.wav');
    await mkdir(inner);
    const recording = await written(inner, 'a.ulaw', 'x');
    const { inputs } = await expandInputs(['/dev/null', '/dev/zero', inner]);
    expect(inputs).toMatchObject([
      { error: { code: 'file.notRegular' } },
      { error: { code: 'file.notRegular' } },
      { path: recording, error: null },
    ]);
  });
});

describe.runIf(process.platform === 'linux')('standard input', () => {
  test('that is a pipe is called one', () => {
    expect(taken(['-', '/dev/stdin', '/dev/fd/0'], 'pipe')).toEqual([
      ['-', 'file.pipe'],
      ['/dev/stdin', 'file.pipe'],
      ['/dev/fd/0', 'file.pipe'],
    ]);
  });

  test('that is a file is that file', async () => {
    const path = await written(folder.path, 'call.sln', 'sound');
    expect(taken(['-', '/dev/stdin'], openSync(path, 'r'))).toEqual([[path, null]]);
  });
});
