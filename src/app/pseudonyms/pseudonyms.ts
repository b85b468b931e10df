import { v7 as newId } from 'uuid';
import { totalMs } from '../../contract/audio.ts';
import type { TranscriptDocument } from '../../contract/document.ts';
import type { Locale } from '../../contract/locale.ts';
import type {
  Pseudonym,
  PseudonymKind,
  PseudonymsView,
  SavedPseudonym,
  WrittenSound,
} from '../../contract/pseudonyms.ts';
import type { Database } from '../../core/database/database.ts';
import { type PseudonymScope, pseudonymScope } from '../../core/database/pseudonyms/pseudonym-scope.ts';
import type { PseudonymisedCopy } from '../../core/delivery/deliver.ts';
import { writeAtomically } from '../../core/files/write-atomically.ts';
import type { Ffmpeg } from '../../core/media/find-ffmpeg.ts';
import { candidatesOf } from '../../core/pseudonyms/candidates.ts';
import { KeyMatcher } from '../../core/pseudonyms/key-matcher.ts';
import {
  furtherNames,
  pseudonymisedDocument,
  spokenPlaces,
} from '../../core/pseudonyms/pseudonymised-document.ts';
import { latestDocument } from '../../core/transcripts/transcript-document.ts';
import type { Vault } from '../../core/vault/vault.ts';
import { programTexts } from '../../messages/program-texts.ts';
import { type BleepWish, bleepedSound } from './bleeped-sound.ts';

/** Words begin a little before their times tell, and end a little later. */
const BLEEP_MARGIN_MS = 80;
/** So many letters of a recording's id tell its copies apart. */
const ID_LETTERS = 8;

/** What pseudonyms need of their environment. */
export interface PseudonymParts {
  readonly vault: Vault;
  readonly database: Database;
  readonly ffmpeg: () => Promise<Ffmpeg>;
  /** The language of new labels and of the copy's name. */
  readonly language: () => Locale;
}

/**
 * The keys of pseudonyms in an open vault, and what is made by them: copies of transcripts, and sound with bleeps. A key
 * belongs to a matter, so that a person has one label in all of its recordings; without one it belongs to the recording.
 */
export class Pseudonyms {
  readonly #parts: PseudonymParts;
  #writing = 0;

  constructor(parts: PseudonymParts) {
    this.#parts = parts;
  }

