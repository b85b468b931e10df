import { afterEach, beforeEach, expect, test } from 'vitest';
import { heldEngine } from '../testing/held-engine.ts';
import { shortConversation } from '../testing/short-recordings.ts';
import { TestQueue } from '../testing/test-queue.ts';
import { PLAIN_IMPORT, SAMPLE_OPTIONS, type Workspace } from '../testing/test-workspace.ts';
import { assertWhole } from '../testing/vault-state.ts';
import { transcriptView } from '../transcripts/transcript-view.ts';

/** Several runs in one test, on a machine that may be busy. */
const SLOW_MS = 180_000;

let queue: TestQueue;

beforeEach(async () => {
  queue = await TestQueue.make();
});

afterEach(() => queue.remove());

/** A recording as an earlier release left it: its text is finished, and nobody has listened to its voices. Returns its id. */
async function unheard(workspace: Workspace): Promise<string> {
  const options = { ...SAMPLE_OPTIONS, speakers: 'none' } as const;
  const source = await shortConversation(queue.folder);
  const { recordingId } = await workspace.queue.addFile(source, PLAIN_IMPORT, options, null);
  await workspace.queue.idle();
  expect(await workspace.database.speakerParts.heard(recordingId)).toEqual([]);
  return recordingId;
}

async function textOf({ database }: Workspace, recordingId: string) {
  const { segments } = await transcriptView(database, recordingId);
  return segments.map(({ text, speaker, startMs, endMs }) => ({ text, speaker, startMs, endMs }));
}

test('a recording of an earlier release is heard at its first count, and not again at the next', {
  timeout: SLOW_MS,
}, async () => {
  const workspace = await queue.started();
  const { speakers, transcripts } = workspace.app;
  const recordingId = await unheard(workspace);
  const before = await textOf(workspace, recordingId);
  expect(await speakers.overview(recordingId)).toMatchObject({ by: 'nothing', canRecount: true });

  expect(await speakers.recount(recordingId, null)).toEqual({ changed: true, speakers: 2 });
  expect(await workspace.database.speakerParts.heard(recordingId)).toEqual([0]);
  const after = await textOf(workspace, recordingId);
  expect(after.map(({ text }) => text).join(' ')).toBe(before.map(({ text }) => text).join(' '));
  const right = after.map(({ startMs, endMs }) => (startMs + endMs < 17_000 ? 'Speaker 1' : 'Speaker 2'));
  expect(new Set(right).size).toBe(2);
  expect(after.map(({ speaker }) => speaker)).toEqual(right);
  await transcripts.editor.undo(recordingId);
  expect(await textOf(workspace, recordingId)).toEqual(before);

  // An engine that hears nothing more.
  const deaf = { launchEngine: heldEngine(new Promise(() => undefined), undefined, 'speakerActivity') };
  const again = await queue.restarted(workspace, deaf);
  const two = { speakers: 2, isLimit: false };
  expect(await again.app.speakers.recount(recordingId, two)).toEqual({ changed: true, speakers: 2 });
  expect((await textOf(again, recordingId)).map(({ speaker }) => speaker)).toEqual(right);
});

test.each(['speakerActivity', 'voiceEmbeddings'] as const)(
  'a vault that is closed while voices are heard (%s) is whole and unchanged, and hears them when asked again',
  { timeout: SLOW_MS },
  async (type) => {
    const asked = Promise.withResolvers<void>();
    const isAsked = () => {
      asked.resolve();
      return true;
    };
    const launchEngine = heldEngine(new Promise(() => undefined), isAsked, type);
    const workspace = await queue.started({ launchEngine });
    const recordingId = await unheard(workspace);
    const before = await textOf(workspace, recordingId);
    const { speakers } = workspace.app;
    const outcomes = Promise.allSettled([
      speakers.recount(recordingId, null),
      speakers.recount(recordingId, { speakers: 3, isLimit: false }),
    ]);
    await asked.promise;
    await queue.closed(workspace);
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);

    const reopened = await queue.started();
    await assertWhole(reopened);
    expect(await textOf(reopened, recordingId)).toEqual(before);
    expect(await reopened.app.speakers.overview(recordingId)).toMatchObject({ by: 'nothing', count: null });
    expect(await reopened.app.speakers.recount(recordingId, null)).toEqual({ changed: true, speakers: 2 });
  },
);
