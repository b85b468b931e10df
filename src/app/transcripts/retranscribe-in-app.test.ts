import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { requests } from '../../contract/ipc.ts';
import { DEFAULT_CHOICE } from '../../contract/starting-choice.ts';
import type { RecordingView } from '../../contract/views.ts';
import type { WindowApp } from '../open-app.ts';
import { openTestVault, type TestSession } from '../testing/open-test-vault.ts';
import { transcriptView } from './transcript-view.ts';

// Real engines share two cores with the machine's other work.
vi.setConfig({ testTimeout: 180_000 });

const FIXTURES = join(import.meta.dirname, '../..', '..', 'e2e', 'fixtures');
const ENGLISH = { ...DEFAULT_CHOICE, language: 'en' };
const SPANISH = { ...ENGLISH, language: 'es' };

async function row(open: WindowApp, id: string): Promise<RecordingView> {
  const list = await open.library.list();
  expect(requests['library.list'].output.parse(list)).toEqual(list);
  const found = list.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error('no such row');
  return found;
}

/** Imports a recording and begins to transcribe it. */
async function begun({ session }: TestSession, file: string): Promise<string> {
  const intake = { matterId: null, choice: ENGLISH };
  const { added } = await session.work.intake.bringIn([join(FIXTURES, file)], intake);
  return added[0] ?? '';
}

async function untilIdle(open: WindowApp): Promise<void> {
  await expect.poll(() => open.isIdle(), { timeout: 150_000, interval: 100 }).toBe(true);
}

test('a passage transcribed again shows on its row as long as it is worked on, and in exports for good', async () => {
  await using vault = await openTestVault();
  const open = vault.session.work;
  const id = await begun(vault, 'bilingual.wav');
  await untilIdle(open);
  const before = await row(open, id);
  expect(before.job).toMatchObject({ state: 'done', range: null, language: 'en' });

  const jobId = await open.jobs.retranscribe(id, { startMs: 30_200, endMs: 34_500 }, SPANISH);
  const during = await row(open, id);
  expect(during.job).toMatchObject({ id: jobId, language: 'en', choice: { language: 'en' } });
  expect(during.job?.range?.endMs).toBeGreaterThanOrEqual(34_500);
  await untilIdle(open);
  expect((await row(open, id)).job).toEqual(before.job);
  const renewed = vault.heard.find((event) => event.type === 'rangeRetranscribed');
  expect(renewed).toMatchObject({ recordingId: id, version: { number: 2, earlierNumber: 1 } });

  const hits = await open.services.database.search.find({ text: 'revisar el documento', limit: 5 });
  expect(hits.map(({ recordingId }) => recordingId)).toEqual([id]);
  const view = await transcriptView(open.services.database, id);
  expect(view.segments.map((segment) => segment.id)).toContain(hits[0]?.segmentId);

  const out = join(vault.folder, 'out');
  mkdirSync(out);
  await open.export.give(out);
  const choice = await open.export.lastChoice(id);
  const delivery = { ...choice, folder: out, formats: ['json' as const, 'txt' as const], overwrite: false };
  const { written } = await open.export.write([id], delivery);
  const json = JSON.parse(
    readFileSync(written.find(({ path }) => path.endsWith('.json'))?.path ?? '', 'utf8'),
  );
  expect(json.settings.language).toBe('en');
  expect(json.recording.version).toMatchObject({ number: 2, kind: 'machine' });
  expect(json.transcribedAgain).toMatchObject([{ language: 'es', version: 2 }]);
});

test('a passage that fails is told on its row, and given up leaves it as it was', async () => {
  await using vault = await openTestVault();
  const open = vault.session.work;
  const id = await begun(vault, 'phone-8k.wav');
  await untilIdle(open);
  const before = await row(open, id);
  const { options } = (await open.services.database.jobs.list())[0] ?? {};
  if (options === undefined) throw new Error('no job');
  // A model that was removed from the machine since it was chosen.
  const gone = { ...options, model: { ...options.model, path: join(vault.folder, 'gone.bin') } };
  const jobId = await open.services.queue.addRange(id, gone, { startMs: 0, endMs: 3000 });
  await expect.poll(async () => (await row(open, id)).job?.state, { timeout: 60_000 }).toBe('failed');
  expect((await row(open, id)).job).toMatchObject({ id: jobId, range: { startMs: 0 } });
  await open.services.queue.cancel(jobId);
  expect(await row(open, id)).toEqual(before);
});

test('begun anew while it runs, a transcription takes the place of the first', async () => {
  await using vault = await openTestVault();
  const open = vault.session.work;
  const id = await begun(vault, 'bilingual.wav');
  await expect.poll(() => vault.heard.some(({ type }) => type === 'jobStarted')).toBe(true);
  await open.jobs.transcribe(id, SPANISH);
  const jobs = await open.services.database.jobs.list({ recordingId: id });
  expect(jobs.map(({ state, options }) => [options.language, state])).toEqual([
    ['en', 'cancelled'],
    ['es', expect.stringMatching(/^(queued|running)$/)],
  ]);
  await untilIdle(open);
  expect(await row(open, id)).toMatchObject({ isSafe: true, job: { state: 'done', language: 'es' } });
  const { segments } = await transcriptView(open.services.database, id);
  expect(segments.map(({ text }) => text).join(' ')).toContain('revisar el documento?');
});

test('what was heard anew waits as long as somebody types', async () => {
  await using vault = await openTestVault();
  const open = vault.session.work;
  const id = await begun(vault, 'phone-8k.wav');
  await untilIdle(open);
  const last = (await transcriptView(open.services.database, id)).segments.at(-1);
  const undoGroup = crypto.randomUUID();
  let text = '';
  const type = () => {
    text += 'a';
    return open.transcripts.editor.edit(id, [last?.id ?? ''], [text], { undoGroup });
  };
  const jobId = await open.jobs.retranscribe(id, { startMs: 0, endMs: 3000 }, ENGLISH);
  const isHeard = () =>
    vault.heard.some(
      (event) => event.type === 'jobProgress' && event.jobId === jobId && event.progress.stage === 'assemble',
    );
  while (!isHeard()) await type();
  for (let letter = 0; letter < 30; letter += 1) await type();
  expect(vault.heard.some(({ type: name }) => name === 'rangeRetranscribed')).toBe(false);
  await untilIdle(open);
  const { segments } = await transcriptView(open.services.database, id);
  expect(segments.at(-1)?.text).toBe(text);
  expect(vault.heard.some(({ type: name }) => name === 'rangeRetranscribed')).toBe(true);
});
