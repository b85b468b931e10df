import { extname } from 'node:path';
import { v7 as newId } from 'uuid';
import type { Locale } from '../../contract/locale.ts';
import type { CertificateView } from '../../contract/retention.ts';
import type { Database } from '../../core/database/database.ts';
import type { ErasureCertificate } from '../../core/database/retention/erasure-certificates.db.ts';
import { saveAs } from '../../core/files/save-as.ts';
import {
  certificatePage,
  certificateText,
  type ErasedRecording,
  type ErasingReason,
} from './certificate-text.ts';

/** The certificates of erasing that a vault keeps. */
export class Certificates {
  readonly #database: Database;
  readonly #language: () => Locale;

  constructor(database: Database, language: () => Locale) {
    this.#database = database;
    this.#language = language;
  }

  /** What certificates tell of these recordings, read before they are erased. Throws `recording.notFound`. */
  async factsOf(recordingIds: readonly string[]): Promise<ErasedRecording[]> {
    const recordings = await Promise.all(recordingIds.map((id) => this.#database.recordings.get(id)));
    return recordings.map(({ id, name, createdAtMs, durationMs }) => ({
      ...{ id, name, importedAtMs: createdAtMs, durationMs },
    }));
  }

  /** Writes and keeps a certificate about recordings that have been erased. */
  async write(
    erased: readonly ErasedRecording[],
    why: ErasingReason,
    withNames: boolean,
  ): Promise<CertificateView> {
    const end = await this.#database.audit.end();
    const facts = { id: newId(), writtenAtMs: Date.now() };
    const text = certificateText({
      ...{ ...facts, erased, why, withNames, language: this.#language() },
      logHead: end.sequence === 0 ? null : end,
    });
    const certificate = { ...facts, text, recordings: erased.length, byRetention: why !== 'byHand' };
    await this.#database.erasureCertificates.add({
      certificate,
      recordingIds: erased.map(({ id }) => id),
    });
    return certificateView(certificate);
  }

  /** All certificates, newest first. */
  async list(): Promise<CertificateView[]> {
    return (await this.#database.erasureCertificates.list()).map(certificateView);
  }

  /** A certificate to the byte, as it is saved. Throws `certificate.notFound`. */
  async text(id: string): Promise<string> {
    return (await this.#database.erasureCertificates.get(id)).text;
  }

  /**
   * Writes a certificate into a file: a PDF by its name, otherwise the text to the byte. Throws `certificate.notFound` and
   * what saving throws.
   */
  async save(
    id: string,
    file: string,
    print: (html: readonly Uint8Array[]) => Promise<Uint8Array>,
  ): Promise<void> {
    const text = await this.text(id);
    const isPdf = extname(file).toLowerCase() === '.pdf';
    const content = isPdf ? await print([Buffer.from(certificatePage(text, this.#language()))]) : text;
    await saveAs(file, content);
  }
}

function certificateView({ id, writtenAtMs, recordings, byRetention }: ErasureCertificate): CertificateView {
  return { id, writtenAtMs, recordings, byRetention };
}
