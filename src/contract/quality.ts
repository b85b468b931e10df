import { z } from './schema.ts';

/**
 * How much of the machine a transcription may take.
 * - `quiet`: a quarter of the processor threads, and only the time that other programs leave.
 * - `balanced`: three quarters of them, up to eight.
 * - `fast`: all of them, up to sixteen.
 */
export const ProcessingQuality = z.enum(['quiet', 'balanced', 'fast']);
export type ProcessingQuality = z.infer<typeof ProcessingQuality>;

/** The one that counts until the user chooses another. */
export const USUAL_QUALITY: ProcessingQuality = 'balanced';

/** The threads that whisper.cpp gets on a machine with so many processor threads. */
export function qualityThreads(quality: ProcessingQuality, cores: number): number {
  switch (quality) {
    case 'quiet':
      return Math.max(1, Math.round(cores * 0.25));
    case 'balanced':
      // Three quarters leave a laptop usable. More than eight make whisper.cpp hardly faster.
      return cores <= 2 ? cores : Math.min(8, Math.max(2, Math.round(cores * 0.75)));
    case 'fast':
      return Math.min(16, cores);
  }
}
