import { join } from 'node:path';
import { expect } from 'vitest';
import type { FaultPoint } from '../../core/fault-points.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { EventLog } from './event-log.ts';
import { orderFor, runToEnd } from './killed-jobs.ts';
import { ChildRun, timesReached } from './killed-run.ts';
import { make, RECORDINGS } from './short-recordings.ts';
import { SAMPLE_OPTIONS } from './test-workspace.ts';

/** One speaker is asked for, so that the text of a single reader has labels. */
export const HEARING_OPTIONS = { ...SAMPLE_OPTIONS, speakerCount: { speakers: 1, isLimit: false } };

/** A recording of nine seconds, of one reader. */
export async function memo(): Promise<string> {
  return await make(join(temporaryFolder(), 'memo.flac'), '-t', '9', '-i', RECORDINGS.memo);
}

/** Kills a job at a point of telling speakers apart, goes on, and expects the same speakers, and no stored part heard twice. */
export async function killedWhileHearing(point: FaultPoint): Promise<void> {
  const order = { ...(await orderFor(await memo())), options: HEARING_OPTIONS };
  expect(await new ChildRun({ ...order, killAt: { point, count: 1 } }).finished()).toBe(false);
  expect(await new ChildRun(order).finished()).toBe(true);

  const heard = await runToEnd(order.vault, new EventLog());
  expect(heard.length).toBeGreaterThan(0);
  expect(heard.filter((line) => !line.includes(' Speaker 1 '))).toEqual([]);
  expect(timesReached(order.log, 'voices.heard')).toBe(point === 'voices.heard' ? 2 : 1);
}
