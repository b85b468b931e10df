import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import type { PlaceKind, PlaceMeasure, PlaceSize, PlaceView, VAULT_PARTS } from '../../contract/places.ts';
import { added, folderSize } from '../../core/folder-size.ts';
import {
  dataFolder,
  ephemeralVaultsFolder,
  logsFolder,
  modelsFolder,
  rescueFolder,
  resourcesFolder,
  TEMPORARY_PREFIX,
} from '../../core/folders.ts';
import { freeBytes } from '../../core/free-space.ts';
import { DATABASE_NAME, INCOMING_NAME, OBJECTS_NAME } from '../../core/vault/vault-folder.ts';
import { appFolders, INTERFACE_NAME } from '../settings/app-folders.ts';
import { TAKEN_FOLDER } from '../watched-folders/taken-folder.ts';

/** What the list depends on. */
export interface PlacesParts {
  /** The vault's folder. */
  readonly vaultFolder: string;
  /** The folders of vaults that are no longer the app's. */
  readonly formerVaults: readonly string[];
  /** The paths of the folders that the open vault watches; none while it is locked. */
  readonly watched: readonly string[];
}

const ENCRYPTED: ReadonlySet<PlaceKind> = new Set(['vault', 'former', 'ephemeral', 'keychain']);

type Counts = (name: string) => boolean;

/** Every place where the app keeps something; the user's own watched folders last. Nothing is measured. */
export function places({ vaultFolder, formerVaults, watched }: PlacesParts): PlaceView[] {
  const { window, keychain } = appFolders();
  const place = (kind: PlaceKind, path: string, index = 0): PlaceView => ({
    key: index === 0 ? kind : `${kind}${index}`,
    kind,
    path,
    isThere: existsSync(path),
    isEncrypted: ENCRYPTED.has(kind),
  });
  const former = formerVaults.filter((path) => path !== vaultFolder);
  const rescued = [...new Set([rescueFolder(), join(dataFolder(), 'rescued')])];
  return [
    place('vault', vaultFolder),
    ...former.map((path, index) => place('former', path, index)),
    place('models', modelsFolder()),
    place('settings', join(window, `${INTERFACE_NAME}.json`)),
    place('browser', window),
    place('keychain', keychain),
    place('logs', logsFolder()),
    place('ephemeral', ephemeralVaultsFolder()),
    ...rescued.map((path, index) => place('rescued', path, index)),
    place('temporary', tmpdir()),
    place('program', resourcesFolder()),
    ...watched.map((path, index) => place('watched', path, index)),
  ];
}

/** The place that a key of `places` names. Throws `folder.gone` if it is none of them, as when a folder is no longer watched. */
export function placeNamed(all: readonly PlaceView[], key: string): PlaceView {
  const place = all.find((one) => one.key === key);
  if (place === undefined) throw new AppError('folder.gone', { folder: key });
  return place;
}

/** Measures a place: one file after the other, in the thread pool, so that nothing waits for it. */
export async function measurePlace({ kind, path }: PlaceView): Promise<PlaceMeasure> {
  const parts = kind === 'vault' ? await vaultParts(path) : [];
  const size =
    kind === 'vault' ? parts.reduce<PlaceSize>(added, { files: 0, bytes: 0 }) : await sizeOf(kind, path);
  return { ...size, parts, freeBytes: await roomAt(path) };
}

async function sizeOf(kind: PlaceKind, path: string): Promise<PlaceSize> {
  const isSettings: Counts = (name) => name.startsWith(`${INTERFACE_NAME}.`);
  switch (kind) {
    case 'settings':
      return await folderSize(dirname(path), isSettings);
    case 'browser':
      return await folderSize(
        path,
        (name) => !isSettings(name) && join(path, name) !== appFolders().keychain,
      );
    case 'temporary':
      return await folderSize(path, (name) => name.startsWith(TEMPORARY_PREFIX));
    case 'watched':
      return await watchedSize(path);
    default:
      return await folderSize(path);
  }
}

/** Of a watched folder counts what is looked at, not its subfolders, and what was moved once taken. */
async function watchedSize(path: string): Promise<PlaceSize> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  const looked = new Set(entries.filter((entry) => entry.isFile()).map(({ name }) => name));
  return await folderSize(path, (name) => looked.has(name) || name === TAKEN_FOLDER);
}

async function vaultParts(folder: string): Promise<PlaceMeasure['parts']> {
  const isDatabase: Counts = (name) => name.startsWith(DATABASE_NAME);
  const isOther: Counts = (name) => !isDatabase(name) && name !== OBJECTS_NAME && name !== INCOMING_NAME;
  const measured: readonly [(typeof VAULT_PARTS)[number], Promise<PlaceSize>][] = [
    ['sound', folderSize(join(folder, OBJECTS_NAME))],
    ['database', folderSize(folder, isDatabase)],
    ['incoming', folderSize(join(folder, INCOMING_NAME))],
    ['keys', folderSize(folder, isOther)],
  ];
  return await Promise.all(measured.map(async ([part, size]) => ({ part, ...(await size) })));
}

/** Free bytes on the disk of the nearest folder above that exists; null if the system does not tell. */
async function roomAt(path: string): Promise<number | null> {
  if (!existsSync(path) && dirname(path) !== path) return await roomAt(dirname(path));
  return await freeBytes(path).catch(() => null);
}
