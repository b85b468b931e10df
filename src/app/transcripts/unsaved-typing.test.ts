import { expect, test } from 'vitest';
import { AppError } from '../../contract/errors.ts';
import type { UnsavedText } from '../../contract/views.ts';
import { mayLeave } from '../vault/leaving.ts';
import { UnsavedTyping } from './unsaved-typing.ts';

const HEARING = 'a hearing';
const LETTER = 'a letter';

function typed(...texts: string[]): UnsavedText {
  const runs = texts.map((text) => ({
    segments: [`s-${text}`],
    texts: [text],
    startMs: 0,
    letters: text.length,
  }));
  return { undoGroup: 'g', runs };
}

/** An editor whose disk is full until it is set to have space. */
function editorOnFullDisk() {
  const stored: string[] = [];
  const disk = {
    error: new AppError('disk.full', { neededBytes: null, freeBytes: null }) as AppError | null,
  };
  const edit = async (_id: string, _segments: readonly string[], texts: readonly string[]) => {
    if (disk.error !== null) throw disk.error;
    stored.push(...texts);
    return [];
  };
  return { unsaved: new UnsavedTyping({ edit }), stored, disk };
}

test('what a page shows is left to it; what no page shows any more is stored as soon as there is room', async () => {
  const { unsaved, stored, disk } = editorOnFullDisk();
  unsaved.keep(HEARING, typed('one', 'three'));
  unsaved.keep(LETTER, typed('two'));
  expect(unsaved.count).toEqual({ letters: 11, passages: 3 });
  unsaved.letGo(LETTER);
  expect(await unsaved.storeLeft()).toBe(false);
  disk.error = null;
  expect(await unsaved.storeLeft()).toBe(false);
  expect(stored).toEqual(['two']);
  expect(await unsaved.takeUp(HEARING)).toEqual(typed('one', 'three').runs);
  unsaved.letGo();
  expect(await unsaved.storeLeft()).toBe(true);
  expect(stored).toEqual(['two', 'one', 'three']);
  expect(unsaved.count).toBeNull();
});

test('a page that has stored everything leaves nothing, and a recording that was erased keeps nobody here', async () => {
  const { unsaved, disk } = editorOnFullDisk();
  unsaved.keep(HEARING, typed('one'));
  unsaved.keep(HEARING, typed());
  expect(unsaved.count).toBeNull();
  unsaved.keep(HEARING, typed('one'));
  disk.error = new AppError('recording.notFound', { id: HEARING });
  expect(await unsaved.store()).toBe(true);
});

test('leaving asks until it is stored, saved elsewhere or given up', async () => {
  const { unsaved, stored, disk } = editorOnFullDisk();
  const nowhere = async () => false;
  unsaved.keep(HEARING, typed('one'));
  expect(await mayLeave(unsaved, { ask: async () => 'stay', saveElsewhere: nowhere })).toBe(false);
  const problems: (string | null)[] = [];
  const answers = ['elsewhere', 'elsewhere', 'stay'] as const;
  const left = await mayLeave(unsaved, {
    ask: async (_count, problem) => {
      problems.push(problem?.code ?? null);
      return answers[problems.length - 1] ?? 'stay';
    },
    saveElsewhere: async () => {
      if (problems.length === 1) throw new AppError('file.noPermission', { file: '' });
      return false;
    },
  });
  expect(left).toBe(false);
  expect(problems).toEqual([null, 'file.noPermission', null]);
  expect(unsaved.count).not.toBeNull();
  const ask = async () => {
    disk.error = null;
    return 'again' as const;
  };
  expect(await mayLeave(unsaved, { ask, saveElsewhere: nowhere })).toBe(true);
  expect(stored).toEqual(['one']);
  unsaved.keep(HEARING, typed('two'));
  disk.error = new AppError('disk.failed', {});
  expect(await mayLeave(unsaved, { ask: async () => 'lose', saveElsewhere: nowhere })).toBe(true);
  expect(unsaved.count).toBeNull();
});
