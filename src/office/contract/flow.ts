import { v5 as namedId } from 'uuid';
import { z } from '../../contract/schema.ts';

/**
 * What an attempt at a job is about. `recording`: all of it, or, if it is long, its division; `windows`: nobody's attempt, the job runs
 * while those of its windows do; `window`: one of these; `stitch`: their texts, put together.
 */
export const JobPhase = z.enum(['recording', 'windows', 'window', 'stitch']);
export type JobPhase = z.infer<typeof JobPhase>;

/** A day of sound in windows of ten minutes would be 144. */
export const MOST_WINDOWS = 10_000;

/**
 * The id of a recording's window, from 1: the UUID (version 5) of its number in the recording's. Whoever divides a recording again,
 * after a lost worker, gives its windows the same ids, and puts them into the same places of the store.
 */
export function windowId(jobId: string, number: number): string {
  return namedId(`window ${number}`, jobId);
}

/** The ids of all windows of a recording, in order. */
export function windowIds(jobId: string, windows: number): string[] {
  return Array.from({ length: windows }, (_, index) => windowId(jobId, index + 1));
}
