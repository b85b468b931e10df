import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '../../contract/errors.ts';
import { addJob, newRecording } from '../../core/database/testing/test-database.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { makeVault, openWorkspace, type Workspace } from '../testing/test-workspace.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const START_MS = Date.UTC(2026, 0, 10, 9);

let folder: string;
let workspace: Workspace;
let matterId: string;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: START_MS });
  folder = temporaryFolder();
  await makeVault(join(folder, 'vault'));
  workspace = await openWorkspace(join(folder, 'vault'));
  matterId = await addMatter('Ríos v. Soto');
});

afterEach(async () => {
  await workspace.close();
  vi.useRealTimers();
});

async function addMatter(name: string): Promise<string> {
  const id = newId();
  const matter = { id, name, vocabulary: [], speakers: [], defaultOptions: {}, createdAtMs: 1 };
  await workspace.database.matters.add(matter);
  return id;
}

/** A recording that was imported so many days after the start. */
async function addOn(day: number, name: string): Promise<string> {
  const recording = { ...newRecording(name), matterId, createdAtMs: START_MS + day * DAY_MS };
  await workspace.database.recordings.add(recording);
  return recording.id;
}

/** Moves the clock to so many days after the start. */
const goToDay = (day: number) => vi.setSystemTime(START_MS + day * DAY_MS);
const names = async () => (await workspace.database.recordings.list()).map(({ name }) => name);
const log = () => workspace.database.audit.page({ afterSequence: 0, limit: 100 });

test('what is due is asked the first time, then goes by itself; jobs end, nothing is in the bin, a certificate stays', async () => {
  const { retention } = workspace.app;
  const first = await addOn(0, 'first.wav');
  await addOn(5, 'second.wav');
  await addJob(workspace.database, first);
  await retention.set(matterId, { days: 30, automatic: true });
  expect((await retention.due()).due).toEqual([]);
  goToDay(16);
  expect((await retention.due()).due).toMatchObject([{ name: 'first.wav', dueAtMs: START_MS + 30 * DAY_MS }]);
  goToDay(30);
  await retention.eraseAutomatic(Date.now());
  expect(await names(), 'nothing goes before the user was asked').toEqual(['first.wav', 'second.wav']);
  for (const [ids, count] of [
    [[first], 2],
    [(await workspace.database.recordings.list()).map(({ id }) => id), 2],
  ] as const) {
    await expect(retention.eraseDue(ids, count, false)).rejects.toMatchObject({ code: 'usage.notConfirmed' });
  }
  const [certificate] = await retention.eraseDue([first], 1, false);
  expect(await names()).toEqual(['second.wav']);
  expect(await workspace.database.jobs.list({ recordingId: first })).toEqual([]);
  goToDay(34.9);
  await retention.eraseAutomatic(Date.now());
  expect(await names()).toEqual(['second.wav']);
  goToDay(35);
  await retention.eraseAutomatic(Date.now());
  expect(await names()).toEqual([]);
  expect((await retention.due()).erased).toBe(1);
  expect((await retention.due()).erased, 'it is told once').toBe(0);
  expect(await retention.certificates.list()).toMatchObject([
    { recordings: 1, byRetention: true },
    { id: certificate?.id },
  ]);
});

