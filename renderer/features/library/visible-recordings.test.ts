import { describe, expect, it } from 'vitest';
import type { JobView, RecordingView } from '../../../src/contract/views.ts';
import { NEWEST_FIRST } from '../../stores/list-views.ts';
import { isDoubtful, passes, sortBy, visibleRecordings } from './visible-recordings.ts';

const job = (values: Partial<JobView>): JobView => ({
  id: 'j',
  state: 'done',
  span: null,
  progress: null,
  failure: null,
  retryAtMs: null,
  language: null,
  languageProbability: null,
  hindrance: null,
  choice: {
    model: null,
    language: 'auto',
    prompt: '',
    speakers: 'auto',
    translate: false,
    keepSilence: false,
  },
  position: 0,
  attempts: 1,
  figures: null,
  ...values,
});

const recording = (id: string, values: Partial<RecordingView> = {}): RecordingView => ({
  id,
  matterId: null,
  name: id,
  state: 'ready',
  assumed: null,
  durationMs: 1000,
  layout: 'single',
  createdAtMs: 0,
  sourcePath: '',
  sourceStillThere: true,
  parts: [],
  importFailure: null,
  isSafe: true,
  binnedAtMs: null,
  job: null,
  placeMs: null,
  hasTranscript: false,
  ...values,
});

const names = new Map([
  ['m1', 'Alvarez'],
  ['m2', 'Brown'],
]);
const all = { kind: 'all' } as const;

describe('visibleRecordings', () => {
  it('puts numbers in names in their order', () => {
    const rows = ['part 10', 'part 2', 'Part 1'].map((name) => recording(name));
    const shown = visibleRecordings(rows, all, 'all', { key: 'name', ascending: true }, names);
    expect(shown.map(({ name }) => name)).toEqual(['Part 1', 'part 2', 'part 10']);
  });

  it('shows binned recordings in the bin alone, whatever the filter', () => {
    const rows = [recording('a', { binnedAtMs: 1, matterId: 'm1' }), recording('b', { matterId: 'm1' })];
    const ids = (scope: Parameters<typeof visibleRecordings>[1]) =>
      visibleRecordings(rows, scope, 'all', NEWEST_FIRST, names).map(({ id }) => id);
    expect(ids(all)).toEqual(['b']);
    expect(ids({ kind: 'matter', id: 'm1' })).toEqual(['b']);
    expect(visibleRecordings(rows, { kind: 'bin' }, 'done', NEWEST_FIRST, names)).toHaveLength(1);
  });

  it('shows work in the order in which the queue takes it', () => {
    const rows = [
      recording('later', { job: job({ state: 'queued', position: 7 }), createdAtMs: 9 }),
      recording('now', { job: job({ state: 'running', position: 9 }) }),
      recording('next', { job: job({ state: 'queued', position: 3 }) }),
      recording('done', { job: job({ state: 'done' }) }),
    ];
    const shown = visibleRecordings(rows, all, 'working', NEWEST_FIRST, names);
    expect(shown.map(({ id }) => id)).toEqual(['now', 'next', 'later']);
  });

  it('shows equal rows in the same order every time', () => {
    const rows = ['b', 'a', 'c'].map((id) => recording(id));
    const shown = (list: RecordingView[]) => visibleRecordings(list, all, 'all', NEWEST_FIRST, names);
    expect(shown(rows)).toEqual(shown([...rows].reverse()));
  });
});

describe('passes', () => {
  it('asks for attention where the user can do something', () => {
    expect(passes(recording('a', { job: job({ state: 'failed' }) }), 'attention')).toBe(true);
    const importFailure = { code: 'media.unreadable', details: { file: 'a' } } as const;
    const unread = recording('a', { state: 'importing', importFailure });
    expect([passes(unread, 'attention'), passes(unread, 'working')]).toEqual([true, false]);
    expect(passes(recording('a', { job: job({ languageProbability: 0.5 }) }), 'attention')).toBe(true);
    expect(passes(recording('a', { job: job({ languageProbability: 0.9 }) }), 'attention')).toBe(false);
  });
});

describe('isDoubtful', () => {
  it('stands out under 80 %, and not where nothing was detected', () => {
    expect([0.79, 0.8, null, undefined].map(isDoubtful)).toEqual([true, false, false, false]);
  });
});

describe('sortBy', () => {
  it('turns the column round at the second click', () => {
    expect(sortBy(NEWEST_FIRST, 'added')).toEqual({ key: 'added', ascending: true });
    expect(sortBy(NEWEST_FIRST, 'name')).toEqual({ key: 'name', ascending: true });
  });
});
