import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { SAMPLE_RATE, SAMPLES_PER_MS } from '../../contract/audio.ts';
import { SoundFormat } from '../../contract/pseudonyms.ts';
import { partOf } from '../../core/database/testing/test-database.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { findFfmpeg } from '../../core/media/find-ffmpeg.ts';
import { latestDocument } from '../../core/transcripts/transcript-document.ts';
import { HASHING_FLOOR } from '../../core/vault/passphrase.ts';
import { HandOvers } from '../hand-over/hand-overs.ts';
import { addTalk } from '../testing/talk-of-two.ts';
import { makeVault, openEphemeral, openWorkspace, type Workspace } from '../testing/test-workspace.ts';

const PASSPHRASE = 'four blue herons by the lake';
const DURATION_MS = 12_000;
/** `word7` is said then (`addTalk`), and a margin around it is replaced, too. */
const COVERED = { startMs: 7_000 - 80, endMs: 7_900 + 80 };
/** How far a codec blurs an edge. */
const BLUR_MS = 70;
/** Two tones for a voice, which no bleep has. */
const VOICE_HZ = [440, 1_900] as const;

let ffmpeg: string;
let folder: string;
let workspace: Workspace;
let matterId: string;

beforeAll(async () => {
  ffmpeg = (await findFfmpeg()).path;
});

beforeEach(async () => {
  folder = temporaryFolder();
  await makeVault(join(folder, 'vault'));
  workspace = await openWorkspace(join(folder, 'vault'));
  matterId = newId();
  const matter = { name: 'Soto', vocabulary: [], speakers: [], defaultOptions: {}, createdAtMs: 1 };
  await workspace.database.matters.add({ id: matterId, ...matter });
});

afterEach(() => workspace.close());

/** A finished talk in the matter that can be handed over. */
async function addFinishedTalk(): Promise<string> {
  const { database } = workspace;
  const recordingId = await addTalk(database, matterId, { heard: false });
  await database.recordings.finishImport({
    ...{ recordingId, state: 'ready', sourceSha256: null, layout: 'speakers', channels: 2 },
    ...{ durationMs: DURATION_MS, original: null, atMs: 2 },
  });
  const version = await database.versions.latest(recordingId);
  await database.versions.finish({ versionId: version?.id ?? '', completedAtMs: 3 });
  await database.jobs.setState({ jobId: version?.jobId ?? '', state: 'cancelled' });
  return recordingId;
}

/** Gives it two channels of sound: the tones of a voice all the time, the second half as loud. */
async function addSound(recordingId: string): Promise<void> {
  const { vault, database } = workspace;
  for (const channel of [0, 1]) {
    const writer = await vault.objects.createWriter({ recordingId, kind: 'part', version: 1 });
    await writer.write(Buffer.from(voice(4_000 / (channel + 1)).buffer));
    const part = { ...partOf(recordingId, channel, 0), sampleCount: DURATION_MS * SAMPLES_PER_MS };
    await database.parts.commit({ part, object: await writer.commit(), createdAtMs: 2 });
  }
}

function voice(level: number): Int16Array {
  const tone = (at: number, hz: number) => Math.sin((2 * Math.PI * hz * at) / SAMPLE_RATE);
  return Int16Array.from({ length: DURATION_MS * SAMPLES_PER_MS }, (_, at) =>
    Math.round((level * (tone(at, VOICE_HZ[0]) + tone(at, VOICE_HZ[1]))) / 2),
  );
}

