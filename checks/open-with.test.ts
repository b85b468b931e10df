import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { HAND_OVER_ENDING } from '../src/core/hand-over/hand-over-file.ts';
import { namedAs } from '../src/core/media/sources/recording-endings.ts';
import { REPOSITORY } from './dependency-graph.ts';

const read = (file: string) => readFile(join(REPOSITORY, file), 'utf8');

it('opens with VoiceSync what is a recording by its name, on every system the same', async () => {
  const { linux, mac, win } = parse(await read('electron-builder.yml'));
  type Association = { ext: string[]; rank: string };
  const associations: Association[] = linux.fileAssociations;
  const endings = associations.flatMap(({ ext }) => ext);
  const isRecording = (ending: string) => namedAs(`a.${ending}`) === 'recording';
  expect(endings.filter((ending) => !isRecording(ending))).toEqual([HAND_OVER_ENDING.slice(1)]);
  expect(endings).toEqual([...new Set(endings)]);
  expect(endings).toEqual(expect.arrayContaining(['wav', 'mp3', 'm4a', 'opus', 'mp4', 'mov', 'dss']));
  expect(mac.fileAssociations).toEqual(associations);
  // On Windows these would make it the usual program for recordings.
  expect(win.fileAssociations).toBeUndefined();
  const registered = [...(await read('packaging/open-with.nsh')).matchAll(/SupportedTypes" "\.(\w+)"/g)];
  expect(registered.map(([, ending]) => ending)).toEqual(endings);
  // Nobody's player is replaced; a matter that is handed over is the program's own.
  for (const { ext, rank } of associations) {
    expect(rank, ext.join()).toBe(ext.every(isRecording) ? 'Alternate' : 'Owner');
  }
});
