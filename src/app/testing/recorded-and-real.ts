import { expect } from 'vitest';
import type { EngineLauncher } from '../../core/engine/engine-process.ts';
import { forkEngine } from '../../core/engine/engine-process.ts';
import { replayEngine } from '../../core/engine/testing/replaying-engine.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { heardIn, openEphemeral, PLAIN_IMPORT, SAMPLE_OPTIONS } from './test-workspace.ts';

/** Transcribes a recording with the recorded answers and with the real engine, and asserts that the texts are equal. */
export async function assertRecordedIsReal(source: string): Promise<void> {
  const recorded = await textsWith(replayEngine, source);
  expect(recorded.length).toBeGreaterThan(0);
  expect(recorded).toEqual(await textsWith(forkEngine, source));
}

/** The segments without word times, which vary by a frame between processors. */
async function textsWith(launchEngine: EngineLauncher, source: string): Promise<string[]> {
  const workspace = await openEphemeral(temporaryFolder(), { launchEngine });
  try {
    await workspace.queue.start();
    const { jobId } = await workspace.queue.addFile(source, PLAIN_IMPORT, SAMPLE_OPTIONS, null);
    await workspace.queue.idle();
    return (await heardIn(workspace, jobId)).map((segment) => segment.replace(/^\S+|\[.*$/g, '').trim());
  } finally {
    await workspace.close();
  }
}