test('a certificate tells what, when, why and how, and stands in the log; names only where they are wanted', async () => {
  const { retention } = workspace.app;
  const [plain, named] = [await addOn(0, 'Ana Ríos.wav'), await addOn(0, 'Hugo Soto.wav')];
  const [one, two] = [
    await retention.eraseCertified([plain], 1, false),
    await retention.eraseCertified([named], 1, true),
  ];
  const file = join(folder, 'certificate.txt');
  const print = async (html: readonly Uint8Array[]) => Buffer.from(Buffer.concat([...html]).toString());
  await retention.certificates.save(one.id, file, print);
  const text = await readFile(file, 'utf8');
  for (const part of [plain, '2026-01-10 09:00:00 UTC', 'typing the number', 'write-ahead log was emptied'])
    expect(text).toContain(part);
  expect(text).not.toContain('Ana');
  const entries = await log();
  const certified = entries.find(({ subjectId }) => subjectId === one.id);
  expect(certified).toMatchObject({
    action: 'erasure.certified',
    detail: {
      recordings: [plain],
      byRetention: false,
      certificateHash: createHash('sha256').update(text).digest('hex'),
    },
  });
  const before = entries.find(({ sequence }) => sequence === (certified?.sequence ?? 0) - 1);
  expect(before).toMatchObject({ action: 'recording.erased', subjectId: plain });
  expect(text, 'the end of the log after the erasing').toContain(before?.hash.toString('hex'));
  await retention.certificates.save(two.id, join(folder, 'two.pdf'), print);
  expect(await readFile(join(folder, 'two.pdf'), 'utf8')).toContain('Name: Hugo Soto.wav');
});

test('a hold stops all erasing, and after it the user is asked again', async () => {
  const { retention, recordings, matters } = workspace.app;
  const id = await addOn(0, 'first.wav');
  const other = await addMatter('Other');
  await retention.set(matterId, { days: 30, automatic: true });
  await workspace.database.retentions.setConfirmed({ matterId, confirmed: true });
  await recordings.bin([id]);
  await retention.hold(matterId, true);
  goToDay(90);
  await retention.eraseAutomatic(Date.now());
  await recordings.emptyBin(Date.now());
  expect(await retention.due()).toMatchObject({ due: [], heldMatterIds: [matterId] });
  const held = { code: 'matter.held', details: { matter: 'Ríos v. Soto' } };
  await expect(recordings.eraseConfirmed([id], 1)).rejects.toMatchObject(held);
  await expect(recordings.erase(id)).rejects.toMatchObject(held);
  await expect(recordings.move([id], other)).rejects.toMatchObject(held);
  await expect(matters.remove(matterId, 'keep')).rejects.toMatchObject(held);
  expect(await names()).toEqual(['first.wav']);
  await retention.hold(matterId, false);
  await retention.eraseAutomatic(Date.now());
  expect(await retention.due()).toMatchObject({
    due: [{ recordingId: id, automatic: false }],
    heldMatterIds: [],
  });
  const told = (await log()).map(({ action }) => action).filter((action) => action.startsWith('retention.'));
  expect(told).toEqual(['retention.set', 'retention.held', 'retention.released']);
});

test('other days, and old recordings that come in, are asked about again', async () => {
  const { retention, recordings } = workspace.app;
  const isAutomatic = async () => (await retention.view(matterId)).due.map(({ automatic }) => automatic);
  await addOn(0, 'first.wav');
  const confirm = () => workspace.database.retentions.setConfirmed({ matterId, confirmed: true });
  await retention.set(matterId, { days: 30, automatic: true });
  await confirm();
  await retention.set(matterId, { days: 3, automatic: true });
  expect(await isAutomatic()).toEqual([false]);
  await confirm();
  expect(await isAutomatic()).toEqual([true]);
  const unfiled = { ...newRecording('old.wav'), createdAtMs: START_MS - 900 * DAY_MS };
  await workspace.database.recordings.add(unfiled);
  await recordings.move([unfiled.id], matterId);
  expect(await isAutomatic()).toEqual([false, false]);
});

test('recordings that are gone have a certificate though erasing the others failed', async () => {
  const { retention } = workspace.app;
  const ids = [await addOn(0, 'first.wav'), await addOn(0, 'second.wav'), await addOn(0, 'third.wav')];
  const { recordings } = workspace.database;
  const { erase } = recordings;
  const erasing = vi.spyOn(recordings, 'erase').mockImplementation(async (wanted) => {
    if (wanted.recordingId === ids[1]) throw new AppError('disk.failed', {});
    return await erase(wanted);
  });
  await expect(retention.eraseCertified(ids, 3, false)).rejects.toMatchObject({ code: 'disk.failed' });
  erasing.mockRestore();
  expect(await names()).toEqual(['second.wav', 'third.wav']);
  expect(await retention.certificates.list()).toMatchObject([{ recordings: 1, byRetention: false }]);
});

