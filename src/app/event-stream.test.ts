import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ForwardedEvent } from '../contract/events.ts';
import type { NumberedEvent } from '../contract/ipc.ts';
import { EventStream } from './event-stream.ts';

let sent: NumberedEvent[];
let stream: EventStream;
beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  stream = new EventStream((event) => sent.push(event));
});
afterEach(() => vi.useRealTimers());

const heard = (jobId: string, text: string) => core({ type: 'interimText', jobId, text });
const core = (event: ForwardedEvent) => ({ type: 'core', event }) as const;
const added = core({ type: 'recordingAdded', jobId: 'a', recordingId: 'r', name: 'r.wav' });

test('only the last of what replaces itself goes out, ten times a second, for each job', () => {
  for (let i = 0; i < 1000; i += 1) {
    stream.emit(heard('a', `a${i}`));
    stream.emit(heard('b', `b${i}`));
    vi.advanceTimersByTime(1);
  }
  vi.advanceTimersByTime(100);
  expect(sent.length).toBeLessThanOrEqual(2 * 10);
  expect(sent.slice(-2).map(({ event }) => event)).toEqual([heard('a', 'a999'), heard('b', 'b999')]);
  expect(sent.map(({ sequence }) => sequence)).toEqual(sent.map((_, index) => index + 1));
});

test('what must arrive goes out at once, behind what was held back', () => {
  stream.emit(heard('a', 'words'));
  stream.emit(added);
  expect(sent.map(({ event }) => event)).toEqual([heard('a', 'words'), added]);
  expect(stream.sequence).toBe(2);
});

test('what is forgotten never goes out', () => {
  stream.emit(heard('a', 'words'));
  stream.forget();
  vi.advanceTimersByTime(1000);
  expect(sent).toEqual([]);
});
