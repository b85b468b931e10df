import { afterEach, describe, expect, it } from 'vitest';
import type { RecordingView } from '../../src/contract/views.ts';
import { clearArriving, hasArrived, useArriving, whileArriving } from './arriving.ts';
import { clearLibrary, takeLibrary, takeLibraryChange } from './library.ts';

const shown = () => useArriving.getState().files.map(({ name }) => name);
const recording = (id: string, name: string) => ({ id, name }) as RecordingView;

afterEach(() => {
  clearArriving();
  clearLibrary();
});

describe('what was just dropped', () => {
  it('is shown at once, models and folders are not', async () => {
    const answer = Promise.withResolvers<{ added: string[] }>();
    const done = whileArriving(
      ['a.wav', 'ggml-small.bin', 'court days', 'b.mp3'],
      null,
      () => answer.promise,
    );
    expect(shown()).toEqual(['a.wav', 'b.mp3']);
    answer.resolve({ added: [] });
    await done;
    expect(shown()).toEqual([]);
  });

  it('gives way to the row of its recording, before or after the answer', async () => {
    takeLibrary([]);
    await whileArriving(['a.wav', 'b.wav', 'bad.wav'], null, async () => {
      takeLibraryChange([recording('1', 'a.wav')], []);
      hasArrived('a.wav');
      expect(shown()).toEqual(['b.wav', 'bad.wav']);
      return { added: ['1', '2'] };
    });
    expect(shown()).toEqual(['b.wav', 'bad.wav']);
    takeLibraryChange([recording('2', 'b.wav')], []);
    expect(shown()).toEqual([]);
  });

  it('tells how many drops have not all their rows yet', async () => {
    takeLibrary([]);
    const answer = Promise.withResolvers<{ added: string[] }>();
    const folder = whileArriving(['court days'], null, () => answer.promise);
    await whileArriving(['a.wav'], null, async () => ({ added: [] }));
    expect(useArriving.getState().underWay).toBe(1);
    answer.resolve({ added: ['1'] });
    await folder;
    expect(useArriving.getState().underWay).toBe(1);
    takeLibraryChange([recording('1', 'b.wav')], []);
    expect(useArriving.getState().underWay).toBe(0);
  });

  it('goes where the drop failed', async () => {
    const failing = whileArriving(['a.wav'], null, () => Promise.reject(new Error('sealed')));
    await expect(failing).rejects.toThrow('sealed');
    expect(shown()).toEqual([]);
  });
});
