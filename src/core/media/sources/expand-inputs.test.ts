import { execFileSync } from 'node:child_process';
import { chmod, copyFile, link, mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { folderReadError } from '../../system-errors.ts';
import { temporaryFolder } from '../testing/media-fixtures.ts';
import { expandInputs } from './expand-inputs.ts';

const WAV = Buffer.from('RIFF\x10\x00\x00\x00WAVEfmt \x10\x00\x00\x00', 'latin1');

/** A folder of its own with these files, those whose names end in a slash being folders. */
async function made(...names: string[]): Promise<string> {
  const folder = await temporaryFolder();
  onTestFinished(() => folder.remove());
  for (const name of names) {
    const path = join(folder.path, name);
    await mkdir(name.endsWith('/') ? path : join(path, '..'), { recursive: true });
    if (!name.endsWith('/')) await writeFile(path, /\.(txt|pdf|tsx?)$/.test(name) ? 'words' : WAV);
  }
  return folder.path;
}

/** The result of expanding these, by paths from the folder: `name`, `name error`, `name = other`. */
async function seen(folder: string, ...named: string[]) {
  const { inputs, leftOut } = await expandInputs(named.map((name) => join(folder, name)));
  const from = (path: string) => relative(folder, path);
  const lists = Object.entries(leftOut).filter(([, paths]) => paths.length > 0);
  return {
    inputs: inputs.map(({ path, error, sameAs }) =>
      [from(path), error?.code, sameAs === null ? undefined : `= ${from(sameAs)}`].filter(Boolean).join(' '),
    ),
    leftOut: Object.fromEntries(lists.map(([kind, paths]) => [kind, paths.map(from).sort()])),
  };
}

describe('the recordings of a folder', () => {
  test('are found by one list, in any case, in natural order; of unclear names the content decides', async () => {
    const folder = await made(
      'in/10.QTA',
      'in/2.weba',
      'in/b/a.wav ',
      'in/REC0001',
      'in/notes.txt',
      'in/x.ts',
    );
    await writeFile(join(folder, 'in/go.mod'), 'module x\n');
    await writeFile(join(folder, 'in/clip.snd'), WAV);
    await writeFile(join(folder, 'in/README'), 'words');
    await writeFile(join(folder, 'in/app.sln'), '\ufeff\r\nMicrosoft Visual Studio Solution File');
    await writeFile(join(folder, 'in/call.sln'), Buffer.from([0, 1, 2, 0x80, 0xff, 3]));
    await writeFile(join(folder, 'in/house.vox'), 'VOX \x96\0\0\0');
    expect(await seen(folder, 'in')).toEqual({
      inputs: ['in/2.weba', 'in/10.QTA', 'in/b/a.wav ', 'in/call.sln', 'in/clip.snd', 'in/REC0001'],
      leftOut: {
        others: ['in/README', 'in/app.sln', 'in/go.mod', 'in/house.vox', 'in/notes.txt', 'in/x.ts'],
      },
    });
  });

  test('are not those of the system; hidden ones and what is no file are counted', async () => {
    const folder = await made(
      ...['in/a.wav', 'in/._a.wav', 'in/.DS_Store', 'in/Thumbs.db', 'in/desktop.ini', 'in/__MACOSX/._b.wav'],
      ...['in/.Trash-1000/files/c.wav', 'in/.bashrc', 'in/.secret.wav', 'in/.old/d.wav', 'in/.old/d.txt'],
    );
    execFileSync('mkfifo', [join(folder, 'in/live.wav')]);
    expect(await seen(folder, 'in')).toEqual({
      inputs: ['in/a.wav'],
      leftOut: { hidden: ['in/.old/d.wav', 'in/.secret.wav'], special: ['in/live.wav'] },
    });
  });

  test('are taken through links; circles end, and broken links are told', async () => {
    const folder = await made('in/a.wav', 'in/z/', 'far/c.wav', 'far/sub/d.wav');
    const links = { self: '.', up: '..', far: '../far', 'far/back': '../in', round: 'round.wav' };
    for (const [name, target] of Object.entries(links)) await symlink(target, join(folder, 'in', name));
    await symlink('round', join(folder, 'in/round.wav'));
    await symlink('/nowhere/b.wav', join(folder, 'in/latest'));
    await symlink('../a.wav', join(folder, 'in/z/a2.wav'));
    await symlink('/nowhere', join(folder, 'in/lock'));
    expect(await seen(folder, 'in')).toEqual({
      inputs: [
        'in/a.wav',
        'in/far/c.wav',
        'in/far/sub/d.wav',
        'in/latest file.brokenLink',
        'in/round file.brokenLink',
        'in/round.wav file.brokenLink',
        'in/z/a2.wav = in/a.wav',
      ],
      leftOut: { others: ['in/lock'], upward: ['in/far/back', 'in/self', 'in/up'] },
    });
  });

  test('are all read but those of a folder that may not be opened, which is named', async () => {
    const folder = await made('in/a.wav', 'in/b/closed/x.wav', 'in/c/d.wav');
    const closed = join(folder, 'in/b/closed');
    await chmod(closed, 0o000);
    await chmod(folder, 0o755);
    const restore = asNobody();
    const found = await seen(folder, 'in', 'in/b/closed').finally(restore);
    await chmod(closed, 0o700);
    expect(found.inputs).toEqual(['in/a.wav', 'in/b/closed folder.noPermission', 'in/c/d.wav']);
  });

  test('are all read but what lies too deep for a path', async () => {
    const folder = await made('in/a.wav');
    const deep = async (at: string) => {
      const way = join(folder, at, ...Array.from({ length: 12 }, () => 'd'.repeat(200)));
      await mkdir(way, { recursive: true });
      return way;
    };
    const way = await deep('in/z');
    await writeFile(join(await deep('other'), 'x.wav'), WAV);
    await rename(join(folder, 'other'), join(way, 'other'));
    onTestFinished(() => void execFileSync('rm', ['-rf', join(folder, 'in')]));
    const { inputs } = await expandInputs([join(folder, 'in')]);
    expect(inputs.map(({ path, error }) => [basename(path).slice(0, 5), error?.code])).toEqual([
      ['a.wav', undefined],
      ['ddddd', 'file.pathTooLong'],
    ]);
  });

  test.runIf(process.platform === 'linux')('with names of another encoding are told, each', async () => {
    const folder = await made('in/é.wav', 'in/\ufffd.wav');
    const raw = (name: string) => Buffer.concat([Buffer.from(`${folder}/in/`), Buffer.from(name, 'latin1')]);
    for (const name of ['é.wav', 'è.wav', 'è.pdf', 'á']) await writeFile(raw(name), WAV);
    await mkdir(raw('carpeta ñ'));
    const { inputs, leftOut } = await seen(folder, 'in');
    expect(inputs.toSorted()).toEqual(
      [
        'in/é.wav',
        'in/\ufffd.wav',
        ...['é.wav', 'è.wav', 'á', 'carpeta ñ'].map((name) => `in/${name} file.nameUnusable`),
      ].toSorted(),
    );
    expect(leftOut).toEqual({ others: ['in/è.pdf'] });
  });

  test('that hold none are told, unless what they hold was found before', async () => {
    const folder = await made('none/notes.txt', 'in/sub/a.wav', 'only/');
    await symlink('../in', join(folder, 'only/in'));
    expect(await seen(folder, 'none', 'in/sub', 'in', 'only', 'none')).toEqual({
      inputs: ['none folder.empty', 'in/sub/a.wav'],
      leftOut: { others: ['none/notes.txt'], again: ['only/in'] },
    });
  });
});

describe('one file', () => {
  test('is read under the first of its names, and the others are told', async () => {
    const folder = await made('a.wav', 'in/b.wav', 'copy.wav');
    await symlink('a.wav', join(folder, 'soft.wav'));
    await link(join(folder, 'a.wav'), join(folder, 'in/hard.wav'));
    await copyFile(join(folder, 'a.wav'), join(folder, 'copy.wav'));
    const named = ['soft.wav', 'a.wav', './in/../a.wav', 'in', 'in/b.wav', 'copy.wav'];
    expect((await seen(folder, ...named)).inputs).toEqual([
      'soft.wav',
      'a.wav = soft.wav',
      'in/b.wav',
      'in/hard.wav = soft.wav',
      'copy.wav',
    ]);
  });

  test('that is named itself is taken whatever it is; a link that leads nowhere is told as one', async () => {
    const folder = await made('notes.txt', '.hidden.wav');
    await symlink('gone.wav', join(folder, 'broken.wav'));
    expect((await seen(folder, 'notes.txt', '.hidden.wav', 'missing.wav', 'broken.wav')).inputs).toEqual([
      'notes.txt',
      '.hidden.wav',
      'missing.wav',
      'broken.wav file.brokenLink',
    ]);
  });
});

test.each([
  ['EACCES', 'folder.noPermission'],
  ['ENOENT', 'folder.gone'],
  ['EIO', 'folder.unreadable'],
  ['ESTALE', 'folder.unreadable'],
  ['ELOOP', 'folder.unreadable'],
  ['EMFILE', 'folder.unreadable'],
])('a folder that answers %s is told as %s', (systemCode, code) => {
  const error = Object.assign(new Error('from the system'), { code: systemCode });
  expect(folderReadError(error, '/media/stick/day 1')).toMatchObject({
    code,
    details: { folder: '/media/stick/day 1' },
  });
});

/** Drops root's privileges, if this is root, until the returned function is called. */
function asNobody(): () => void {
  if (process.getuid?.() !== 0) return () => undefined;
  process.seteuid?.(65_534);
  return () => process.seteuid?.(0);
}
