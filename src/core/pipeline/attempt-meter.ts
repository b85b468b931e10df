import type { JobFigures } from '../../contract/job.ts';

/** Measures one attempt at a job. The code that does the work fills the counters. */
export class AttemptMeter {
  readonly #queueWaitMs: number;
  readonly #startedAt = performance.now();
  inferenceMs = 0;
  vadMs = 0;
  speechMs = 0;
  windows = 0;
  enginePeakMemoryBytes = 0;
  decodeMs = 0;

  constructor(queuedAtMs: number) {
    this.#queueWaitMs = Math.max(0, Date.now() - queuedAtMs);
  }

  /** The figures so far. `audioMs` is the recording's length. */
  figures(audioMs: number): JobFigures {
    return {
      queueWaitMs: this.#queueWaitMs,
      decodeMs: Math.round(this.decodeMs),
      inferenceMs: Math.round(this.inferenceMs),
      vadMs: Math.round(this.vadMs),
      audioMs,
      speechMs: this.speechMs,
      wallMs: Math.round(performance.now() - this.#startedAt),
      // Resident memory of this process is shared with all it does; the figure is its highest so far.
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024 + this.enginePeakMemoryBytes,
      windows: this.windows,
    };
  }
}