test('a vault that is closed while recordings are erased keeps the certificate of those that have gone', async () => {
  const { retention } = workspace.app;
  await addOn(0, 'first.wav');
  await addOn(0, 'second.wav');
  await retention.set(matterId, { days: 30, automatic: true });
  await workspace.database.retentions.setConfirmed({ matterId, confirmed: true });
  goToDay(30);
  const { recordings } = workspace.database;
  const { erase } = recordings;
  const begun = Promise.withResolvers<void>();
  vi.spyOn(recordings, 'erase').mockImplementation((wanted) => {
    begun.resolve();
    return erase(wanted);
  });
  const erasing = retention.eraseAutomatic(Date.now());
  await begun.promise;
  await workspace.close();
  await erasing;
  workspace = await openWorkspace(join(folder, 'vault'));
  expect(await names()).toEqual(['second.wav']);
  expect(await workspace.app.retention.certificates.list()).toMatchObject([{ recordings: 1 }]);
});

test('while the clock is behind what the vault has seen, nothing is erased as due', async () => {
  const { retention } = workspace.app;
  const id = await addOn(0, 'first.wav');
  await retention.set(matterId, { days: 10, automatic: true });
  goToDay(30);
  await retention.hold(matterId, true);
  await retention.hold(matterId, false);
  await workspace.database.retentions.setConfirmed({ matterId, confirmed: true });
  goToDay(20);
  await expect(retention.eraseDue([id], 1, false)).rejects.toMatchObject({
    code: 'retention.clockDoubted',
    details: { today: '2026-01-30', latest: '2026-02-09' },
  });
  await retention.eraseAutomatic(Date.now());
  expect(await names()).toEqual(['first.wav']);
  goToDay(30);
  await retention.eraseAutomatic(Date.now());
  expect(await names()).toEqual([]);
});

test('a clock that jumped ahead erases nothing, at no later opening either, until it is confirmed', async () => {
  const { recordings } = workspace.app;
  const id = await addOn(0, 'first.wav');
  const binned = await addOn(0, 'binned.wav');
  await recordings.bin([binned]);
  await workspace.app.retention.set(matterId, { days: 30, automatic: true });
  await recordings.move([binned], null);
  await workspace.database.retentions.setConfirmed({ matterId, confirmed: true });
  const tryToErase = async (day: number) => {
    await workspace.close();
    goToDay(day);
    workspace = await openWorkspace(join(folder, 'vault'));
    // As unlocking does.
    await workspace.database.audit.append({
      ...{ atMs: Date.now(), action: 'vault.unlocked', subjectId: null, outcome: 'done', detail: {} },
    });
    await workspace.app.recordings.emptyBin(Date.now());
    await workspace.app.retention.eraseAutomatic(Date.now());
    return (await names()).sort();
  };
  for (const day of [400, 401]) {
    expect(await tryToErase(day)).toEqual(['binned.wav', 'first.wav']);
    const { due, clockDoubt } = await workspace.app.retention.due();
    expect(clockDoubt).toEqual({ latestAtMs: START_MS });
    expect(due).toMatchObject([{ recordingId: id }]);
    await expect(workspace.app.retention.eraseDue([id], 1, false)).rejects.toMatchObject({
      code: 'retention.clockDoubted',
    });
  }
  // Set right again, it is behind what the vault has seen; once confirmed, that counts no more.
  expect(await tryToErase(1)).toEqual(['binned.wav', 'first.wav']);
  expect(await workspace.app.retention.due()).toMatchObject({ due: [], clockDoubt: null });
  await workspace.app.retention.confirmClock();
  expect(await tryToErase(30)).toEqual(['first.wav']);
  const { due, clockDoubt } = await workspace.app.retention.due();
  expect({ due, clockDoubt }).toMatchObject({
    due: [{ recordingId: id, automatic: false }],
    clockDoubt: null,
  });
  expect(await workspace.app.retention.eraseDue([id], 1, false)).toHaveLength(1);
});
