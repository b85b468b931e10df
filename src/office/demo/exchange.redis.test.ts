import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HandOvers } from '../../app/hand-over/hand-overs.ts';
import { make, RECORDINGS } from '../../app/testing/short-recordings.ts';
import { SAMPLE_OPTIONS } from '../../app/testing/test-workspace.ts';
import { latestDocument } from '../../core/transcripts/transcript-document.ts';
import { HASHING_FLOOR } from '../../core/vault/passphrase.ts';
import { collect } from '../client/collect.ts';
import { fetchResult } from '../client/send-recording.ts';
import { ExchangeVault } from '../exchange/exchange-vault.ts';
import { transcriptFileIn } from '../exchange/result-file.ts';
import { LocalOffice } from './local-office.ts';

const PASSPHRASE = 'four blue herons by the lake';

/** In names alone: it may be nowhere in the office, nor readable in what the client keeps. */
const PLANTED = 'Thornfieldsecret';
const PROGRAM = join(import.meta.dirname, '../program/main.ts');

let office: LocalOffice;
/** Where the client's user works. */
let desk: string;
let watched: string;
let passphraseFile: string;

beforeAll(async () => {
  office = await LocalOffice.start({ model: SAMPLE_OPTIONS.model.path, workers: 1, leaseMs: 3_000 });
  desk = join(office.folder, `${PLANTED} desk`);
  watched = join(desk, 'in');
  await mkdir(watched, { recursive: true });
  passphraseFile = join(desk, 'passphrase');
  await writeFile(passphraseFile, `${PASSPHRASE}\n`);
}, 120_000);

afterAll(() => office[Symbol.asyncDispose](), 60_000);

