import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatOptionsOf, USUAL_FORMAT_CHOICE } from '../../contract/format-options.ts';
import { DEFAULT_CHOICE } from '../../contract/starting-choice.ts';
import { RECORDINGS } from '../testing/short-recordings.ts';
import { TestQueue } from '../testing/test-queue.ts';
import { openWorkspace, SAMPLE_OPTIONS, type Workspace } from '../testing/test-workspace.ts';

const IMPORT = { track: null, speakers: 'auto' } as const;

let queue: TestQueue;
let open: Workspace;
beforeAll(async () => {
  queue = await TestQueue.make();
  // Its queue is not started.
  open = await openWorkspace(join(queue.folder, 'vault'));
});
afterAll(async () => {
  await open.close();
  await queue.remove();
});

const wishInto = (folder: string) => ({
  folder,
  formats: ['txt'] as const,
  timestamps: false,
  timeOffsetMs: null,
  overwrite: false,
  formatOptions: formatOptionsOf(USUAL_FORMAT_CHOICE, 'en'),
});

test('what the matter of a recording expects to be said counts, wherever it is queued', async () => {
  const { app, database } = open;
  const matterId = '0198c0de-0000-7000-8000-000000000001';
  const vocabulary = ['Quiroz', 'Villanueva'];
  await database.matters.add({
    id: matterId,
    name: 'Quiroz',
    vocabulary,
    speakers: [],
    defaultOptions: {},
    createdAtMs: Date.now(),
  });
  const recording = await app.recordings.importFile(RECORDINGS.memo, { ...IMPORT, matterId });
  const choice = { ...DEFAULT_CHOICE, model: SAMPLE_OPTIONS.model.path };
  const own = await app.jobs.get(await app.jobs.add(recording, choice, null));
  expect(own.options.prompt).toBe('Quiroz, Villanueva');
  const typed = await app.jobs.add(recording, { ...choice, prompt: 'Laura' }, null);
  expect((await app.jobs.get(typed)).options.prompt).toBe('Laura');
});

test('files of one name that are queued for one folder one after the other get names that tell them apart', async () => {
  const { app } = open;
  const choice = { ...DEFAULT_CHOICE, model: SAMPLE_OPTIONS.model.path };
  const folder = join(queue.folder, 'out');
  const names: (string | undefined)[] = [];
  for (const name of ['day1', 'day2']) {
    const recording = await app.recordings.importFile(RECORDINGS.memo, { ...IMPORT, matterId: null });
    await open.database.recordings.rename({ recordingId: recording.id, name: 'REC.wav' });
    const renamed = { ...recording, name: 'REC.wav', sourcePath: `/${name}/REC.wav` };
    const job = await app.jobs.get(await app.jobs.add(renamed, choice, wishInto(folder)));
    names.push(job.delivery?.baseName);
  }
  expect(names[0]).toBeUndefined();
  expect(names[1]).toMatch(/^REC \(.+\)$/);
});

test('work on a recording that is in the bin is not taken up again', async () => {
  const { app, database } = open;
  const added = await app.jobs.queue.addFile(queue.call, { ...IMPORT, matterId: null }, SAMPLE_OPTIONS, null);
  expect((await app.jobs.queue.takeUpJobOf(queue.call, SAMPLE_OPTIONS, null))?.id).toBe(added.jobId);
  await database.recordings.setBinned({ recordingId: added.recordingId, binnedAtMs: Date.now() });
  expect(await app.jobs.queue.takeUpJobOf(queue.call, SAMPLE_OPTIONS, null)).toBeNull();
});

test('another number of speakers is taken by the job that is there; anything else is transcribed anew', async () => {
  const { app } = open;
  const choice = { ...DEFAULT_CHOICE, model: SAMPLE_OPTIONS.model.path };
  const { id } = await app.recordings.importFile(RECORDINGS.memo, { ...IMPORT, matterId: null });
  const jobs = async () => await app.jobs.pending(id);
  await app.jobs.transcribe(id, choice);
  const [first] = await jobs();
  const speakerCount = { speakers: 3, isLimit: true };
  await app.jobs.transcribe(id, { ...choice, speakerCount });
  expect(await jobs()).toEqual([{ ...first, options: { ...first?.options, speakerCount } }]);
  await app.jobs.transcribe(id, { ...choice, language: 'es', speakerCount: null });
  const [next, ...others] = await jobs();
  expect(others).toEqual([]);
  expect(next?.id).not.toBe(first?.id);
  expect(next?.options).toMatchObject({ language: 'es', speakerCount: null });
});
