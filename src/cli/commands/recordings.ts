import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Workspace } from '../../app/workspace.ts';
import type { Delivery } from '../../contract/document.ts';
import type { SpeakerChoice } from '../../contract/job.ts';
import type { Recording } from '../../core/database/recordings/recordings.db.ts';
import { deliver } from '../../core/delivery/deliver.ts';
import { shortClockTime } from '../../core/export/clock-times.ts';
import { exportTexts } from '../../core/export/export-texts.ts';
import { levelText } from '../../core/export/transcript-facts.ts';
import { WrittenFiles } from '../../core/export/written-files.ts';
import { latestDocument, latestVersion } from '../../core/transcripts/transcript-document.ts';
import { assumedReadingText } from '../../messages/assumed-reading.ts';
import { prepareDestination } from '../destination.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { importRecordings } from '../import-recordings.ts';
import { deliveriesFor } from '../job-options.ts';
import { recordingListing, searchListing } from '../listings.ts';
import {
  type DeliveryFlags,
  type ListingFlags,
  parseLimit,
  type RequiredVaultFlags,
  speakersOption,
  trackOption,
  withDeliveryOptions,
  withExamples,
  withJsonOption,
  withVaultOptions,
} from '../options.ts';
import { print, printJson, tell } from '../output.ts';
import { confirmByTyping } from '../prompts.ts';
import { fileSize } from '../quantities.ts';
import { recordingTable } from '../recording-table.ts';
import { explain, runCommand } from '../run-command.ts';
import { shortId } from '../short-id.ts';
import { factList } from '../table.ts';
import { beginsBeforeZero } from '../text-findings.ts';
import { withWorkspace } from '../with-workspace.ts';
import { LANGUAGE, SAY } from '../words.ts';

type ImportFlags = RequiredVaultFlags & { readonly track?: number | 'mix'; readonly speakers: SpeakerChoice };
type SearchFlags = RequiredVaultFlags & ListingFlags & { readonly limit: number };
type EraseFlags = RequiredVaultFlags & { readonly yes?: boolean };

/** `voicesync recordings`. */
export function addRecordingsCommand(program: Command): void {
  const recordings = program
    .command('recordings')
    .description('See, search, export and erase the recordings of a vault');
  addImport(recordings);
  addReading(recordings);
  addExport(recordings);
  addErase(recordings);
  withExamples(recordings, [
    ['recordings import hearing.wav --vault ~/Vault'],
    ['recordings search "green car" --vault ~/Vault'],
    ['recordings export 4f2a1c00 --out transcripts --format docx,srt --vault ~/Vault'],
  ]);
  recordings.addHelpText(
    'after',
    'Recordings are named by the id that "recordings list" shows, or by its last characters.',
  );
}

function addImport(recordings: Command): void {
  const add = recordings
    .command('import <file|folder...>')
    .description('Bring recordings into the vault without transcribing them')
    .addOption(trackOption())
    .addOption(speakersOption());
  withExamples(withVaultOptions(add, 'required'), [
    ['recordings import hearing.wav --vault ~/Vault'],
    ['recordings import /media/recorder --vault ~/Vault', 'every recording in a folder'],
  ]);
  add.action((inputs: string[], flags: ImportFlags) =>
    runCommand(() => {
      const options = { matterId: null, track: flags.track ?? null, speakers: flags.speakers };
      return withWorkspace(flags, (open) => importRecordings(open, inputs, options));
    }),
  );
}

function addReading(recordings: Command): void {
  const list = recordings.command('list').description('List the recordings');
  withExamples(withJsonOption(withVaultOptions(list, 'required')), [['recordings list --vault ~/Vault']]);
  list.action((flags: RequiredVaultFlags & ListingFlags) =>
    runCommand(() => withWorkspace(flags, (open) => listRecordings(open, flags))),
  );

  const show = recordings.command('show <recording>').description('Show a recording and its transcript');
  withExamples(withVaultOptions(show, 'required'), [['recordings show 4f2a1c00 --vault ~/Vault']]);
  show.action((id: string, flags: RequiredVaultFlags) =>
    runCommand(() => withWorkspace(flags, (open) => showRecording(open, id))),
  );

  const search = recordings
    .command('search <text>')
    .description('Search all transcripts; capitals and accents do not matter')
    .option('--limit <n>', 'show at most so many places', parseLimit, 20);
  withExamples(withJsonOption(withVaultOptions(search, 'required')), [
    ['recordings search "green car" --vault ~/Vault'],
  ]);
  search.action((text: string, flags: SearchFlags) =>
    runCommand(() => withWorkspace(flags, (open) => find(open, text, flags))),
  );
}

function addExport(recordings: Command): void {
  const exporting = recordings.command('export <recording...>').description('Write transcripts as files');
  withExamples(withVaultOptions(withDeliveryOptions(exporting), 'required'), [
    ['recordings export 4f2a1c00 --out transcripts --format docx,srt --vault ~/Vault'],
  ]);
  exporting.action((ids: string[], flags: RequiredVaultFlags & DeliveryFlags) =>
    runCommand(() => withWorkspace(flags, (open) => exportRecordings(open, ids, flags))),
  );
}