/** Runs a command of the client; `lines` are those that it says. */
function client(...command: string[]): {
  child: ChildProcess;
  lines: AsyncIterable<string>;
  errors: string[];
} {
  const child = spawn(process.execPath, [PROGRAM, ...command], {
    env: { ...process.env, ...office.clientEnvironment(join(desk, 'client')), LANG: 'en_US.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const errors: string[] = [];
  child.stderr?.on('data', (data: Buffer) => errors.push(data.toString()));
  if (child.stdout === null) throw new Error('no output');
  return { child, lines: createInterface(child.stdout), errors };
}

/** Watches until it has said one of these, and is killed at that moment. */
async function watchUntil(...wanted: RegExp[]): Promise<string> {
  const { child, lines, errors } = client(
    ...['watch', watched, '--out', join(desk, 'out'), '--formats', 'txt,json'],
    ...['--passphrase-file', passphraseFile, '--every-s', '0.2'],
  );
  for await (const line of lines) {
    if (!wanted.some((one) => one.test(line))) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
    return line;
  }
  throw new Error(`the client ended: ${errors.join('')}`);
}

async function ran(...command: string[]): Promise<number | null> {
  const { child, errors } = client(...command);
  child.stdout?.resume();
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) process.stderr.write(errors.join(''));
  return code;
}

/** A part of the call, as a file of its own. */
const piece = (file: string, atS: number) => make(file, '-ss', String(atS), '-t', '3', '-i', RECORDINGS.call);

/** A matter with one recording, handed over into the watched folder as the desktop does it; returns the recording's id. */
async function handOver(desktop: ExchangeVault): Promise<string> {
  const matterId = await desktop.addMatter(`${PLANTED} v. Soto`);
  const source = await piece(join(desk, `${PLANTED} hearing.flac`), 6);
  const recordingId = await desktop.addRecording(source, matterId, 'auto');
  const order = {
    matterId,
    file: join(watched, 'case.voicesync'),
    passphrase: PASSPHRASE,
    withVoices: false,
  };
  await new HandOvers(desktop.app.services, {}, HASHING_FLOOR).handOver(order);
  return recordingId;
}

test('matters and recordings go to the office and back through a watched folder, whenever the client is killed', async () => {
  await using desktop = await ExchangeVault.openEphemeral();
  const sentId = await handOver(desktop);
  await piece(join(watched, `${PLANTED} memo.flac`), 0);
  // Killed in the middle of its first look, once something was sent, and as soon as something came back.
  await watchUntil(/^Watching/);
  await watchUntil(/: sent$/);
  await watchUntil(/case\.voicesync: 1|\.json$/);
  const out = join(desk, 'out');
  const isAllBack = async () => (await readdir(out)).length === 3;
  if (!(await isAllBack())) await watchUntil(/case\.voicesync: 1|\.json$/);
  // One more look: what was written and not noted is not written again.
  expect(await ran('fetch', '--out', out, '--formats', 'txt,json', '--passphrase-file', passphraseFile)).toBe(
    0,
  );
  const names = [`${PLANTED} memo.json`, `${PLANTED} memo.txt`, 'case.voicesync'].sort();
  expect((await readdir(out)).sort()).toEqual(names);
  const jobs = await office.client.finished(null);
  expect(jobs).toHaveLength(2);

  // The matter with its text: the same words, times and speakers as the tenant's vault reads them.
  const file = join(out, 'case.voicesync');
  const { matterId, name } = await desktop.app.handOvers.receive({ file, passphrase: PASSPHRASE });
  expect(name).toBe(`${PLANTED} v. Soto (2)`);
  const [recording] = await desktop.recordingsOf(matterId);
  expect(recording).toMatchObject({ name: `${PLANTED} hearing.flac`, hasText: true });
  expect(recording?.id).not.toBe(sentId);
  const { database } = desktop.app.services;
  const document = await latestDocument(database, await database.recordings.get(recording?.id ?? ''));
  const results = await Promise.all(
    jobs.map(async ({ jobId }) => transcriptFileIn(await fetchResult(office.client, jobId, office.vaultKey))),
  );
  const { sourceSha256 } = await database.recordings.get(sentId);
  const result = results.find(({ recording: { sha256 } }) => sha256 === sourceSha256);
  expect(result?.segments.length).toBeGreaterThan(0);
  expect(document.segments).toEqual(result?.segments);
  expect(document.model.sha256).toBe(SAMPLE_OPTIONS.model.sha256);

  await expectCollected(results.map(({ segments }) => segments));
  await expectNothingTold(results.flatMap(({ segments }) => segments.map(({ text }) => text)));
}, 240_000);

test('recordings are packed with their texts for the desktop', async () => {
  const source = await piece(join(desk, `${PLANTED} third.flac`), 12);
  expect(await ran('send', source)).toBe(0);
  const file = join(desk, 'packed.voicesync');
  const pack = ['fetch', '--wait', '--hand-over', file, '--passphrase-file', passphraseFile];
  expect(await ran(...pack)).toBe(0);
  await using desktop = await ExchangeVault.openEphemeral();
  const { matterId, name } = await desktop.app.handOvers.receive({ file, passphrase: PASSPHRASE });
  const [recording, ...others] = await desktop.recordingsOf(matterId);
  expect([name, recording?.name, recording?.hasText, others]).toEqual([
    ...['packed', `${PLANTED} third.flac`, true, []],
  ]);
  // The same recording once more is known.
  expect(await ran('send', source)).toBe(0);
  expect(await office.client.finished(null)).toHaveLength(3);
}, 120_000);

/** Collected into a vault with the tenant's key, interrupted after the first, each recording is there once with its text and sound. */
async function expectCollected(texts: readonly unknown[]): Promise<void> {
  await using vault = await ExchangeVault.openEphemeral();
  const options = { client: office.client, privateKey: office.vaultKey, matterId: null };
  const told: unknown[] = [];
  const tell = (event: unknown) => void told.push(event);
  const interrupted = collect(vault, {
    ...options,
    tell: (event) => {
      tell(event);
      throw new Error('killed');
    },
  });
  await expect(interrupted).rejects.toThrow('killed');
  for (const _ of ['the rest', 'nothing more']) await collect(vault, { ...options, tell });
  expect(told).toHaveLength(texts.length);
  const { database } = vault.app.services;
  const recordings = await database.recordings.list();
  expect(recordings.map(({ name }) => name).sort()).toEqual(
    [`${PLANTED} hearing.flac`, `${PLANTED} memo.flac`].sort(),
  );
  const collected = await Promise.all(
    recordings.map(async (recording) => (await latestDocument(database, recording)).segments),
  );
  expect(collected).toEqual(expect.arrayContaining([...texts]));
}

/** Names and words are in no file of Redis, the store, the programs' logs and the client, but for what the user has. */
async function expectNothingTold(texts: readonly string[]): Promise<void> {
  const secrets = [PLANTED, ...texts.filter((text) => text.length >= 8)];
  const folders = [office.redis.folder, office.store.folder, office.folder];
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const isUsers = entry.parentPath.startsWith(desk) && !entry.parentPath.startsWith(join(desk, 'client'));
      if (!entry.isFile() || isUsers) continue;
      const bytes = await readFile(join(entry.parentPath, entry.name));
      expect(
        secrets.filter((secret) => bytes.includes(secret) || entry.name.includes(secret)),
        entry.name,
      ).toEqual([]);
    }
  }
}
