import { v7 as newId } from 'uuid';
import type { Span } from '../src/contract/audio.ts';
import type { Segment } from '../src/contract/transcript.ts';
import { Database } from '../src/core/database/database.ts';
import { Vault } from '../src/core/vault/vault.ts';

/** A text as the engine would store it: sentences, speech without words, and a range in another language. */
export interface UnclearText {
  readonly sentences: readonly (Span & { readonly text: string })[];
  readonly notUnderstood: readonly Span[];
  /** A range that is probably in another language. */
  readonly other: Span & { readonly language: string; readonly probability: number };
}

/** Adds a machine's English text to a closed vault, as a transcribed recording's newest, through its repositories. */
export async function addUnclearText(
  vaultFolder: string,
  passphrase: string,
  name: string,
  { sentences, notUnderstood, other }: UnclearText,
): Promise<void> {
  const vault = await Vault.open(vaultFolder, { kind: 'passphrase', passphrase });
  try {
    const { database: key, audit: auditKey } = vault.keys;
    const database = await Database.open({ file: vault.databaseFile, key, auditKey });
    try {
      const before = (await database.jobs.list()).find(({ recordingName }) => recordingName === name);
      if (before === undefined) throw new Error(`There is no ${name}.`);
      const { recordingId } = before;
      const jobId = newId();
      const attemptId = newId();
      const versionId = newId();
      const atMs = Date.now();
      const options = { ...before.options, language: 'auto' };
      await database.jobs.add({ id: jobId, recordingId, options, delivery: null, createdAtMs: atMs });
      await database.jobs.begin({ jobId, attemptId, atMs });
      await database.jobs.setLanguage({ jobId, language: 'en', probability: 0.97 });
      await database.versions.create({
        id: versionId,
        recordingId,
        jobId,
        kind: 'machine',
        parentId: null,
        createdAtMs: atMs,
      });
      const first = { startMs: 0, endMs: other.startMs };
      for (const [windowIndex, span] of [first, other].entries()) {
        const { startMs, endMs } = span;
        const place = { jobId, channel: 0, windowIndex };
        const piece = { windowStartMs: 0, recordingStartMs: startMs, durationMs: endMs - startMs };
        const plan = { pieces: [{ ...piece, speech: [{ startMs, endMs }] }], language: null };
        await database.windows.plan({ ...place, plan });
        const within = (one: Span) => one.startMs >= startMs && one.startMs < endMs;
        const { language, probability } = other;
        await database.windows.complete({
          ...place,
          versionId,
          inferenceMs: 400,
          completedAtMs: atMs,
          segments: sentences.filter(within).map(segmentOf),
          findings: {
            language: span === other ? { language, probability } : null,
            notUnderstood: notUnderstood.filter(within),
          },
        });
      }
      await database.versions.finish({ versionId, completedAtMs: atMs });
      await database.jobs.end({
        attemptId,
        atMs,
        figures: null,
        outcome: 'done',
        failure: null,
        retryAtMs: null,
      });
    } finally {
      await database.close();
    }
  } finally {
    await vault.seal();
  }
}

function segmentOf({ text, startMs, endMs }: Span & { readonly text: string }): Segment {
  const parts = text.split(' ');
  const eachMs = Math.floor((endMs - startMs) / parts.length);
  const words = parts.map((word, index) => ({
    text: word,
    startMs: startMs + index * eachMs,
    endMs: startMs + (index + 1) * eachMs,
    confidence: 0.95,
  }));
  return { startMs, endMs, text, speaker: null, language: 'en', confidence: 0.95, flags: [], words };
}
