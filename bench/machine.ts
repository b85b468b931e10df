import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { engineFacts } from '../native/whisper.ts';

/** The machine of the measurements, in one line, with the load average of the last minute. */
export function describeMachine(): string {
  const cores = availableParallelism();
  const { whisperVersion, cpuVariant } = engineFacts();
  return [
    `${cores} cores (${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpuVariant} backend)`,
    `${Math.round(totalmem() / 2 ** 30)} GB`,
    `Node ${process.versions.node}`,
    `whisper.cpp ${whisperVersion}`,
    `load ${currentLoad().toFixed(2)} at the start`,
  ].join(', ');
}

/** Why times measured now are unreliable, or null on an idle machine. */
export function loadWarning(): string | null {
  if (currentLoad() <= 1) return null;
  return 'The machine is busy with other things: times are unreliable, and ratios measured side by side count only roughly.';
}

function currentLoad(): number {
  return loadavg()[0] ?? 0;
}
