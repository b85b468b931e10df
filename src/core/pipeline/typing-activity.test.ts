import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TYPING_PAUSE_MS, TypingActivity } from './typing-activity.ts';

const TEXT = 'recording';

let typing: TypingActivity;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  typing = new TypingActivity();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Waits for a pause in the background and reports whether it has come, or what ended the wait instead. */
function waiting(storedEditAtMs: number | null, signal = new AbortController().signal) {
  const wait = { ended: false, error: null as unknown };
  typing.pause(TEXT, storedEditAtMs, signal).then(
    () => {
      wait.ended = true;
    },
    (error: unknown) => {
      wait.error = error;
    },
  );
  return wait;
}

test('a text that nobody edits is at rest at once', async () => {
  const wait = waiting(null);
  await vi.advanceTimersByTimeAsync(0);
  expect(wait.ended).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test('every edit holds the pause back, which comes two seconds behind the last', async () => {
  typing.edited(TEXT);
  const wait = waiting(null);
  for (let letter = 0; letter < 30; letter += 1) {
    await vi.advanceTimersByTimeAsync(TYPING_PAUSE_MS - 1);
    expect(wait.ended).toBe(false);
    typing.edited(TEXT);
  }
  await vi.advanceTimersByTimeAsync(TYPING_PAUSE_MS - 1);
  expect(wait.ended).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(wait.ended).toBe(true);
});

test('an edit just before counts, by what is left of its two seconds', async () => {
  typing.edited(TEXT);
  await vi.advanceTimersByTimeAsync(1500);
  const wait = waiting(null);
  await vi.advanceTimersByTimeAsync(499);
  expect(wait.ended).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(wait.ended).toBe(true);
});

test('an edit that an earlier process has stored just before counts, too', async () => {
  const wait = waiting(Date.now() - 800);
  await vi.advanceTimersByTimeAsync(1199);
  expect(wait.ended).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(wait.ended).toBe(true);
});

test('a stored edit of the future, for the clock was put back, holds nobody up', async () => {
  const wait = waiting(Date.now() + 60_000);
  await vi.advanceTimersByTimeAsync(0);
  expect(wait.ended).toBe(true);
});

test('edits of another text do not count', async () => {
  typing.edited('another');
  const wait = waiting(Date.now());
  await vi.advanceTimersByTimeAsync(1000);
  typing.edited('another');
  await vi.advanceTimersByTimeAsync(1000);
  expect(wait.ended).toBe(true);
});

test('a job that is stopped waits no longer, and leaves no timer behind', async () => {
  typing.edited(TEXT);
  const job = new AbortController();
  const wait = waiting(null, job.signal);
  await vi.advanceTimersByTimeAsync(1000);
  job.abort(new Error('paused'));
  await vi.advanceTimersByTimeAsync(0);
  expect([wait.ended, wait.error]).toEqual([false, new Error('paused')]);
  expect(vi.getTimerCount()).toBe(0);
  typing.edited(TEXT);
  expect(vi.getTimerCount()).toBe(0);
});