  get #database(): Database {
    return this.#parts.database;
  }

  /** Whether sound is being written: sealing the vault would end it. */
  get isBusy(): boolean {
    return this.#writing > 0;
  }

  /** The key of a recording, and what nobody has decided about. Throws `recording.notFound`, `recording.notTranscribed`. */
  async view(recordingId: string): Promise<PseudonymsView> {
    const database = this.#database;
    const recording = await database.recordings.get(recordingId);
    const scope = pseudonymScope(recording);
    const [document, key, plain, matter] = await Promise.all([
      latestDocument(database, recording),
      database.pseudonyms.key(scope),
      database.pseudonyms.plain(scope),
      scope.matterId === null ? null : database.matters.get(scope.matterId),
    ]);
    const counts = await this.#noteUse(document, key);
    const speakers = document.segments.flatMap(({ speaker }) => speaker ?? []);
    const names = [...new Set([...speakers, ...(matter?.speakers ?? [])])].filter(
      (name) => !/\d$/.test(name),
    );
    return {
      matterName: matter?.name ?? null,
      key: key.map((line) => ({ ...line, count: counts.get(line.id) ?? 0 })),
      candidates: candidatesOf(document, key, plain, names),
      plain,
    };
  }

  /** Adds lines to the key of a recording, or changes them. Throws `recording.notFound`. */
  async save(recordingId: string, lines: readonly SavedPseudonym[]): Promise<void> {
    const { pseudonyms, recordings } = this.#database;
    const scope = pseudonymScope(await recordings.get(recordingId));
    for (const { id, kind, label, forms } of lines) {
      const line = {
        ...{ id: id ?? newId(), kind, label: label ?? (await this.#nextLabel(scope, kind)) },
        forms: [...new Set(forms)].sort((a, b) => b.length - a.length),
      };
      await pseudonyms.save({ scope, pseudonym: line, atMs: Date.now() });
      // Whether it says it or not: it was named while this recording was open.
      await pseudonyms.use({ recordingId, ids: [line.id] });
    }
  }

  /** Deletes a line of the key of a recording. Throws `recording.notFound`. */
  async remove(recordingId: string, id: string): Promise<void> {
    const { pseudonyms, recordings } = this.#database;
    await pseudonyms.remove({ scope: pseudonymScope(await recordings.get(recordingId)), id });
  }

  /** Decides that texts stay as they are, or that this is open again. Throws `recording.notFound`. */
  async decidePlain(recordingId: string, texts: readonly string[], isPlain: boolean): Promise<void> {
    const { pseudonyms, recordings } = this.#database;
    const scope = pseudonymScope(await recordings.get(recordingId));
    const rest = (await pseudonyms.plain(scope)).filter((text) => !texts.includes(text));
    await pseudonyms.setPlain({ scope, plain: isPlain ? [...rest, ...texts] : rest });
  }

  /** A pseudonymised copy of a document of this vault; the document stays as it is. Throws `recording.notFound`. */
  async copyOf(document: TranscriptDocument): Promise<PseudonymisedCopy> {
    const { pseudonyms, recordings } = this.#database;
    const scope = pseudonymScope(await recordings.get(document.recording.id));
    const [key, plain] = await Promise.all([pseudonyms.key(scope), pseudonyms.plain(scope)]);
    await this.#noteUse(document, key);
    const t = programTexts(this.#parts.language(), 'law');
    const matcher = new KeyMatcher([...key, ...furtherNames(document, plain, t('nameLeftOut'))]);
    return {
      document: pseudonymisedDocument(document, key, plain, {
        name: t('copyName', { id: document.recording.id.slice(-ID_LETTERS) }),
        speaker: (number) => t('speakerLabel', { number }),
      }),
      namesIn: (text) => matcher.find(text),
    };
  }

  /**
   * Writes the key of a recording as a CSV file into a folder, and returns its path; the audit log tells of it. Throws
   * `recording.notFound` and the errors of `writeAtomically`.
   */
  async exportKey(recordingId: string, folder: string): Promise<string> {
    const { pseudonyms, recordings } = this.#database;
    const scope = pseudonymScope(await recordings.get(recordingId));
    const key = await pseudonyms.key(scope);
    const t = programTexts(this.#parts.language(), 'law');
    const rows = key.map(({ label, kind, forms }) => [label, t(`kinds.${kind}`), forms.join('; ')]);
    const text = [[t('keyLabel'), t('keyKind'), t('keyMeans')], ...rows]
      .map((row) => row.map(csvField).join(','))
      .join('\r\n');
    const id = (scope.matterId ?? scope.recordingId).slice(-ID_LETTERS);
    const target = { folder, baseName: t('keyName', { id }), extension: 'csv', overwrite: false };
    const path = await writeAtomically([Buffer.from(`\uFEFF${text}\r\n`)], target);
    const subjectId = scope.matterId ?? scope.recordingId;
    await pseudonyms.noteKeyExported({ subjectId, lines: key.length, atMs: Date.now() });
    return path;
  }

  /**
   * Writes the sound of a recording, made of its working copy (16 kHz), as a file in which everything that the key names is
   * replaced in all channels; returns its path and how much was replaced. The audit log tells of it. Throws
   * `recording.notFound`, `recording.notTranscribed`, `recording.noOriginal` where there is no sound, and the errors of
   * `bleepedSound` and `writeAtomically`.
   */
  async exportSound(recordingId: string, folder: string, wish: BleepWish): Promise<WrittenSound> {
    this.#writing += 1;
    try {
      return await this.#writeSound(recordingId, folder, wish);
    } finally {
      this.#writing -= 1;
    }
  }

  async #writeSound(recordingId: string, folder: string, wish: BleepWish): Promise<WrittenSound> {
    const database = this.#database;
    const recording = await database.recordings.get(recordingId);
    const document = await latestDocument(database, recording);
    const key = await database.pseudonyms.key(pseudonymScope(recording));
    await this.#noteUse(document, key);
    const places = spokenPlaces(document.segments, key, BLEEP_MARGIN_MS);
    const t = programTexts(this.#parts.language(), 'law');
    const target = {
      ...{ folder, baseName: t('soundName', { id: recordingId.slice(-ID_LETTERS) }) },
      ...{ extension: wish.format, overwrite: false },
    };
    const path = await writeAtomically(bleepedSound(this.#parts, recording, places, wish), target);
    await database.audit.append({
      atMs: Date.now(),
      action: 'recording.bleeped',
      subjectId: recordingId,
      outcome: 'done',
      detail: { places: places.length },
    });
    return { path, places: places.length, replacedMs: totalMs(places) };
  }

  /** How often each line of a key is said in a document; that it is said keeps the line while the recording is there. */
  async #noteUse(document: TranscriptDocument, key: readonly Pseudonym[]): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for (const { id } of new KeyMatcher(key).find(saidIn(document)))
      counts.set(id, (counts.get(id) ?? 0) + 1);
    await this.#database.pseudonyms.use({ recordingId: document.recording.id, ids: [...counts.keys()] });
    return counts;
  }

  async #nextLabel(scope: PseudonymScope, kind: PseudonymKind): Promise<string> {
    const t = programTexts(this.#parts.language(), 'law');
    const taken = new Set((await this.#database.pseudonyms.key(scope)).map(({ label }) => label));
    for (;;) {
      const number = await this.#database.pseudonyms.nextNumber({ scope, kind });
      const label = t(`labels.${kind}`, { number });
      if (!taken.has(label)) return label;
    }
  }
}

function saidIn({ segments, markers }: TranscriptDocument): string {
  return [...segments.map(({ text }) => text), ...markers.map(({ label }) => label)].join('\n');
}

function csvField(text: string): string {
  // A cell that begins like a formula is text to a spreadsheet only behind an apostrophe.
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
