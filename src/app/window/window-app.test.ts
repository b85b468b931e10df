import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ExportFormat } from '../../contract/document.ts';
import { AppEvent, type ImportOutcome, requests } from '../../contract/ipc.ts';
import { DEFAULT_CHOICE } from '../../contract/starting-choice.ts';
import type { RecordingView } from '../../contract/views.ts';
import { type FaultPoint, installFault } from '../../core/fault-points.ts';
import { type MadeModel, writeMadeModel } from '../../core/models/testing/made-model.ts';
import type { WindowApp } from '../open-app.ts';
import { openTestVault, PASSPHRASE, type TestSession } from '../testing/open-test-vault.ts';
import { transcriptView } from '../transcripts/transcript-view.ts';
import { isSound, verifyVault } from '../vault/verify-vault.ts';
import { answerMedia } from './media.ts';

// Real engines share two cores with the machine's other work.
vi.setConfig({ testTimeout: 180_000 });

const FIXTURES = join(import.meta.dirname, '../..', '..', 'e2e', 'fixtures');
const code = (expected: string) => expect.objectContaining({ code: expected });
const intake = { matterId: null, choice: DEFAULT_CHOICE };

async function rows(open: WindowApp): Promise<RecordingView[]> {
  const list = await open.library.list();
  expect(requests['library.list'].output.parse(list)).toEqual(list);
  return list;
}

async function row(open: WindowApp, id: string): Promise<RecordingView> {
  const found = (await rows(open)).find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error('no such row');
  return found;
}

async function untilState(open: WindowApp, id: string, state: string): Promise<void> {
  await expect
    .poll(async () => (await row(open, id)).job?.state, { timeout: 150_000, interval: 100 })
    .toBe(state);
}

/** Events of the window, batched, are right at their end. */
async function lastTold({ told }: TestSession, id: string): Promise<RecordingView | undefined> {
  return told
    .flatMap((event) => (event.type === 'libraryChanged' ? event.changed : []))
    .findLast((changed) => changed.id === id);
}

test('a recording is heard, edited while the vault is open, found and exported', async () => {
  await using vault = await openTestVault();
  const { session, told, folder } = vault;
  const open = session.work;
  const { added, rejected } = await open.intake.bringIn([join(FIXTURES, 'interview-en.m4a')], intake);
  expect(rejected).toEqual([]);
  const [id = ''] = added;
  await untilState(open, id, 'done');
  expect(await row(open, id)).toMatchObject({ isSafe: true, hasTranscript: true });
  await expect.poll(() => lastTold(vault, id)).toMatchObject({ job: { state: 'done' } });

  const view = await transcriptView(open.services.database, id);
  const arrived = told.flatMap((event) => (event.type === 'segmentsArrived' ? event.segments : []));
  expect(arrived.map((segment) => segment.id).sort()).toEqual(
    view.segments.map((segment) => segment.id).sort(),
  );
  // Each finished window was sent once, and only data that the window uses.
  const windows = vault.heard.filter(
    (event) => event.type === 'segmentsCommitted' && event.segments.length > 0,
  );
  expect(told.filter(({ type }) => type === 'segmentsArrived')).toHaveLength(windows.length);
  for (const event of told) expect(AppEvent.parse(event)).toEqual(event);

  const [first] = view.segments;
  await open.transcripts.editor.edit(id, [first?.id ?? ''], ['a sentence about estoppel']);
  const hits = await open.services.database.search.find({ text: 'estoppel', limit: 5 });
  expect(hits.map(({ segmentId }) => segmentId)).toEqual([first?.id]);

  const choice = await open.export.lastChoice(id);
  expect(choice.formats).toEqual(['docx']);
  const out = join(folder, 'out');
  mkdirSync(out);
  const wanted = { ...choice, folder: out, formats: ['txt' as const] };
  await expect(open.export.write([id], wanted)).rejects.toEqual(code('folder.notWritable'));
  await open.export.give(out);
  const { written, failed } = await open.export.write([id], wanted);
  expect(failed).toEqual([]);
  const [file] = written;
  expect(file?.recordingId).toBe(id);
  expect(readFileSync(file?.path ?? '', 'utf8')).toContain('a sentence about estoppel');
  for (const format of ExportFormat.options) {
    const preview = await open.export.preview({ ...choice, recordingId: id, format });
    expect(requests['exports.preview'].output.parse(preview)).toEqual(preview);
    // RTTM tells who speaks when, and has no words.
    if (format !== 'rttm') expect(JSON.stringify(preview), format).toContain('a sentence about estoppel');
  }
  expect(await open.export.lastChoice(id)).toMatchObject({ folder: out, formats: ['txt'], synced: null });
  expect(open.export.lastFileOf(id)).toBe(file?.path);

  // There is no browser to print with here: files written before stay, and are reported.
  const withPdf = await open.export.write([id], { ...wanted, formats: ['txt', 'pdf'] });
  expect(withPdf.written.map(({ path }) => path)).toEqual([file?.path.replace('.txt', ' (2).txt')]);
  expect(withPdf.failed).toEqual([
    { name: 'interview-en.m4a', failure: { code: 'export.failed', details: {} } },
  ]);
});

