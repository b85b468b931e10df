import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { describe, expect, test } from 'vitest';
import { HandOvers } from '../../app/hand-over/hand-overs.ts';
import { RECORDINGS } from '../../app/testing/short-recordings.ts';
import { jsonOf } from '../../core/export/json.ts';
import {
  exampleDocument,
  referenceDocument,
  segmentOf,
} from '../../core/export/testing/example-documents.ts';
import { hashOfFile } from '../../core/files/file-hash.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { latestDocument } from '../../core/transcripts/transcript-document.ts';
import { HASHING_FLOOR } from '../../core/vault/passphrase.ts';
import { ExchangeVault } from './exchange-vault.ts';
import { documentOf, type TranscriptFile, transcriptFileIn } from './result-file.ts';

const PASSPHRASE = 'four blue herons by the lake';

/** What a worker's result says of a document. */
function resultOf(document: Parameters<typeof jsonOf>[0]): TranscriptFile {
  return transcriptFileIn(Buffer.from([...jsonOf(document)].join('')));
}

describe('a result', () => {
  test('is the document that the worker wrote, under the name that the client knows', () => {
    const written = referenceDocument('interview-en.m4a');
    const result = resultOf({
      ...written,
      skipped: [
        { startMs: 0, endMs: 6000, reason: 'noSpeech' },
        { startMs: 7000, endMs: 7500, reason: 'notUnderstood' },
      ],
      otherLanguages: [{ startMs: 9000, endMs: 14_000, language: 'de', probability: 0.92 }],
    });
    const source = { id: newId(), name: 'Vista 12.m4a', modifiedAtMs: 5 };
    const again = resultOf(documentOf(result, source));
    const { name, modifiedAtMs } = source;
    const own = { name, modifiedAtMs };
    const sources = result.recording.sources.map((one) => ({ ...one, ...own }));
    expect(again).toEqual({ ...result, recording: { ...result.recording, ...own, sources } });
  });

  test('of another form is refused', () => {
    const result = resultOf(exampleDocument());
    for (const other of ['{', '{}', JSON.stringify({ ...result, future: 1 })]) {
      expect(() => transcriptFileIn(Buffer.from(other))).toThrow('envelope.newer');
    }
  });
});

test('a recording with its text goes into a hand-over and out of it as the office gave it', async () => {
  const folder = temporaryFolder();
  const sha256 = await hashOfFile(RECORDINGS.memo);
  const document = exampleDocument();
  const segments = [
    segmentOf('The witness is Marisol.', 1000, 4000, 'Speaker 1'),
    segmentOf('Yes, and this is mine.', 12_000, 18_000, 'Speaker 2', 'de'),
  ];
  await using vault = await ExchangeVault.openEphemeral();
  const matterId = await vault.addMatter('Packed');
  const recordingId = await vault.addRecording(RECORDINGS.memo, matterId, 'auto');
  const { durationMs } = await vault.app.recordings.get(recordingId);
  const result = resultOf({
    ...{ ...document, segments, transcribedMs: durationMs ?? 0 },
    recording: { ...document.recording, sha256, durationMs: durationMs ?? 0 },
    skipped: [
      { startMs: 4000, endMs: 10_500, reason: 'noSpeech' },
      { startMs: 10_500, endMs: 11_000, reason: 'notUnderstood' },
    ],
    otherLanguages: [{ startMs: 12_000, endMs: 18_000, language: 'de', probability: 0.92 }],
  });
  const jobId = newId();
  for (const _ of ['once', 'interrupted and again']) await vault.addText(recordingId, jobId, result);
  const other = { ...result, recording: { ...result.recording, sha256: '0'.repeat(64) } };
  await expect(vault.addText(recordingId, newId(), other)).rejects.toThrow('result.otherRecording');

  const file = join(folder, 'packed.voicesync');
  const handOvers = new HandOvers(vault.app.services, {}, HASHING_FLOOR);
  await handOvers.handOver({ matterId, file, passphrase: PASSPHRASE, withVoices: false });
  await using desktop = await ExchangeVault.openEphemeral();
  const received = await desktop.app.handOvers.receive({ file, passphrase: PASSPHRASE });
  const [recording] = await desktop.recordingsOf(received.matterId);
  expect(recording).toEqual({ id: recordingId, name: 'memo-en.mp3', hasText: true });
  const { database } = desktop.app.services;
  const shown = resultOf(await latestDocument(database, await database.recordings.get(recordingId)));
  expect(shown.segments).toEqual(result.segments);
  expect(shown.model).toEqual(result.model);
  expect(shown.settings).toEqual(result.settings);
  for (const fact of [
    'sha256',
    'noSpeech',
    'notUnderstood',
    'otherLanguages',
    'detectedLanguage',
    'complete',
  ] as const)
    expect(shown.recording[fact], fact).toEqual(result.recording[fact]);
  expect((await database.versions.list(recordingId)).length).toBe(1);
  // The sound is there, and its text can be corrected.
  const audio = await desktop.app.recordings.audio(recordingId);
  expect(audio).not.toBeNull();
  await audio?.close();
  await desktop.app.transcripts.editor.renameSpeaker(recordingId, 'Speaker 1', 'Ana');
});
