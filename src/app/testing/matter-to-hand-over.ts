import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { v7 as newId } from 'uuid';
import { eachSegment } from '../../core/database/segment-pages.ts';
import { partOf } from '../../core/database/testing/test-database.ts';
import { addTalk, testVoice } from './talk-of-two.ts';
import type { Workspace } from './test-workspace.ts';

/** The passphrase of a file. */
export const PASSPHRASE = 'four blue herons by the lake';

/** More than one sealed chunk, and a last one that is not full. */
const SOUND = randomBytes(3_000_000);

/** A matter with a known voice and a recording, edited: an original, a part, two speakers, a marker. */
export async function addMatter({ app, vault, database }: Workspace) {
  const matterId = newId();
  const matter = { name: 'Pérez v. Soto', caseNumber: '12/26', vocabulary: ['Soto'], speakers: ['Ana'] };
  await database.matters.add({ id: matterId, ...matter, defaultOptions: {}, createdAtMs: 1 });
  const recordingId = await addTalk(database, matterId);
  const seal = async (kind: 'original' | 'part', bytes: Uint8Array) => {
    const writer = await vault.objects.createWriter({ recordingId, kind, version: 1 });
    await writer.write(bytes);
    return await writer.commit();
  };
  await database.recordings.finishImport({
    ...{ recordingId, state: 'ready', sourceSha256: null, layout: 'single', channels: 1, durationMs: 40_000 },
    ...{ original: await seal('original', SOUND), atMs: 2 },
  });
  const object = await seal('part', SOUND.subarray(0, 70_000));
  await database.parts.commit({ part: partOf(recordingId, 0, 0), object, createdAtMs: 2 });
  const version = await database.versions.latest(recordingId);
  await database.versions.finish({ versionId: version?.id ?? '', completedAtMs: 3 });
  await database.jobs.setState({ jobId: version?.jobId ?? '', state: 'cancelled' });
  const marker = { id: newId(), atMs: 1_500, label: 'objection' };
  await database.markers.save({ recordingId, marker });
  await database.knownVoices.add({
    ...{ id: newId(), matterId, name: 'Ana', embedding: testVoice(0), speechMs: 20_000, recordingId },
    ...{ rememberedAtMs: 1, expiresAtMs: null },
  });
  await app.transcripts.editor.renameSpeaker(recordingId, 'Speaker 1', 'Ana');
  return { matterId, recordingId };
}

/** What the user sees of a matter's only recording. */
export async function shown({ app, vault, database }: Workspace, matterId: string) {
  const [recording] = await database.recordings.list({ matterId });
  if (recording === undefined) throw new Error('no recording');
  const recordingId = recording.id;
  const version = await database.versions.latest(recordingId);
  const text: unknown[] = [];
  for await (const { segment } of eachSegment(database, version?.id ?? '')) text.push(segment);
  const original = await database.objects.get(recording.originalObjectId ?? '');
  if (original === null) throw new Error('no original');
  const reader = await vault.objects.openReader(original);
  const sound = await reader.read(0, reader.sizeBytes);
  await reader.close();
  const part = await database.parts.analysis({ recordingId, channel: 0, partIndex: 0 });
  const markers = (await database.markers.list(recordingId)).map(({ atMs, label }) => ({ atMs, label }));
  const { lanes } = await app.speakers.overview(recordingId);
  const voices = await database.knownVoices.list({ matterId, nowMs: 0 });
  return { recordingId, text, sound, part, markers, lanes, voices: voices.map(({ name }) => name) };
}

/** Everything of a vault's folder that a received file could leave. */
export async function leftIn({ vault, database }: Workspace) {
  const files = (await readdir(vault.folder, { recursive: true })).filter((name) =>
    /[0-9a-f]{12}$/.test(name),
  );
  return { files: files.length, matters: (await database.matters.list()).length };
}

/** A workspace that is closed at the end of a block. */
export async function disposable(opening: Promise<Workspace>): Promise<Workspace & AsyncDisposable> {
  const workspace = await opening;
  return { ...workspace, [Symbol.asyncDispose]: () => workspace.close() };
}