/** The samples of a channel of a sound file, from 0 ms on. */
function decoded(file: string, channel: number): Int16Array {
  const bytes = execFileSync(
    ffmpeg,
    ['-v', 'error', '-i', file, '-map_channel', `0.0.${channel}`, '-f', 's16le', '-'],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

/** The level of one frequency in a stretch, as an amplitude (Goertzel). */
function levelOf(samples: Int16Array, hz: number, fromMs: number, toMs: number): number {
  const part = samples.subarray(fromMs * SAMPLES_PER_MS, toMs * SAMPLES_PER_MS);
  const turn = (2 * Math.PI * hz) / SAMPLE_RATE;
  let [real, imaginary] = [0, 0];
  for (const [at, sample] of part.entries()) {
    real += sample * Math.cos(turn * at);
    imaginary += sample * Math.sin(turn * at);
  }
  return (2 * Math.hypot(real, imaginary)) / part.length;
}

function difference(a: Int16Array, b: Int16Array, fromMs: number, toMs: number): number {
  let [square, reference] = [0, 0];
  for (let at = fromMs * SAMPLES_PER_MS; at < toMs * SAMPLES_PER_MS; at += 1) {
    square += ((a[at] ?? 0) - (b[at] ?? 0)) ** 2;
    reference += (b[at] ?? 0) ** 2;
  }
  return Math.sqrt(square / reference);
}

const save = (recordingId: string, text: string, label: string | null = null) =>
  workspace.app.pseudonyms.save(recordingId, [{ id: null, kind: 'person', label, forms: [text] }]);

test('in every format the words are gone from all channels to the millisecond, and the rest is as it was', async () => {
  const recordingId = await addFinishedTalk();
  await addSound(recordingId);
  await save(recordingId, 'word7');
  for (const format of SoundFormat.options) {
    const written = await workspace.app.pseudonyms.exportSound(recordingId, folder, {
      sound: 'silence',
      format,
    });
    expect(written).toMatchObject({ places: 1, replacedMs: COVERED.endMs - COVERED.startMs });
    expect(written.path).toMatch(new RegExp(`\\.${format}$`));
    for (const channel of [0, 1]) {
      const samples = decoded(written.path, channel);
      const more = samples.length - DURATION_MS * SAMPLES_PER_MS;
      // ffmpeg 5 gives the end of an M4A's last frame, too.
      expect(more, format).toBeGreaterThanOrEqual(0);
      expect(more, format).toBeLessThan(format === 'm4a' ? 1024 : 1);
      const original = voice(4_000 / (channel + 1));
      const tone = 2_000 / (channel + 1);
      for (const hz of VOICE_HZ) {
        const within = levelOf(samples, hz, COVERED.startMs + BLUR_MS, COVERED.endMs - BLUR_MS);
        expect(within, `${format}, ${hz} Hz`).toBeLessThan(tone / 1_000);
        // Half of a stretch over each edge has it: the edge lies where it should.
        for (const edge of [COVERED.startMs, COVERED.endMs]) {
          const level = levelOf(samples, hz, edge - 100, edge + 100);
          expect(Math.abs(level - tone / 2), `${format}, ${hz} Hz, edge at ${edge} ms`).toBeLessThan(
            tone / 20,
          );
        }
      }
      for (const [from, to] of [
        [500, COVERED.startMs - BLUR_MS],
        [COVERED.endMs + BLUR_MS, DURATION_MS - 500],
      ] as const) {
        expect(difference(samples, original, from, to), format).toBeLessThan(format === 'wav' ? 1e-9 : 0.08);
      }
    }
    const bytes = await readFile(written.path);
    for (const planted of ['hearing', 'word7', 'Soto', 'Lav', recordingId]) {
      expect(bytes.includes(planted), `${format}: ${planted}`).toBe(false);
    }
  }
});

test('a person has one label in all recordings of a matter, also where it was handed over to', async () => {
  const [first, second] = [await addFinishedTalk(), await addFinishedTalk()];
  await save(first, 'word3');
  await save(second, 'word5');
  await save(first, 'word4');
  await workspace.app.pseudonyms.remove(first, (await workspace.app.pseudonyms.view(first)).key[1]?.id ?? '');
  await save(second, 'word6');
  const labels = async ({ app }: Workspace, id: string) =>
    (await app.pseudonyms.view(id)).key.map(({ label, forms, count }) => [label, forms[0], count]);
  // No number is given twice: [Person 2] may stand in a copy that was given away.
  const key = [
    ['[Person 1]', 'word3', 1],
    ['[Person 3]', 'word4', 1],
    ['[Person 4]', 'word6', 1],
  ];
  expect(await labels(workspace, first)).toEqual(key);
  expect(await labels(workspace, second)).toEqual(key);
  const file = join(folder, 'case.voicesync');
  await new HandOvers(workspace, {}, HASHING_FLOOR).handOver({
    ...{ matterId, file, passphrase: PASSPHRASE, withVoices: false },
  });
  const receiver = await openEphemeral(folder);
  try {
    await receiver.app.handOvers.receive({ file, passphrase: PASSPHRASE });
    expect(await labels(receiver, second)).toEqual(key);
    await receiver.app.pseudonyms.save(first, [{ id: null, kind: 'person', label: null, forms: ['word9'] }]);
    expect((await labels(receiver, second)).at(-1)).toEqual(['[Person 5]', 'word9', 1]);
  } finally {
    await receiver.close();
  }
});

test('a key goes with its matter, and a line with the last recording that says it', async () => {
  const { app, database } = workspace;
  const [first, second] = [await addFinishedTalk(), await addFinishedTalk()];
  await save(first, 'word3');
  // A copy of the other was given away with this label.
  await app.pseudonyms.copyOf(await latestDocument(database, await database.recordings.get(second)));
  await app.recordings.erase(first);
  expect(await database.pseudonyms.key({ matterId, recordingId: null })).toHaveLength(1);
  await app.recordings.erase(second);
  expect(await database.pseudonyms.key({ matterId, recordingId: null })).toEqual([]);
  const third = await addFinishedTalk();
  await save(third, 'Zebulon Quartermain');
  await app.matters.remove(matterId, 'bin');
  await app.recordings.erase(third);
  expect(await database.pseudonyms.key({ matterId, recordingId: null })).toEqual([]);
  expect(await database.pseudonyms.key({ matterId: null, recordingId: third })).toEqual([]);
});

test('the key lies in the vault alone until it is exported, as a file of its own', async () => {
  const recordingId = await addFinishedTalk();
  await save(recordingId, 'word3');
  const out = join(folder, 'out');
  await mkdir(out);
  const path = await workspace.app.pseudonyms.exportKey(recordingId, out);
  expect(await readdir(out)).toHaveLength(1);
  expect(await readFile(path, 'utf8')).toContain('"[Person 1]","Person","word3"');
});