test('what waits for a model in a vault of an earlier release is transcribed when it is next opened', async () => {
  await using vault = await openTestVault();
  const { session } = vault;
  const { imports, database } = session.work.services;
  const options = { matterId: null, track: null, speakers: 'auto' } as const;
  const id = await imports.add(join(FIXTURES, 'memo-en.mp3'), options);
  await database.recordings.setWaitingChoice({
    recordingId: id,
    choice: { ...DEFAULT_CHOICE, language: 'en' },
  });
  await expect.poll(async () => (await row(session.work, id)).isSafe, { timeout: 150_000 }).toBe(true);
  expect(await row(session.work, id)).toMatchObject({ job: null, hasTranscript: false });
  await session.lock('seal');
  await session.unlock(PASSPHRASE);
  await untilState(session.work, id, 'done');
  expect((await row(session.work, id)).job?.choice.language).toBe('en');
  expect((await session.work.services.database.recordings.get(id)).waitingChoice).toBeNull();
});

test('a larger model that is brought in becomes the default, a smaller or English one does not', async () => {
  await using vault = await openTestVault(() => {
    throw new Error('no engine is needed');
  });
  const { models, measurements, intake: taking } = vault.session.work;
  const usual = async () => (await models.resolve(null)).choice.name;
  const bring = async (name: string, made: MadeModel) => {
    const file = join(vault.folder, name);
    await writeMadeModel(file, made);
    return (await taking.bringIn([file], intake)).models.map((model) => model.name);
  };
  // The fixture was chosen, and stays.
  expect(await bring('chosen-not.bin', { encoderLayers: 12 })).toEqual(['chosen-not']);
  expect(await usual()).toBe('ggml-sample-dictation');
  await models.makeDefault('base-q8_0');
  await bring('tiny.own.bin', { encoderLayers: 4 });
  await bring('english.bin', { encoderLayers: 24, vocabulary: 51_864 });
  expect(await usual()).toBe('base-q8_0');
  await bring('larger.bin', { encoderLayers: 24 });
  expect(await usual()).toBe('larger');
  const views = await measurements.views();
  expect(views.filter(({ isDefault }) => isDefault).map(({ name }) => name)).toEqual(['larger']);
  expect(views.filter(({ isRecommended }) => isRecommended)).toHaveLength(1);
});

test('files that are being brought in when the vault is locked are in it, or come in the next time', async () => {
  await using vault = await openTestVault();
  const { session } = vault;
  const sources = ['one.mp3', 'two.mp3', 'three.mp3'].map((name) => join(vault.folder, name));
  for (const source of sources) copyFileSync(join(FIXTURES, 'memo-en.mp3'), source);
  const outcome = session.work.intake.bringIn(sources, intake);
  await session.lock('curtain');
  // Behind the curtain all of them are imported: the vault is not sealed before that.
  expect(session.isWorkingLocked).toBe(true);
  expect((await outcome).added).toHaveLength(3);
  await session.unlock(PASSPHRASE);
  // A file that is still being read would not be added again.
  await expect.poll(() => session.work.isReading, { timeout: 30_000 }).toBe(false);

  const more = session.work.intake.bringIn(sources, intake);
  await session.lock('seal');
  // How many were in before the vault was sealed is the machine's business.
  expect((await more).rejected).toEqual([]);
  await session.unlock(PASSPHRASE);
  await expect.poll(() => session.work.library.list(), { timeout: 30_000 }).toHaveLength(6);
  await expect.poll(() => session.work.intake.isTaking).toBe(false);
  await session.lock('seal');
  await session.unlock(PASSPHRASE);
  expect(session.work.intake.isTaking).toBe(false);
  expect(await session.work.library.list()).toHaveLength(6);
});

