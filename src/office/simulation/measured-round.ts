import { z } from '../../contract/schema.ts';

/** What one recording took a worker's transcriber. */
export const MeasuredJob = z.object({
  /** Length of the recording. */
  seconds: z.number().positive(),
  /** From the opened recording to its text. */
  wallMs: z.number().positive(),
  /** Processor time of the worker, its engine and ffmpeg together: depends less on what else the machine does. */
  cpuMs: z.number().positive(),
});
export type MeasuredJob = z.infer<typeof MeasuredJob>;

/** A worker's transcriber that was started once and given every recording once. */
export const MeasuredRound = z.object({
  /** Day of the measurement, as in 2026-11-30. */
  day: z.iso.date(),
  machine: z.string(),
  /** The model's file name. */
  model: z.string(),
  /** Load average of the last minute at the start and at the end: 2 and more means that two cores were shared. */
  loads: z.tuple([z.number(), z.number()]),
  /** From the start of the process until it takes jobs. */
  startMs: z.number().positive(),
  /** The shortest recording once before all others: what the first job costs beyond the later ones is part of the start. */
  first: MeasuredJob,
  jobs: z.array(MeasuredJob).min(3),
});
export type MeasuredRound = z.infer<typeof MeasuredRound>;
