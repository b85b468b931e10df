import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import type { Delivery, ExportFormat } from '../../contract/document.ts';
import type { JobOptions } from '../../contract/job.ts';
import { Provenance } from '../../contract/provenance.ts';
import type { Database } from '../database/database.ts';
import { PROVENANCE_PROPERTY } from '../export/docx/docx-template.ts';
import { TranscriptFile } from '../export/transcript-file.ts';
import { hashOfFile } from '../files/file-hash.ts';
import { isAlreadyWritten } from '../files/own-file.ts';
import { safeBaseName } from '../files/safe-file-name.ts';
import { withoutEnding } from '../media/sources/recording-endings.ts';
import { isWanted, PROVENANCE_FORMATS, provenanceOfJob, wantedOf } from './provenance.ts';

/** The transcript that may exist already. */
export interface WantedTranscript {
  /** Absolute path of the recording. */
  readonly sourcePath: string;
  readonly options: JobOptions;
  /** The audio track, from 1 on; null if none was named. */
  readonly track: number | 'mix' | null;
  readonly delivery: Delivery;
}

/**
 * Whether a vault holds a transcript of this same recording (by its SHA-256), made with this model and these options, and
 * every file written of it is in the folder, unchanged; a Word document may have been edited.
 * Throws file errors.
 */
export async function isInVault(database: Database, wanted: WantedTranscript): Promise<boolean> {
  const { sourcePath, options, delivery, track } = wanted;
  const { size } = await stat(sourcePath);
  const sameSize = (await database.recordings.list({ state: 'ready' })).filter(
    (recording) => recording.sourceSizeBytes === size && recording.binnedAtMs === null,
  );
  if (sameSize.length === 0) return false;
  const sha256 = await hashOfFile(sourcePath);
  for (const recording of sameSize.filter(({ sourceSha256 }) => sourceSha256 === sha256)) {
    for (const job of await database.jobs.list({ recordingId: recording.id, state: 'done' })) {
      if (job.range !== null || job.delivery === null) continue;
      const maker = provenanceOfJob(recording, job.options, job.delivery);
      if (maker === null || !isWanted(maker, wantedOf(options, delivery), track)) continue;
      const version = await database.versions.ofJob(job.id);
      if (version === null || version.completedAtMs === null) continue;
      const files = await Promise.all(
        delivery.formats.map(async (format) => {
          const noted = await database.jobExports.get({ jobId: job.id, format });
          return noted !== null && (await isThere(noted.path, delivery.folder, noted.sha256, sha256, wanted));
        }),
      );
      if (files.every(Boolean)) return true;
    }
  }
  return false;
}

/**
 * Whether every file required is in its folder, by what a JSON or Word document among them states: that it was made of
 * this same recording, with this model and these options, to the end, and which other files were written with it.
 * Throws file errors.
 */
export async function isInFolder(wanted: WantedTranscript): Promise<boolean> {
  const { sourcePath, delivery } = wanted;
  // The last one written lists all others.
  const telling = PROVENANCE_FORMATS.findLast((format) => delivery.formats.includes(format));
  if (telling === undefined) return false;
  const { size } = await stat(sourcePath);
  let sha256: string | null = null;
  for (const path of await filesOf(basename(sourcePath), telling, delivery.folder)) {
    const making = await makingIn(path, telling);
    if (making === null || making.sourceSizeBytes !== size) continue;
    if (!isWanted(making, wantedOf(wanted.options, delivery), wanted.track)) continue;
    sha256 ??= await hashOfFile(sourcePath);
    if (making.sourceSha256 === sha256 && (await areThere(making, telling, wanted, sha256))) return true;
  }
  return false;
}

/** The files of a recording's name, also those with a label or a number after it: earlier runs had other recordings beside it. */
async function filesOf(name: string, extension: string, folder: string): Promise<string[]> {
  const baseName = safeBaseName(withoutEnding(name));
  const [plain, labelled, end] = [`${baseName}.${extension}`, `${baseName} (`, `).${extension}`];
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((one) => one === plain || (one.startsWith(labelled) && one.endsWith(end)))
    .map((one) => join(folder, one));
}

async function areThere(
  { files }: Provenance,
  telling: ExportFormat,
  wanted: WantedTranscript,
  sourceSha256: string,
): Promise<boolean> {
  const { folder, formats } = wanted.delivery;
  for (const format of formats) {
    if (format === telling) continue;
    const file = files.find((one) => one.format === format);
    if (file === undefined || basename(file.name) !== file.name) return false;
    if (!(await isThere(join(folder, file.name), folder, file.sha256, sourceSha256, wanted))) return false;
  }
  return true;
}

/** Whether a file is unchanged, or a Word document that still states that it was made so. */
async function isThere(
  path: string,
  folder: string,
  sha256: string,
  sourceSha256: string,
  { options, delivery, track }: WantedTranscript,
): Promise<boolean> {
  if (await isAlreadyWritten({ path, sha256 }, folder, sha256)) return true;
  if (!path.endsWith('.docx') || dirname(path) !== resolve(folder)) return false;
  const making = await makingIn(path, 'docx');
  if (making === null || making.sourceSha256 !== sourceSha256) return false;
  return isWanted(making, wantedOf(options, delivery), track);
}

/** The provenance in a file; null if it has none, is not whole, or does not exist. */
async function makingIn(
  path: string,
  format: (typeof PROVENANCE_FORMATS)[number],
): Promise<Provenance | null> {
  try {
    const bytes = await readFile(path);
    return format === 'json' ? inJson(bytes) : inDocx(bytes);
  } catch {
    return null;
  }
}

/** Releases before live recording wrote no `transcribedLive`. */
const ANY_TRANSCRIPT_FILE = TranscriptFile.partial({ transcribedLive: true });

function inJson(bytes: Buffer): Provenance | null {
  return ANY_TRANSCRIPT_FILE.parse(JSON.parse(bytes.toString('utf8'))).making;
}

function inDocx(bytes: Buffer): Provenance | null {
  const part = unzipSync(bytes, { filter: ({ name }) => name === 'docProps/custom.xml' })[
    'docProps/custom.xml'
  ];
  const xml = part === undefined ? '' : new TextDecoder().decode(part);
  const property = new RegExp(`name="${PROVENANCE_PROPERTY}"[^>]*>\\s*<vt:lpwstr>([^<]*)</vt:lpwstr>`).exec(
    xml,
  )?.[1];
  if (property === undefined) return null;
  // In hexadecimal: programs that store the document again cannot escape that differently.
  return Provenance.parse(JSON.parse(Buffer.from(property, 'hex').toString('utf8')));
}
