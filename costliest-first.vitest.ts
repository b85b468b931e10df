import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * CPU seconds of the files that take longest, by their last folder and name, measured on an idle machine with two cores.
 * Only their order counts.
 */
const COSTS: readonly (readonly [file: string, seconds: number])[] = [
  ['native/whisper.test.ts', 55],
  ['cli/vault-commands.test.ts', 40],
  ['jobs/resume.test.ts', 35],
  ['jobs/retranscribe.test.ts', 30],
  ['cli/transcribe.test.ts', 25],
  ['jobs/queue.test.ts', 21],
  ['jobs/leftovers.test.ts', 20],
  ['jobs/queue-commands.test.ts', 18],
  ['engine/engine.test.ts', 18],
  ['cli/terminal.test.ts', 15],
  ['jobs/what-is-heard.test.ts', 15],
  ['cli/machine-limits.test.ts', 12],
  ['cli/diagnostics.test.ts', 12],
  ['jobs/faults.test.ts', 12],
  ['checks/layers.test.ts', 12],
  ['database/database.test.ts', 10],
  ['recordings/join-recordings.test.ts', 10],
  ['media/decode.test.ts', 8],
  ['media/hostile-media.test.ts', 8],
  ['vault/vault.test.ts', 7],
];

/** Runs the slowest files first, so that the workers end at about the same time. */
export class CostliestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    return usual.toSorted((a, b) => costOf(b.moduleId) - costOf(a.moduleId));
  }
}

function costOf(path: string): number {
  const name = `/${relative(import.meta.dirname, path).replaceAll('\\', '/')}`;
  return COSTS.find(([file]) => name.endsWith(`/${file}`))?.[1] ?? 0;
}
