import { expect, it } from 'vitest';
import type { JobView, ModelView, RecordingView } from '../../src/contract/views.ts';
import { readyTimes } from './ready-times.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const NOW = { nowMs: 1_000_000, runningReadyAtMs: null };

/** A model that takes so many minutes for an hour; null if it was not measured. */
function model(name: string, minutes: number | null, isDefault = false): ModelView {
  const speed = minutes === null ? null : { hourMs: minutes * MINUTE_MS, measuredAtMs: 0 };
  return { name, installed: true, isDefault, verification: 'verified', here: { speed } } as ModelView;
}

function queued(id: string, hours: number | null, job: Partial<JobView>): RecordingView {
  const whole = { state: 'queued', range: null, progress: null, choice: { model: null }, ...job };
  return { id, durationMs: hours === null ? null : hours * HOUR_MS, job: whole } as RecordingView;
}

const MODELS = [model('base', 10, true), model('small', 40), model('new', null)];

it('tells of each measured model when a recording would be ready with it, behind what is ahead', () => {
  const running = queued('a', 1, { state: 'running', position: 5, progress: { percent: 50 } as never });
  const ahead = queued('b', 1, { position: 1, choice: { model: 'small' } as never });
  const own = queued('c', 2, { position: 2 });
  const behind = queued('d', 9, { position: 3 });
  const times = readyTimes(own, [behind, own, ahead, running], MODELS, NOW);
  expect(
    times.map(({ model: name, isChosen, readyAtMs }) => [
      name,
      isChosen,
      (readyAtMs - NOW.nowMs) / MINUTE_MS,
    ]),
  ).toEqual([
    ['base', true, 5 + 40 + 20],
    ['small', false, 5 + 40 + 80],
  ]);
  const known = { ...NOW, runningReadyAtMs: NOW.nowMs + 7 * MINUTE_MS };
  expect(readyTimes(own, [own, running], MODELS, known)[0]?.readyAtMs).toBe(NOW.nowMs + 27 * MINUTE_MS);
});

it('tells none where the length or a speed ahead is not known', () => {
  const own = queued('c', 2, { position: 2 });
  expect(readyTimes(queued('x', null, { position: 1 }), [], MODELS, NOW)).toEqual([]);
  expect(
    readyTimes(own, [queued('b', 1, { position: 1, choice: { model: 'new' } as never })], MODELS, NOW),
  ).toEqual([]);
  expect(readyTimes(own, [queued('b', null, { position: 1 })], MODELS, NOW)).toEqual([]);
});
