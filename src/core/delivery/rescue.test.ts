import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type ExportFormat, FULL_CONTENT } from '../../contract/document.ts';
import { exampleDocument, segmentOf } from '../export/testing/example-documents.ts';
import { installFault } from '../fault-points.ts';
import { temporaryFolder } from '../files/testing/temporary-folder.ts';
import { ephemeralNotes } from './export-notes.ts';
import { rescue } from './rescue.ts';
import { writeDocument } from './write-document.ts';

const TEXT = exampleDocument({ segments: [segmentOf('Nobody has heard this.', 0, 900)] });

afterEach(() => {
  installFault(null);
  vi.unstubAllEnvs();
});

/** A disk that refuses the n-th file and those after it. */
function refuseFrom(number: number): void {
  let written = 0;
  installFault((point) => {
    if (point === 'export.write' && ++written >= number)
      throw Object.assign(new Error('planted'), { code: 'EIO' });
  });
}

describe('a delivery that failed, of what no vault keeps', () => {
  function deliveryInto(folder: string) {
    const formats = ['txt' as const, 'srt' as const];
    return { folder, formats, timestamps: true, content: FULL_CONTENT, overwrite: true };
  }

  async function rescued(refuse: number, sourceFolder = temporaryFolder()) {
    const home = temporaryFolder();
    vi.stubEnv('VOICESYNC_HOME', home);
    const folder = temporaryFolder();
    const delivery = deliveryInto(folder);
    const notes = ephemeralNotes();
    const notesOf = (format: ExportFormat) => notes('job', format);
    refuseFrom(refuse);
    await expect(writeDocument(TEXT, delivery, { language: 'en', notesOf })).rejects.toThrow();
    return {
      home,
      folder,
      rescue: () =>
        rescue(TEXT, delivery, {
          language: 'en',
          notesOf,
          onWritten: () => undefined,
          sourcePath: join(sourceFolder, 'a.wav'),
        }),
    };
  }

  test('is kept in the folder for that, for its owner only', async () => {
    const { home, folder, rescue: take } = await rescued(1);
    installFault(null);
    // The USB stick is removed.
    rmSync(folder, { recursive: true });
    const paths = (await take())?.paths ?? [];
    expect(paths.map((path) => dirname(path))).toEqual([join(home, 'rescued'), join(home, 'rescued')]);
    expect(statSync(join(home, 'rescued')).mode & 0o777).toBe(0o700);
    for (const path of paths) expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(paths[0] ?? '', 'utf8')).toContain('Nobody has heard this.');
  });

  test('is completed by what is missing alone, and by nothing where nothing is', async () => {
    const { home, rescue: take } = await rescued(2);
    installFault(null);
    expect((await take())?.paths).toEqual([join(home, 'rescued', `${baseName}.srt`)]);
    const whole = await rescued(3).catch(() => null);
    expect(whole).toBeNull();
  });

  test('goes beside the recording where the home takes nothing', async () => {
    const beside = temporaryFolder();
    const { home, rescue: take } = await rescued(1, beside);
    installFault(null);
    writeFileSync(join(home, 'rescued'), 'no folder');
    const paths = (await take())?.paths ?? [];
    expect(paths.map((path) => dirname(path))).toEqual([beside, beside]);
  });

  test('is given as text where no place takes it', async () => {
    const { rescue: take } = await rescued(1);
    const result = await take();
    expect(result?.paths).toEqual([]);
    expect(result?.text).toContain('Nobody has heard this.');
  });
});

const baseName = exampleDocument().recording.name.replace(/\.[^.]+$/, '');