test('a source that cannot be read is told on its row, and read again when asked and at the next opening', async () => {
  await using vault = await openTestVault();
  const { session, heard } = vault;
  const source = join(vault.folder, 'memo.mp3');
  copyFileSync(join(FIXTURES, 'memo-en.mp3'), source);
  onTestFinished(() => installFault(null));
  const failAt = (point: FaultPoint) =>
    installFault((here) => {
      if (here === point) throw Object.assign(new Error('input/output error'), { code: 'EIO' });
    });
  const failure = async (id: string) => (await row(session.work, id)).importFailure?.code ?? null;

  failAt('import.partSealed');
  const id = await session.work.services.imports.add(source, {
    matterId: null,
    track: null,
    speakers: 'auto',
  });
  await expect.poll(() => failure(id), { timeout: 30_000 }).toBe('disk.failed');
  expect(await row(session.work, id)).toMatchObject({ state: 'importing', job: null });
  const last = () => lastTold(vault, id);
  await expect.poll(last).toMatchObject({ importFailure: { code: 'disk.failed' } });
  expect(requests['library.list'].output.parse(await session.work.library.list())).toHaveLength(1);

  // Asked to read it again while the fault is still there, and where the source is not.
  await session.work.recordings.readAgain(id);
  await expect.poll(() => failure(id), { timeout: 30_000 }).toBe('disk.failed');
  renameSync(source, `${source}.away`);
  await session.work.recordings.readAgain(id);
  expect(await failure(id)).toBe('file.notFound');

  installFault(null);
  renameSync(`${source}.away`, source);
  await session.lock('seal');
  await session.unlock(PASSPHRASE);
  await expect.poll(async () => (await row(session.work, id)).isSafe, { timeout: 30_000 }).toBe(true);
  expect(await row(session.work, id)).toMatchObject({ importFailure: null, job: null });
  expect(heard.some(({ type }) => type === 'importFailed')).toBe(true);
});

test('what cannot be taken is told one by one and can be tried again', async () => {
  await using vault = await openTestVault();
  let open = vault.session.work;
  const good = join(FIXTURES, 'dictado-es.ogg');
  const paths = ['relative.wav', join(vault.folder, 'missing.wav'), join(FIXTURES, 'references.json'), good];
  const outcome = await open.intake.bringIn(paths, intake);
  expect(requests['library.import'].output.parse(outcome)).toEqual(outcome);
  expect(outcome.rejected.map(({ name, failure }) => [name, failure.code])).toEqual([
    ['relative.wav', 'file.notOnDisk'],
    ['missing.wav', 'file.notFound'],
    ['references.json', 'media.text'],
  ]);
  expect(outcome.added).toHaveLength(1);
  // They are reported until the user dismisses them, even if the first window is gone.
  await vault.session.lock('seal');
  await vault.session.unlock(PASSPHRASE);
  open = vault.session.work;
  expect(open.intake.rejections()).toEqual(outcome.rejected);
  const ticket = outcome.rejected[1]?.ticket ?? '';
  copyFileSync(good, join(vault.folder, 'missing.wav'));
  expect((await open.intake.again(ticket, null, intake)).added).toHaveLength(1);
  await expect(open.intake.again('0198a000-0000-7000-8000-000000000000', null, intake)).rejects.toEqual(
    code('file.notFound'),
  );
  expect(open.intake.rejections().map(({ name }) => name)).toEqual(['relative.wav', 'references.json']);
  await open.intake.dismiss(open.intake.rejections().map((rejection) => rejection.ticket));
  expect(open.intake.rejections()).toEqual([]);
});

