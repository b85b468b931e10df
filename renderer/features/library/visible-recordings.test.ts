import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordingView } from '../../../src/contract/views.ts';
import { type Filter, NEWEST_FIRST, type Sorting } from '../../stores/list-views.ts';
import type { Scope } from '../../stores/navigation.ts';
import { exampleJob, exampleRecording } from '../../testing/example-recording.ts';
import { hasDoubts, passes, sortBy, VisibleList, visibleRecordings } from './visible-recordings.ts';

const recording = (id: string, values: Partial<RecordingView> = {}) =>
  exampleRecording({ id, name: id, ...values });

const names = new Map([
  ['m1', 'Alvarez'],
  ['m2', 'Brown'],
]);
const all = { kind: 'all' } as const;

const shownOf = (rows: RecordingView[], scope: Scope, filter: Filter, sorting: Sorting) =>
  visibleRecordings(rows, { scope, filter, sorting, matterNames: names });

describe('visibleRecordings', () => {
  it('puts numbers in names in their order', () => {
    const rows = ['part 10', 'part 2', 'Part 1'].map((name) => recording(name));
    const shown = shownOf(rows, all, 'all', { key: 'name', ascending: true });
    expect(shown.map(({ name }) => name)).toEqual(['Part 1', 'part 2', 'part 10']);
  });

  it('shows binned recordings in the bin alone, whatever the filter', () => {
    const rows = [recording('a', { binnedAtMs: 1, matterId: 'm1' }), recording('b', { matterId: 'm1' })];
    const ids = (scope: Scope) => shownOf(rows, scope, 'all', NEWEST_FIRST).map(({ id }) => id);
    expect(ids(all)).toEqual(['b']);
    expect(ids({ kind: 'matter', id: 'm1' })).toEqual(['b']);
    expect(shownOf(rows, { kind: 'bin' }, 'done', NEWEST_FIRST)).toHaveLength(1);
  });

  it('shows work in the order in which the queue takes it', () => {
    const rows = [
      recording('later', { job: exampleJob({ state: 'queued', position: 7 }), createdAtMs: 9 }),
      recording('now', { job: exampleJob({ state: 'running', position: 9 }) }),
      recording('next', { job: exampleJob({ state: 'queued', position: 3 }) }),
      recording('done', { job: exampleJob({ state: 'done' }) }),
    ];
    const shown = shownOf(rows, all, 'working', NEWEST_FIRST);
    expect(shown.map(({ id }) => id)).toEqual(['now', 'next', 'later']);
  });

  it('shows equal rows in the same order every time', () => {
    const rows = ['b', 'a', 'c'].map((id) => recording(id));
    const shown = (list: RecordingView[]) => shownOf(list, all, 'all', NEWEST_FIRST);
    expect(shown(rows)).toEqual(shown([...rows].reverse()));
  });
});

describe('VisibleList', () => {
  const sortings = [
    NEWEST_FIRST,
    { key: 'name', ascending: true },
    { key: 'language', ascending: false },
  ] as const;

  it('gives what sorting anew would give, whatever changes, comes or goes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...sortings),
        fc.constantFrom<Filter>('all', 'working', 'done'),
        fc.array(fc.record({ id: fc.nat(60), state: fc.constantFrom('gone', 'bin', 'queued', 'done') }), {
          minLength: 1,
          maxLength: 40,
        }),
        (sorting, filter, steps) => {
          const choice = { scope: all, filter, sorting, matterNames: names };
          const list = new VisibleList();
          let recordings = new Map(
            Array.from({ length: 40 }, (_, at) => [`r${at}`, recording(`r${at}`, { createdAtMs: at % 7 })]),
          );
          for (const { id: number, state } of steps) {
            const id = `r${number}`;
            recordings = new Map(recordings);
            if (state === 'gone') recordings.delete(id);
            else {
              const language = ['en', 'es', null][number % 3] ?? null;
              const binnedAtMs = state === 'bin' ? 1 : null;
              const working = exampleJob({
                state: state === 'queued' ? 'queued' : 'done',
                position: number,
                language,
              });
              recordings.set(id, recording(id, { binnedAtMs, job: working, name: `part ${number * 7}` }));
            }
            const { rows, ids } = list.take(recordings, choice);
            expect(rows).toEqual(visibleRecordings(recordings.values(), choice));
            expect(ids).toEqual(rows.map((row) => row.id));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps the array of ids while no row comes, goes or moves', () => {
    const list = new VisibleList();
    const choice = { scope: all, filter: 'all', sorting: NEWEST_FIRST, matterNames: names } as const;
    const recordings = new Map(['a', 'b', 'c'].map((id) => [id, recording(id)]));
    const before = list.take(recordings, choice);
    const after = list.take(new Map(recordings).set('b', recording('b', { name: 'other' })), choice);
    expect(after.rows.map(({ name }) => name)).toEqual(['a', 'other', 'c']);
    expect(after.ids).toBe(before.ids);
  });
});

describe('passes', () => {
  it('asks for attention where the user can do something', () => {
    expect(passes(recording('a', { job: exampleJob({ state: 'failed' }) }), 'attention')).toBe(true);
    const importFailure = { code: 'media.unreadable', details: { file: 'a' } } as const;
    const unread = recording('a', { state: 'importing', importFailure });
    expect([passes(unread, 'attention'), passes(unread, 'working')]).toEqual([true, false]);
    expect(passes(recording('a', { job: exampleJob({ languageProbability: 0.5 }) }), 'attention')).toBe(true);
    expect(passes(recording('a', { job: exampleJob({ languageProbability: 0.9 }) }), 'attention')).toBe(
      false,
    );
  });
});

describe('isDoubtful', () => {
  it('stands out under 80 %, and not where nothing was detected', () => {
    expect([0.79, 0.8, null, undefined].map(hasDoubts)).toEqual([true, false, false, false]);
  });
});

describe('sortBy', () => {
  it('turns the column round at the second click', () => {
    expect(sortBy(NEWEST_FIRST, 'added')).toEqual({ key: 'added', ascending: true });
    expect(sortBy(NEWEST_FIRST, 'name')).toEqual({ key: 'name', ascending: true });
  });
});
