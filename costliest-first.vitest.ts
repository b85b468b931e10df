import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * CPU seconds of the files that take longest, by their last folder and name, measured on a machine with two cores.
 * Their order alone counts.
 */
const COSTS: readonly (readonly [file: string, seconds: number])[] = [
  ['demo/many-recordings.redis.test.ts', 220],
  ['capture/captured-text.soak.test.ts', 95],
  ['cli/transcribe.test.ts', 28],
  ['cli/record.test.ts', 27],
  ['cli/vault-commands.test.ts', 25],
  ['native/whisper.test.ts', 23],
  ['jobs/resume.test.ts', 23],
  ['media/decode.test.ts', 22],
  ['jobs/queue.test.ts', 19],
  ['capture/capture-session.test.ts', 19],
  ['media/formats.test.ts', 19],
  ['window/window-app.test.ts', 19],
  ['cli/diagnostics.test.ts', 18],
  ['recordings/join-recordings.test.ts', 17],
  ['live-text/live-transcriber.test.ts', 15],
  ['jobs/retranscribe.test.ts', 15],
  ['media/hostile-media.test.ts', 15],
  ['engine/engine.test.ts', 14],
  ['containers/pieces.test.ts', 14],
  ['jobs/what-is-heard.test.ts', 14],
  ['jobs/queue-commands.test.ts', 13],
  ['jobs/faults.test.ts', 12],
  ['checks/layers.test.ts', 12],
  ['jobs/final-job.test.ts', 11],
  ['capture/capture-recorder.test.ts', 11],
  ['lost-index/lost-index.test.ts', 11],
  ['window/answer-request.test.ts', 11],
  ['recordings/captured-recordings.test.ts', 10],
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