test('each file of a drop is added once; its other names, and what does not look like a recording, are told', async () => {
  await using vault = await openTestVault();
  const { session, told } = vault;
  const drop = join(vault.folder, 'day 1');
  mkdirSync(drop);
  const file = join(drop, 'memo.mp3');
  copyFileSync(join(FIXTURES, 'memo-en.mp3'), file);
  symlinkSync('memo.mp3', join(drop, 'latest.mp3'));
  linkSync(file, join(vault.folder, 'hard.mp3'));
  for (const name of ['notes.txt', 'plan.pdf']) writeFileSync(join(drop, name), 'words');

  const first = session.work.intake.bringIn([drop, join(vault.folder, 'hard.mp3'), file], intake);
  // Dropped again before it is in, by a tired hand.
  const [outcome, again] = await Promise.all([first, session.work.intake.bringIn([file], intake)]);
  expect(requests['library.import'].output.parse(outcome)).toEqual(outcome);
  expect([...outcome.added, ...again.added]).toHaveLength(1);
  expect([...outcome.rejected, ...again.rejected]).toEqual([]);
  const notes = ({ leftOut }: ImportOutcome) => leftOut.map(({ kind, count, names }) => [kind, count, names]);
  expect([...notes(outcome), ...notes(again)]).toEqual([
    [
      'same',
      2,
      [
        { name: join('day 1', 'latest.mp3'), sameAs: join('day 1', 'memo.mp3') },
        { name: 'hard.mp3', sameAs: join('day 1', 'memo.mp3') },
      ],
    ],
    ['others', 2, ['notes.txt', 'plan.pdf'].map((name) => ({ name: join('day 1', name), sameAs: null }))],
    ['underWay', 1, [{ name: 'memo.mp3', sameAs: null }]],
  ]);
  expect(told.findLast(({ type }) => type === 'leftOutChanged')).toEqual({
    type: 'leftOutChanged',
    notes: [...outcome.leftOut, ...again.leftOut],
  });

  // It stays until dismissed, even if the window is gone.
  await session.lock('seal');
  await session.unlock(PASSPHRASE);
  const { intake: later } = session.work;
  expect(requests['library.leftOut'].output.parse(later.leftOut())).toHaveLength(3);
  await later.dismissLeftOut(later.leftOut().map(({ ticket }) => ticket));
  expect(later.leftOut()).toEqual([]);
  expect(await session.work.library.list()).toHaveLength(1);
});

