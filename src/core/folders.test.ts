import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataFolder, ephemeralVaultsFolder, modelsFolder, resourcesFolder } from './folders.ts';

describe('dataFolder', () => {
  const home = join('/', 'home', 'ana');

  it('follows each platform’s custom', () => {
    expect(dataFolder({ env: {}, platform: 'linux', home })).toBe(join(home, '.local/share/voicesync'));
    expect(dataFolder({ env: { XDG_DATA_HOME: '/data' }, platform: 'linux', home })).toBe(
      join('/data', 'voicesync'),
    );
    expect(dataFolder({ env: {}, platform: 'darwin', home })).toBe(
      join(home, 'Library/Application Support/VoiceSync'),
    );
    expect(dataFolder({ env: { APPDATA: '/roaming' }, platform: 'win32', home })).toBe(
      join('/roaming', 'VoiceSync'),
    );
  });

  it('gives way to VOICESYNC_HOME everywhere', () => {
    const env = { VOICESYNC_HOME: '/elsewhere', XDG_DATA_HOME: '/data', APPDATA: '/roaming' };
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      expect(modelsFolder({ env, platform, home })).toBe(join('/elsewhere', 'models'));
      expect(ephemeralVaultsFolder({ env, platform, home })).toBe(join('/elsewhere', 'ephemeral'));
    }
  });
});

describe('resourcesFolder', () => {
  it('is the repository’s in development, where the speech model lies', () => {
    expect(existsSync(join(resourcesFolder(), 'models', 'ggml-base-q8_0.bin'))).toBe(true);
  });

  it('stays the repository’s when Electron runs unpackaged code', () => {
    expect(resourcesFolder(join('/', 'repo', 'out', 'main'), '/electron/resources')).toBe(
      join('/', 'repo', 'resources'),
    );
  });

  it('is Electron’s in a packaged app', () => {
    const code = join('/', 'opt', 'VoiceSync', 'resources', 'app.asar', 'out', 'main');
    expect(resourcesFolder(code, '/opt/VoiceSync/resources')).toBe('/opt/VoiceSync/resources');
  });
});
