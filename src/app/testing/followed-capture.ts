import type { CaptureRecorder } from '../../core/capture/capture-recorder.ts';
import { beginCapture } from '../../core/capture/testing/capture-feed.ts';
import type { Workspace } from './test-workspace.ts';

/** Begins a capture at 16 kHz that is imported as it grows. */
export async function capturing(workspace: Workspace): Promise<CaptureRecorder> {
  const recorder = await beginCapture(workspace, { sampleRate: 16_000 });
  workspace.imports.follow(recorder.source);
  return recorder;
}

/** Ends a capture. */
export async function stopped({ database }: Workspace, recorder: CaptureRecorder): Promise<void> {
  await recorder.finish();
  const { recordingId } = recorder;
  await database.captures.end({ recordingId, state: 'done', endedAtMs: Date.now(), metrics: null });
}
