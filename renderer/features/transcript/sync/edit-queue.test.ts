import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EditQueue, type SavedState } from './edit-queue.ts';

let unsent: string[] = [];
let sent: string[][] = [];
let states: SavedState[] = [];
let failures: unknown[] = [];
let answer: () => Promise<void> = async () => undefined;

function queue(): EditQueue {
  return new EditQueue(
    async () => {
      const now = unsent;
      unsent = [];
      try {
        await answer();
        sent.push(now);
      } catch (error) {
        unsent = [...now, ...unsent];
        throw error;
      }
    },
    () => unsent.length > 0,
    (state) => states.push(state),
    (thrown) => failures.push(thrown),
  );
}

beforeEach(() => {
  vi.useFakeTimers();
  unsent = [];
  sent = [];
  states = [];
  failures = [];
  answer = async () => undefined;
});
afterEach(() => vi.useRealTimers());

describe('storing what is typed', () => {
  it('sends each letter at once, with no clock in between', async () => {
    const edits = queue();
    for (const letter of 'abc') {
      unsent.push(letter);
      edits.typed();
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(sent).toEqual([['a'], ['b'], ['c']]);
    expect(states.at(-1)).toBe('saved');
  });

  it('sends what is typed while something is under way together, directly after it', async () => {
    const edits = queue();
    const { promise, resolve } = Promise.withResolvers<void>();
    answer = () => promise;
    for (const letter of 'abcd') {
      unsent.push(letter);
      edits.typed();
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(states.at(-1)).toBe('saving');
    resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([['a'], ['b', 'c', 'd']]);
    expect(states.at(-1)).toBe('saved');
  });

  it('stores what was typed before anything else is done', async () => {
    const edits = queue();
    unsent.push('a');
    edits.typed();
    const seen = await edits.perform(async () => [...sent]);
    expect(seen).toEqual([['a']]);
  });

  it('does one thing after the other', async () => {
    const edits = queue();
    const order: string[] = [];
    const slow = edits.perform(async () => {
      await new Promise((done) => setTimeout(done, 50));
      order.push('slow');
    });
    const quick = edits.perform(async () => void order.push('quick'));
    await vi.advanceTimersByTimeAsync(60);
    await Promise.all([slow, quick]);
    expect(order).toEqual(['slow', 'quick']);
  });

  it('keeps what could not be stored and does nothing that builds on it', async () => {
    const edits = queue();
    answer = () => Promise.reject(new Error('full'));
    unsent.push('a');
    edits.typed();
    let acted = false;
    const action = async () => {
      acted = true;
    };
    await expect(edits.perform(action)).rejects.toThrow('full');
    expect(acted).toBe(false);
    expect(states.at(-1)).toBe('failed');
    answer = async () => undefined;
    await edits.flush();
    expect(sent).toEqual([['a']]);
    expect(states.at(-1)).toBe('saved');
  });

  it('tells what could not be stored, and sends it again by itself', async () => {
    const edits = queue();
    const full = new Error('full');
    answer = () => Promise.reject(full);
    unsent.push('a');
    edits.typed();
    await vi.advanceTimersByTimeAsync(400);
    expect(failures).toEqual([full]);
    answer = async () => undefined;
    await vi.advanceTimersByTimeAsync(5000);
    expect(sent).toEqual([['a']]);
    expect(states.at(-1)).toBe('saved');
  });
});
