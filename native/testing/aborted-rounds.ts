import { expect } from 'vitest';
import type { DecodingParameters } from '../../src/contract/engine.ts';
import { NativeFailure, type WhisperModel } from '../whisper.ts';

/** Why a task failed; a description if it did not, or failed otherwise. */
export async function reasonOf(result: Promise<unknown>): Promise<string> {
  const failure = await result.then(
    () => undefined,
    (error: unknown) => error,
  );
  return failure instanceof NativeFailure ? failure.reason : `not a failure: ${String(failure)}`;
}

/**
 * Aborts a task so many times, more than twenty, each at another moment of its run, its start included; which one
 * depends on the machine. Asserts that this leaves neither a crash, nor a leak, nor a change in the text.
 */
export async function abortRounds(
  model: WhisperModel,
  english: Int16Array,
  parameters: DecodingParameters,
  rounds: number,
): Promise<void> {
  const before = await model.transcribe(english, parameters).result;
  let longestMs = 0;
  let memory = 0;
  for (let round = 0; round < rounds; round++) {
    const task =
      round % 3 === 2
        ? model.detectLanguage(english, { threads: 2 })
        : model.transcribe(english, { ...parameters, strategy: round % 3 === 1 ? 'beam' : 'greedy' });
    await new Promise((resolve) => setTimeout(resolve, (round * 7) % 90));
    const asked = process.cpuUsage();
    task.abort();
    expect(await reasonOf(task.result)).toBe('aborted');
    const { user, system } = process.cpuUsage(asked);
    longestMs = Math.max(longestMs, (user + system) / 1000);
    if (round === 20) memory = process.memoryUsage().rss;
  }
  expect(process.memoryUsage().rss - memory).toBeLessThan(60e6);
  // An abort returns within 200 ms. This process's CPU time counts: a busy machine may stop it for longer.
  expect(longestMs).toBeLessThan(200);
  expect(await model.transcribe(english, parameters).result).toEqual(before);
}
