import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../files/testing/temporary-folder.ts';
import { assertNotSynced, networkFileSystem, networkFuse, syncServiceByName } from './synced-folder.ts';

describe('a folder that is copied elsewhere', () => {
  test.each([
    ['/home/ana/Dropbox/cases', 'Dropbox'],
    ['/home/ana/Dropbox (Personal)/cases', 'Dropbox'],
    ['/home/ana/OneDrive/cases', 'OneDrive'],
    ['/home/ana/OneDrive - Kanzlei Muster/cases', 'OneDrive'],
    ['/Users/ana/Library/Mobile Documents/com~apple~CloudDocs/cases', 'iCloud'],
    ['/home/ana/iCloud Drive/cases', 'iCloud'],
    ['/home/ana/Google Drive/cases', 'Google Drive'],
    ['/Users/ana/Library/CloudStorage/Box-Box/cases', 'cloud storage'],
    ['/home/ana/Nextcloud/cases', 'Nextcloud'],
    ['/home/ana/Nextcloud2/cases', 'Nextcloud'],
    ['/home/ana/ownCloud/cases', 'ownCloud'],
    ['/home/ana/Dropbox complaint', null],
    ['/home/ana/my onedrive notes', null],
    ['/home/ana/cases', null],
  ])('%s is known by its name: %s', (folder, service) => {
    expect(syncServiceByName(folder)).toBe(service);
  });

  test.each([
    ['.dropbox.cache', 'Dropbox'],
    ['.849C9593-D756-4E56-8D6E-42412F2A707B', 'OneDrive'],
    ['.tmp.driveupload', 'Google Drive'],
    ['.nextcloudsync.log', 'Nextcloud'],
    ['.sync_0a1b2c3d4e5f.db', 'Nextcloud'],
    ['.owncloudsync.log', 'ownCloud'],
    ['.stfolder', 'Syncthing'],
  ])('is known by the marker %s in any folder above', async (marker, service) => {
    const parent = temporaryFolder();
    mkdirSync(join(parent, 'a'));
    await assertNotSynced(join(parent, 'a', 'b', 'vault'));
    writeFileSync(join(parent, marker), '');
    await expect(assertNotSynced(join(parent, 'a', 'b', 'vault'))).rejects.toMatchObject({
      code: 'vault.syncedFolder',
      details: { service },
    });
  });

  test('is known by its file system, also where the type comes signed', () => {
    expect(networkFileSystem(0x6969)).toBe('NFS');
    expect(networkFileSystem(0xff534d42)).toBe('SMB');
    expect(networkFileSystem(0xff534d42 | 0)).toBe('SMB');
    expect(networkFileSystem(0xef53)).toBeNull();
  });

  test('is known by the user-space file system that holds it', () => {
    const mounts = [
      '22 1 8:1 / / rw - ext4 /dev/sda1 rw',
      '40 22 0:50 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw',
      '41 22 0:51 / /home/ana/far\\040away rw shared:5 - fuse.sshfs ana@host: rw',
      '42 22 0:52 / /home/ana/safe rw - fuse.gocryptfs /x rw',
    ].join('\n');
    expect(networkFuse(mounts, '/run/user/1000/gvfs/smb-share:server=x/cases')).toBe('network share');
    expect(networkFuse(mounts, '/home/ana/far away/cases')).toBe('SSHFS');
    expect(networkFuse(mounts, '/home/ana/safe/cases')).toBeNull();
    expect(networkFuse(mounts, '/home/ana/cases')).toBeNull();
  });
});
