import { spawnSync } from 'node:child_process';
import { link, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { REPOSITORY } from './dependency-graph.ts';

/** The sentinel of Electron's fuses in its binary: version, count, and a digit for each follow it. */
const FUSE_MARK = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = 10;

/** A packaged app, read from its files. Paths are relative, with slashes. */
export interface PackagedApp {
  /** Files of the archive, those beside it among them. */
  readonly archived: readonly string[];
  /** Files beside the archive, which it only lists. */
  readonly unpacked: readonly string[];
  /** All files under `resources/`. */
  readonly resources: readonly string[];
  /** A digit for each of Electron's fuses: 0 for off, 1 for on. */
  readonly fuses: string;
  /** The content of a file inside the archive, or beside it. */
  read(path: string): Promise<string>;
  /**
   * Makes of it what Electron's stand-in can run, which reads no archives: the same files, the archive's in a folder of
   * its name. Returns the program that starts it.
   */
  makeRunnable(folder: string): Promise<string>;
}

/** What was found by way of the packaged app's window: `e2e/packaged-window.ts`. */
export interface PackagedWindow {
  /** The first screen's heading. */
  readonly firstHeading: string;
  readonly names: readonly string[];
  /** Sentences of the transcript in which the searched word is. */
  readonly hits: readonly string[];
  /** What the page shows in the end. */
  readonly shown: string;
  /** The end of the app's own path, and where its resources are. */
  readonly appPath: string;
  readonly resourcesPath: string;
}

type ArchiveEntry = {
  readonly files?: Record<string, ArchiveEntry>;
  readonly unpacked?: boolean;
  readonly offset?: string;
  readonly size?: number;
};

/** Packages `out/` for Linux into `folder`. Electron's binary is a stub that has nothing but its fuses. */
export async function packageInto(folder: string): Promise<PackagedApp> {
  const electron = join(folder, 'electron');
  await mkdir(electron, { recursive: true });
  await writeFile(
    join(electron, 'electron'),
    `${FUSE_MARK}\u0001${String.fromCharCode(FUSES)}${'1'.repeat(FUSES)}`,
    {
      mode: 0o755,
    },
  );
  const config = join(folder, 'electron-builder.yml');
  // Building every CPU variant takes long; the development build replaces them.
  const settings = await readFile(join(REPOSITORY, 'electron-builder.yml'), 'utf8');
  await writeFile(config, settings.replace('native/build/release', 'native/build/development'));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(REPOSITORY, 'node_modules/electron-builder/cli.js'),
      ...['--linux', 'dir', '--x64', '--publish', 'never', '--projectDir', REPOSITORY, '--config', config],
      `-c.electronDist=${electron}`,
      '-c.electronVersion=45.3.4',
      `-c.directories.output=${join(folder, 'dist')}`,
    ],
    { cwd: REPOSITORY, encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  if (status !== 0) throw new Error(`electron-builder failed.\n${stdout}${stderr}`);
  return await readPackage(join(folder, 'dist', 'linux-unpacked'));
}

async function readPackage(folder: string): Promise<PackagedApp> {
  const resources = await filesBelow(join(folder, 'resources'));
  const archive = await readFile(join(folder, 'resources', 'app.asar'));
  // A pickle in a pickle: the header's JSON begins at byte 16, its length is in the four before.
  const entries = flatten(JSON.parse(archive.toString('utf8', 16, 16 + archive.readUInt32LE(12))));
  const contentStart = 8 + archive.readUInt32LE(4);
  const executable = await readFile(join(folder, 'voicesync'), 'latin1');
  const fuses = executable.slice(executable.indexOf(FUSE_MARK) + FUSE_MARK.length + 2);
  const contentOf = (path: string) => {
    const { offset, size = 0 } = entries.get(path) ?? {};
    if (offset === undefined) throw new Error(`${path} is not inside the archive`);
    const start = contentStart + Number(offset);
    return archive.subarray(start, start + size);
  };
  return {
    archived: [...entries.keys()],
    unpacked: [...entries].filter(([, entry]) => entry.unpacked).map(([path]) => path),
    resources,
    fuses: fuses.slice(0, FUSES),
    read: async (path) =>
      entries.get(path)?.unpacked
        ? await readFile(join(folder, 'resources', 'app.asar.unpacked', path), 'utf8')
        : contentOf(path).toString('utf8'),
    makeRunnable: async (target) => {
      const put = async (path: string, make: (file: string) => Promise<void>) => {
        const file = join(target, 'resources', path);
        await mkdir(dirname(file), { recursive: true });
        await make(file);
      };
      for (const path of resources.filter((name) => !/^app\.asar($|\.unpacked\/)/.test(name))) {
        await put(path, (file) => link(join(folder, 'resources', path), file));
      }
      for (const [path, { unpacked }] of entries) {
        const beside = join(folder, 'resources', 'app.asar.unpacked', path);
        await put(join('app.asar', path), (file) =>
          unpacked ? link(beside, file) : writeFile(file, contentOf(path)),
        );
      }
      const program = join(target, 'voicesync');
      const standIn = join(REPOSITORY, 'e2e/stand-in/dist/electron');
      await writeFile(
        program,
        `#!/bin/sh\nexec '${standIn}' $STAND_IN_LOADS '${target}/resources/app.asar' "$@"\n`,
        {
          mode: 0o755,
        },
      );
      return program;
    },
  };
}

function flatten(folder: ArchiveEntry, prefix = ''): Map<string, ArchiveEntry> {
  return new Map(
    Object.entries(folder.files ?? {}).flatMap(([name, entry]) =>
      entry.files ? [...flatten(entry, `${prefix}${name}/`)] : [[`${prefix}${name}`, entry] as const],
    ),
  );
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll('\\', '/'));
}
