import { readdir, readFile, statfs } from 'node:fs/promises';
import { dirname, parse, sep } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { systemErrorCode } from '../system-errors.ts';
import { isWithin, resolveLinks } from './vault-folder.ts';

interface SyncService {
  readonly name: string;
  /** Matches the name of a folder in the vault's path. */
  readonly folder: RegExp | null;
  /** Matches the name of a file that the service keeps at the root of what it syncs. */
  readonly marker: RegExp | null;
}

const SERVICES: readonly SyncService[] = [
  { name: 'Dropbox', folder: /^Dropbox( \(.+\))?$/i, marker: /^\.dropbox\.cache$/ },
  {
    name: 'OneDrive',
    folder: /^OneDrive( ?- ?.+)?$/i,
    marker: /^\.849C9593-D756-4E56-8D6E-42412F2A707B$/,
  },
  { name: 'iCloud', folder: /^(iCloud ?Drive.*|Mobile Documents|com~apple~CloudDocs)$/i, marker: null },
  {
    name: 'Google Drive',
    folder: /^(Google ?Drive(-.+)?|DriveFS)$/i,
    marker: /^\.tmp\.drive(download|upload)$/,
  },
  { name: 'Nextcloud', folder: /^Nextcloud\d*$/i, marker: /^(\.nextcloudsync\.log|\._?sync_[0-9a-f]+\.db)$/ },
  { name: 'ownCloud', folder: /^ownCloud\d*$/i, marker: /^\.(owncloudsync\.log|OwnCloudSync\.db)$/ },
  { name: 'Syncthing', folder: null, marker: /^\.stfolder$/ },
  { name: 'cloud storage', folder: /^CloudStorage$/, marker: null },
];

/** Linux's f_type of file systems that are on another machine (statfs(2), linux/magic.h). */
const NETWORK_FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0x5346414f, 'AFS'],
  [0x6b414653, 'AFS'],
  [0x73757245, 'Coda'],
  [0x564c, 'NCP'],
  [0x00c36400, 'Ceph'],
]);

const FUSE = 0x65735546;

/** File systems in user space that show files of other machines, by their type in /proc/self/mountinfo. */
const NETWORK_FUSE: readonly { readonly type: RegExp; readonly name: string }[] = [
  { type: /^fuse\.gvfsd-fuse$/, name: 'network share' },
  { type: /^fuse\.sshfs$/, name: 'SSHFS' },
  { type: /^fuse\.rclone$/, name: 'rclone' },
  { type: /^fuse\.google-drive-ocamlfuse$/, name: 'Google Drive' },
  { type: /^fuse\.onedriver$/, name: 'OneDrive' },
  { type: /^fuse\.(s3fs|davfs2?|smbnetfs|glusterfs|ceph-fuse)$/, name: 'network file system' },
];

/**
 * Refuses a folder that a service syncs, or that is on another machine: throws `vault.syncedFolder`. The folder need
 * not exist yet. Detected by names in its path, by the services' marker files, and on Linux by the file system; a
 * service without such a trace is not detected.
 */
export async function assertNotSynced(folder: string): Promise<void> {
  const real = await resolveLinks(folder);
  const service = syncServiceByName(real) ?? (await findMarker(real)) ?? (await findNetwork(real));
  if (service !== null) throw new AppError('vault.syncedFolder', { folder, service });
}

/** The service that a folder in this path is named for, or null. */
export function syncServiceByName(folder: string): string | null {
  for (const name of folder.split(sep)) {
    const service = SERVICES.find((candidate) => candidate.folder?.test(name));
    if (service !== undefined) return service.name;
  }
  return null;
}

/** The network protocol behind a Linux file system type, as `statfs` returns it, or null for a local one. */
export function networkFileSystem(type: number): string | null {
  // Some architectures return the type as a signed number.
  return NETWORK_FILE_SYSTEMS.get(type >>> 0) ?? null;
}

/** The network file system of the FUSE mount that holds `folder`, or null; `mountInfo` is as proc(5) describes it. */
export function networkFuse(mountInfo: string, folder: string): string | null {
  let holder = { point: '', type: '' };
  for (const line of mountInfo.split('\n')) {
    const [before = '', after = ''] = line.split(' - ');
    const point = unescapeMountPoint(before.split(' ')[4] ?? '');
    const [type = ''] = after.split(' ');
    // Of mounts on the same point the later one is visible.
    if (point !== '' && isWithin(point, folder) && point.length >= holder.point.length)
      holder = { point, type };
  }
  return NETWORK_FUSE.find(({ type }) => type.test(holder.type))?.name ?? null;
}

function unescapeMountPoint(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

async function findMarker(folder: string): Promise<string | null> {
  for (const ancestor of withAncestors(folder)) {
    const names = await namesIn(ancestor);
    const service = SERVICES.find(({ marker }) => marker !== null && names.some((name) => marker.test(name)));
    if (service !== undefined) return service.name;
  }
  return null;
}

async function findNetwork(folder: string): Promise<string | null> {
  if (process.platform === 'win32') return folder.startsWith('\\\\') ? 'network' : null;
  if (process.platform !== 'linux') return null;
  for (const ancestor of withAncestors(folder)) {
    try {
      const type = (await statfs(ancestor)).type >>> 0;
      return type === FUSE
        ? networkFuse(await readFile('/proc/self/mountinfo', 'utf8'), ancestor)
        : networkFileSystem(type);
    } catch (error) {
      if (systemErrorCode(error) !== 'ENOENT') throw error;
    }
  }
  return null;
}

function* withAncestors(folder: string): Generator<string> {
  const { root } = parse(folder);
  for (let current = folder; ; current = dirname(current)) {
    yield current;
    if (current === root) return;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const code = systemErrorCode(error);
    // A folder that does not exist yet, or that may be traversed but not listed, shows no markers.
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EPERM' || code === 'ENOTDIR') return [];
    throw error;
  }
}