function addErase(recordings: Command): void {
  const erase = recordings
    .command('erase <recording...>')
    .description('Delete recordings with their transcripts and keys, for good')
    .option('--yes', 'do not ask');
  withExamples(withVaultOptions(erase, 'required'), [
    ['recordings erase 4f2a1c00 --vault ~/Vault', 'asks you to type how many recordings there are'],
  ]);
  erase.action((ids: string[], flags: EraseFlags) =>
    runCommand(() => withWorkspace(flags, (open) => eraseRecordings(open, ids, flags.yes ?? false))),
  );
}

async function listRecordings({ database }: Workspace, { json }: ListingFlags): Promise<ExitStatus> {
  const recordings = await database.recordings.list();
  const versions = await Promise.all(recordings.map(({ id }) => database.versions.latest(id)));
  const rows = recordings.map((recording, index) => ({ recording, version: versions[index] ?? null }));
  if (json) printJson(recordingListing(rows));
  else print(rows.length === 0 ? SAY.noRecordings : recordingTable(rows));
  return EXIT.done;
}

async function showRecording({ database }: Workspace, id: string): Promise<ExitStatus> {
  const recording = await database.recordings.findById(id);
  const { headings, unknownYet } = SAY;
  const { durationMs, layout, channels } = recording;
  const labels = exportTexts(LANGUAGE);
  const gain = await database.parts.gain(recording.id);
  print(
    factList([
      [headings.id, recording.id],
      [headings.recording, recording.name],
      [headings.source, recording.sourcePath],
      ['SHA-256', recording.sourceSha256 ?? SAY.unknownHash],
      [headings.size, fileSize(recording.sourceSizeBytes)],
      [headings.length, durationMs === null ? unknownYet : shortClockTime(durationMs)],
      [headings.state, SAY.recordingStates[recording.state]],
      [headings.channels, layout === null ? unknownYet : `${channels} (${SAY.layouts[layout]})`],
      ...(layout === null ? [] : [[labels.t('facts.level'), levelText(gain, labels)] as const]),
    ]),
  );
  if (recording.facts.assumed !== null) {
    print(`\n${recording.name}: ${assumedReadingText(recording.facts.assumed, LANGUAGE)}`);
  }
  if ((await database.versions.latest(recording.id)) === null) return EXIT.done;
  const { segments } = await latestDocument(database, recording);
  print('');
  for (const { startMs, speaker, text } of segments) {
    print(`[${shortClockTime(startMs)}] ${speaker === null ? '' : `${speaker}: `}${text}`);
  }
  return EXIT.done;
}

async function find(
  { database }: Workspace,
  text: string,
  { limit, json }: SearchFlags,
): Promise<ExitStatus> {
  const hits = await database.search.find({ text, limit });
  if (json) {
    printJson(searchListing(hits));
    return EXIT.done;
  }
  for (const { recordingId, recordingName, startMs, snippet } of hits) {
    print(`${shortId(recordingId)}  ${recordingName} [${shortClockTime(startMs)}]  ${snippet}`);
  }
  if (hits.length === 0) tell(SAY.nothingFound);
  return EXIT.done;
}

async function exportRecordings(
  { database }: Workspace,
  ids: string[],
  flags: DeliveryFlags,
): Promise<ExitStatus> {
  let status: ExitStatus = EXIT.done;
  const fail = (error: unknown) => {
    status = EXIT.someFailed;
    explain(error);
  };
  const recordings = new Map<string, Recording>();
  for (const id of ids) {
    try {
      const recording = await database.recordings.findById(id);
      recordings.set(recording.id, recording);
    } catch (error) {
      fail(error);
    }
  }
  // All are known before the first is written, so that their names tell them apart.
  const deliveries = deliveriesFor([...recordings.values()], flags);
  const files = new WrittenFiles();
  for (const [at, recording] of [...recordings.values()].entries()) {
    try {
      if (flags.out !== undefined) await prepareDestination(resolve(flags.out));
      const version = await latestVersion(database, recording);
      await deliver(database, version.id, deliveries[at] as Delivery, {
        language: LANGUAGE,
        run: { files, owner: recording.id },
        onWritten: ({ path }) => print(path),
      });
      if (await beginsBeforeZero(database, version.id, flags.timeOffset ?? 0))
        tell(SAY.beforeZero(recording.name));
    } catch (error) {
      fail(error);
    }
  }
  return status;
}

async function eraseRecordings(workspace: Workspace, ids: string[], sure: boolean): Promise<ExitStatus> {
  const { recordings: all } = workspace.database;
  const found = await Promise.all(ids.map((id) => all.findById(id)));
  const recordings = [...new Map(found.map((recording) => [recording.id, recording])).values()];
  if (!sure) {
    tell(SAY.toBeErased);
    for (const { id, name } of recordings) tell(`  ${shortId(id)}  ${name}`);
    await confirmByTyping(SAY.typeCount(recordings.length), String(recordings.length));
  }
  for (const { id, name } of recordings) {
    await workspace.eraseRecording(id);
    print(`${shortId(id)}  ${SAY.erased(name)}`);
  }
  tell(SAY.eraseTruth);
  return EXIT.done;
}
