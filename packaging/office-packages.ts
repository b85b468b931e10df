import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * `node packaging/office-packages.ts` removes from `node_modules` whatever the office's programs do not import, directly or by
 * another package, with what `package-lock.json` says: what is left is what its image needs.
 */

const REPOSITORY = join(import.meta.dirname, '..');

/** The office's command, from which its threads and its engine are found, too. */
const PROGRAM = 'src/office/program/main.ts';

/** Imports and exports in TypeScript, but for those of types alone, which are no more when it runs. */
const IMPORT =
  /(?:^|\n)(?:import|export)(?!\s+type\b)[^;'"`]*?from\s+'([^']+)'|(?:^|\n)import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g;

/** Threads and programs of their own are named so, relative to the file that starts them. */
const BY_URL = /new URL\(\s*'([^']+[.]ts)'/g;

interface LockedPackage {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly link?: boolean;
}

/** The lockfile's packages: by their folders, such as `node_modules/a/node_modules/b`. */
export type LockedPackages = Readonly<Record<string, LockedPackage>>;

/** Names of the packages that the office's programs import, in whatever file they come to. */
export function importedPackages(repository = REPOSITORY): Set<string> {
  const names = new Set<string>();
  const files = new Set([join(repository, PROGRAM)]);
  // What is added meanwhile is visited as well.
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const found = [...text.matchAll(IMPORT), ...text.matchAll(BY_URL)];
    for (const specifier of found.map((match) => match.slice(1).find((part) => part !== undefined) ?? '')) {
      if (specifier.startsWith('.')) files.add(join(dirname(file), specifier));
      else if (!specifier.startsWith('node:')) names.add(packageOf(specifier));
    }
  }
  return names;
}

/** Folders of these packages and of all that they need, each as Node would find it. Throws for one that is not locked. */
export function neededFolders(packages: LockedPackages, names: Iterable<string>): Set<string> {
  const needed = new Set<string>();
  const open: [from: string, name: string, isOptional: boolean][] = [...names].map((name) => [
    '',
    name,
    false,
  ]);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [from, name, isOptional] = next;
    const folder = foundFrom(packages, from, name);
    if (folder === null) {
      if (!isOptional) throw new Error(`${name} is not in package-lock.json`);
      continue;
    }
    if (needed.has(folder)) continue;
    needed.add(folder);
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } =
      packages[folder] ?? {};
    for (const name of Object.keys(dependencies ?? {})) open.push([folder, name, false]);
    for (const name of Object.keys(optionalDependencies ?? {})) open.push([folder, name, true]);
    for (const name of Object.keys(peerDependencies ?? {})) {
      // One that is optional and here for another program is not taken along.
      if (peerDependenciesMeta?.[name]?.optional !== true) open.push([folder, name, true]);
    }
  }
  return needed;
}

function foundFrom(packages: LockedPackages, from: string, name: string): string | null {
  for (let folder = from; ; ) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[place] !== undefined) return place;
    if (folder === '') return null;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')));
  }
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function removeOthers(): void {
  const { packages } = JSON.parse(readFileSync(join(REPOSITORY, 'package-lock.json'), 'utf8')) as {
    packages: LockedPackages;
  };
  const needed = neededFolders(packages, importedPackages());
  for (const folder of Object.keys(packages)) {
    // A folder within a removed one is gone already.
    if (!folder.startsWith('node_modules/') || needed.has(folder) || !existsSync(join(REPOSITORY, folder)))
      continue;
    rmSync(join(REPOSITORY, folder), { recursive: true });
  }
  for (const name of ['.bin', '.cache'])
    rmSync(join(REPOSITORY, 'node_modules', name), { recursive: true, force: true });
  process.stdout.write(`${needed.size} of ${Object.keys(packages).length} packages are left.\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) removeOthers();