test('the working copy is heard byte for byte, in any range, two channels as stereo', async () => {
  await using vault = await openTestVault();
  const open = vault.session.work;
  const [id = ''] = (await open.intake.bringIn([join(FIXTURES, 'call-two-channels.flac')], intake)).added;
  await expect.poll(async () => (await row(open, id)).isSafe, { timeout: 150_000 }).toBe(true);
  const answer = (range: string | null) => answerMedia(open.recordings, id, range);
  const whole = await answer(null);
  const bytes = Buffer.from(await whole.arrayBuffer());
  expect([whole.status, whole.headers.get('content-length')]).toEqual([200, String(bytes.length)]);
  expect(whole.headers.get('cache-control')).toBe('no-store');
  expect([bytes.readUInt16LE(22), bytes.readUInt32LE(24), bytes.readUInt32LE(40)]).toEqual([
    2,
    16_000,
    bytes.length - 44,
  ]);
  const durationMs = (await row(open, id)).durationMs ?? 0;
  expect(bytes.length).toBe(44 + durationMs * 16 * 2 * 2);
  expect(bytes.subarray(44).some((byte) => byte !== 0)).toBe(true);

  const last = bytes.length - 1;
  const ranges: [string, number, number][] = [
    ['bytes=0-0', 0, 1],
    ['bytes=43-45', 43, 46],
    ['bytes=45-64044', 45, 64_045],
    [`bytes=${last}-`, last, last + 1],
    ['bytes=-1001', bytes.length - 1001, bytes.length],
    ['bytes=100003-', 100_003, bytes.length],
  ];
  for (const [range, start, end] of ranges) {
    const part = await answer(range);
    expect([part.status, part.headers.get('content-range')]).toEqual([
      206,
      `bytes ${start}-${end - 1}/${bytes.length}`,
    ]);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(start, end))).toBe(true);
  }
  const refused = await answer(`bytes=${bytes.length}-`);
  expect([refused.status, refused.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`]);
  expect((await answerMedia(open.recordings, '0198a000-0000-7000-8000-000000000000', null)).status).toBe(404);
});

test('the bin keeps, gives back and erases; erasing asks for the number', async () => {
  await using vault = await openTestVault();
  const open = vault.session.work;
  const [id = ''] = (await open.intake.bringIn([join(FIXTURES, 'dictado-es.ogg')], intake)).added;
  await untilState(open, id, 'done');
  await open.recordings.bin([id]);
  expect((await row(open, id)).binnedAtMs).not.toBeNull();
  await open.recordings.emptyBin(Date.now());
  await open.recordings.restore([id]);
  expect((await row(open, id)).binnedAtMs).toBeNull();
  await open.recordings.bin([id]);
  await expect(open.recordings.eraseConfirmed([id], 2)).rejects.toEqual(code('usage.notConfirmed'));
  await open.recordings.emptyBin(Date.now() + 31 * 24 * 60 * 60 * 1000);
  expect(await rows(open), 'such a jump of the clock is doubted').toHaveLength(1);
  const notedAtMs = Date.now() + 10 * 24 * 60 * 60 * 1000;
  await open.services.database.retentions.confirmClock({ atMs: notedAtMs });
  await open.recordings.emptyBin(Date.now() + 31 * 24 * 60 * 60 * 1000);
  expect(await rows(open)).toEqual([]);
  const objects = join(vault.vaultFolder, 'objects');
  expect(
    readdirSync(objects, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()),
  ).toEqual([]);
});

test('a matter is deleted: its recordings stay without one, or go to the bin', async () => {
  await using vault = await openTestVault();
  const open = vault.session.work;
  const [one = '', other = ''] = (
    await open.intake.bringIn([join(FIXTURES, 'dictado-es.ogg'), join(FIXTURES, 'memo-en.mp3')], intake)
  ).added;
  const made = async (name: string) => {
    const options = {};
    const { id } = await open.matters.save({
      id: null,
      name,
      caseNumber: '',
      vocabulary: ['estoppel'],
      speakers: [],
      options,
    });
    await open.recordings.move([one, other], id);
    return id;
  };
  const places = async () =>
    (await rows(open)).map(({ matterId, binnedAtMs }) => [matterId, binnedAtMs !== null]);

  const kept = await made('Miller');
  await open.recordings.bin([other]);
  await open.matters.remove(kept, 'keep');
  expect(await places()).toEqual([
    [null, false],
    [null, true],
  ]);
  await open.recordings.restore([other]);

  const binned = await made('Smith');
  await open.matters.remove(binned, 'bin');
  expect(await places()).toEqual([
    [null, true],
    [null, true],
  ]);
  expect(await open.matters.list()).toEqual([]);
  await expect(open.matters.remove(binned, 'keep')).rejects.toEqual(code('matter.notFound'));
  const deleted = await open.services.database.audit.about(['matter.deleted']);
  expect(deleted.map(({ subjectId }) => subjectId)).toEqual([kept, binned]);
  expect(isSound(await verifyVault(open.services))).toBe(true);
});

test('a source may go once it is safe: behind the curtain the work goes on, and the vault seals itself', async () => {
  await using vault = await openTestVault();
  const { session, heard } = vault;
  const samples = join(vault.folder, 'stick');
  mkdirSync(samples);
  copyFileSync(join(FIXTURES, 'interview-en.m4a'), join(samples, 'interview.m4a'));
  const open = session.work;
  const [id = ''] = (await open.intake.bringIn([samples], intake)).added;
  await session.lock('curtain');
  expect(session.isWorkingLocked).toBe(true);
  await expect(session.unlock('wrong passphrase')).rejects.toEqual(code('vault.wrongPassphrase'));
  await expect.poll(() => heard.some((event) => event.type === 'jobEnded'), { timeout: 150_000 }).toBe(true);
  await expect
    .poll(async () => {
      await session.sealIfIdle();
      return session.isWorkingLocked;
    })
    .toBe(false);
  expect(existsSync(join(vault.vaultFolder, 'holder'))).toBe(false);
  // The work may be done before the wait that follows a wrong passphrase is over.
  await expect.poll(() => session.delayMs, { timeout: 10_000 }).toBe(0);
  await session.unlock(PASSPHRASE);
  expect((await row(session.work, id)).job?.state).toBe('done');
  const log = await session.work.services.database.audit.page({ afterSequence: 0, limit: 99 });
  const told = log.filter(({ action }) => action.startsWith('vault.'));
  expect(told.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    'vault.created done',
    'vault.locked done',
    'vault.unlocked failed',
    'vault.sealed done',
    'vault.opened done',
  ]);
});
