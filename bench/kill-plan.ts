import type { CoreEvent } from '../src/contract/events.ts';
import type { TimedEvent } from './voicesync.ts';

/** Phases of a job, each from one event to the next; kills are spread over them evenly. */
export const PHASES = ['start', 'import', 'load', 'windows', 'assemble', 'export'] as const;
export type KillPhase = (typeof PHASES)[number];

/** When to kill a run: a delay after the nth event that begins a phase. */
export interface KillPlan {
  readonly phase: KillPhase;
  /** From 0; phases other than `windows` begin once. */
  readonly occurrence: number;
  readonly delayMs: number;
}

/** How long a phase lasts undisturbed, and how often it begins. */
export interface PhaseLength {
  readonly durationMs: number;
  readonly occurrences: number;
}

/**
 * Returns for each event of a run, in order, the phase that it begins, or null. `windows` begins with each window: the
 * first when the job starts transcribing, the others when the one before is finished.
 */
export function phaseWatch(): (event: CoreEvent) => KillPhase | null {
  let transcribing = false;
  return (event) => {
    if (event.type === 'recordingAdded') return 'import';
    if (event.type === 'segmentsCommitted') return 'windows';
    if (event.type !== 'jobProgress') return null;
    const { stage } = event.progress;
    // The import begins with the recording, before any job's event.
    if (stage === 'import') return null;
    if (stage !== 'transcribe') return PHASES.find((phase) => phase === stage) ?? null;
    if (transcribing) return null;
    transcribing = true;
    return 'windows';
  };
}

/** How long each phase lasted in an undisturbed run. A phase overlaps the next if the product works on both at once. */
export function measurePhases(
  events: readonly TimedEvent[],
  wallMs: number,
): ReadonlyMap<KillPhase, PhaseLength> {
  const begins = new Map<KillPhase, number>();
  const phaseOf = phaseWatch();
  for (const { event, atMs } of events) {
    const phase = phaseOf(event);
    if (phase !== null && !begins.has(phase)) begins.set(phase, atMs);
  }
  const begin = (phase: KillPhase) => begins.get(phase) ?? wallMs;
  const readyMs = events.find(({ event }) => event.type === 'recordingReady')?.atMs ?? wallMs;
  const windows = events.filter(({ event }) => event.type === 'segmentsCommitted').length;
  const windowMs = (begin('assemble') - begin('windows')) / Math.max(1, windows);
  return new Map<KillPhase, PhaseLength>([
    ['start', { durationMs: begin('import'), occurrences: 1 }],
    ['import', { durationMs: readyMs - begin('import'), occurrences: 1 }],
    ['load', { durationMs: begin('windows') - begin('load'), occurrences: 1 }],
    ['windows', { durationMs: windowMs, occurrences: windows }],
    ['assemble', { durationMs: begin('export') - begin('assemble'), occurrences: 1 }],
    ['export', { durationMs: wallMs - begin('export'), occurrences: 1 }],
  ]);
}

/** A random moment: uniform over the phases, and within each. */
export function randomKill(lengths: ReadonlyMap<KillPhase, PhaseLength>, random: () => number): KillPlan {
  const phase = PHASES[Math.floor(random() * PHASES.length)] ?? 'start';
  const { durationMs, occurrences } = lengths.get(phase) ?? { durationMs: 0, occurrences: 1 };
  return {
    phase,
    occurrence: Math.floor(random() * occurrences),
    delayMs: random() * Math.max(0, durationMs),
  };
}
