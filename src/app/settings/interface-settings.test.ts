import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { putDamagedAside, settingsIn, withChanges } from './interface-settings.ts';

describe('stored settings', () => {
  it('are those delivered where nothing, or nonsense, is stored', () => {
    const delivered = settingsIn(undefined);
    expect(delivered).toMatchObject({ theme: 'system', rewindMs: 800, shortcuts: {} });
    for (const stored of [null, 'x', 7, [], { theme: 3, shortcuts: 'x' }, { shortcuts: [['faster', []]] }]) {
      expect(settingsIn(stored)).toEqual(delivered);
    }
  });

  it('lose what was edited into something else, and nothing beside it', () => {
    const stored = {
      theme: 'dark',
      lockAfterMinutes: 'soon',
      shortcuts: {
        faster: ['F4', 'F9'],
        slower: ['f 3'],
        back: 'F1',
        noSuchAction: ['F5'],
        pause: ['hid:05f3:00ff:0:1'],
        loop: [],
      },
    };
    expect(settingsIn(stored)).toMatchObject({
      theme: 'dark',
      lockAfterMinutes: 15,
      shortcuts: { faster: ['F4', 'F9'], pause: ['hid:05f3:00ff:0:1'], loop: [] },
    });
    expect(Object.keys(settingsIn(stored).shortcuts)).toEqual(['faster', 'pause', 'loop']);
  });

  it('keep what a newer version has stored when they are changed', () => {
    const stored = { theme: 'dark', newer: 1, shortcuts: { newAction: ['F5'], faster: ['F9'] } };
    expect(withChanges(stored, { rewindMs: 0, theme: undefined })).toEqual({ ...stored, rewindMs: 0 });
    expect(withChanges(stored, { shortcuts: {} })).toEqual({ ...stored, shortcuts: { newAction: ['F5'] } });
  });

  it('are put aside whole where the file is damaged', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'vs-settings-')), 'interface.json');
    putDamagedAside(file);
    writeFileSync(file, '{"settings":{}}');
    putDamagedAside(file);
    expect(existsSync(file)).toBe(true);
    writeFileSync(file, '{"settings":{"shortcuts":{"faster":["F9');
    putDamagedAside(file);
    expect(existsSync(file)).toBe(false);
    expect(readFileSync(`${file}.damaged`, 'utf8')).toContain('F9');
  });
});
