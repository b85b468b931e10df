import { resolve } from 'node:path';
import type { Command } from 'commander';
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
import { explain, type RunCommand } from '../explain.ts';
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
import { confirmByTyping } from '../prompts.ts';
import { fileSize } from '../quantities.ts';
import { recordingTable } from '../recording-table.ts';
import type { Workspace } from '../session.ts';
import { shortId } from '../short-id.ts';
import { factList } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { beginsBeforeZero } from '../text-findings.ts';
import { withWorkspace } from '../with-workspace.ts';

type ImportFlags = RequiredVaultFlags & { readonly track?: number | 'mix'; readonly speakers: SpeakerChoice };
type SearchFlags = RequiredVaultFlags & ListingFlags & { readonly limit: number };
type EraseFlags = RequiredVaultFlags & { readonly yes?: boolean };

/** `voicesync recordings`. */
export function addRecordingsCommand(program: Command, run: RunCommand): void {
  const recordings = program
    .command('recordings')
    .description('See, search, export and erase the recordings of a vault');
  addImport(recordings, run);
  addReading(recordings, run);
  addExport(recordings, run);
  addErase(recordings, run);
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

function addImport(recordings: Command, run: RunCommand): void {
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
    run((terminal) => {
      const options = { matterId: null, track: flags.track ?? null, speakers: flags.speakers };
      return withWorkspace(terminal, flags, (open) => importRecordings(terminal, open, inputs, options));
    }),
  );
}

function addReading(recordings: Command, run: RunCommand): void {
  const list = recordings.command('list').description('List the recordings');
  withExamples(withJsonOption(withVaultOptions(list, 'required')), [['recordings list --vault ~/Vault']]);
  list.action((flags: RequiredVaultFlags & ListingFlags) =>
    run((terminal) => withWorkspace(terminal, flags, (open) => listRecordings(terminal, open, flags))),
  );

  const show = recordings.command('show <recording>').description('Show a recording and its transcript');
  withExamples(withVaultOptions(show, 'required'), [['recordings show 4f2a1c00 --vault ~/Vault']]);
  show.action((id: string, flags: RequiredVaultFlags) =>
    run((terminal) => withWorkspace(terminal, flags, (open) => showRecording(terminal, open, id))),
  );

  const search = recordings
    .command('search <text>')
    .description('Search all transcripts; capitals and accents do not matter')
    .option('--limit <n>', 'show at most so many places', parseLimit, 20);
  withExamples(withJsonOption(withVaultOptions(search, 'required')), [
    ['recordings search "green car" --vault ~/Vault'],
  ]);
  search.action((text: string, flags: SearchFlags) =>
    run((terminal) => withWorkspace(terminal, flags, (open) => find(terminal, open, text, flags))),
  );
}

function addExport(recordings: Command, run: RunCommand): void {
  const exporting = recordings.command('export <recording...>').description('Write transcripts as files');
  withExamples(withVaultOptions(withDeliveryOptions(exporting), 'required'), [
    ['recordings export 4f2a1c00 --out transcripts --format docx,srt --vault ~/Vault'],
  ]);
  exporting.action((ids: string[], flags: RequiredVaultFlags & DeliveryFlags) =>
    run((terminal) => withWorkspace(terminal, flags, (open) => exportRecordings(terminal, open, ids, flags))),
  );
}

function addErase(recordings: Command, run: RunCommand): void {
  const erase = recordings
    .command('erase <recording...>')
    .description('Delete recordings with their transcripts and keys, for good')
    .option('--yes', 'do not ask');
  withExamples(withVaultOptions(erase, 'required'), [
    ['recordings erase 4f2a1c00 --vault ~/Vault', 'asks you to type how many recordings there are'],
  ]);
  erase.action((ids: string[], flags: EraseFlags) =>
    run((terminal) =>
      withWorkspace(terminal, flags, (open) => eraseRecordings(terminal, open, ids, flags.yes ?? false)),
    ),
  );
}

async function listRecordings(
  terminal: Terminal,
  { database }: Workspace,
  { json }: ListingFlags,
): Promise<ExitStatus> {
  const recordings = await database.recordings.list();
  const versions = await Promise.all(recordings.map(({ id }) => database.versions.latest(id)));
  const rows = recordings.map((recording, index) => ({ recording, version: versions[index] ?? null }));
  if (json) terminal.printJson(recordingListing(rows));
  else terminal.print(rows.length === 0 ? terminal.say.noRecordings : recordingTable(rows, terminal.say));
  return EXIT.done;
}

async function showRecording(terminal: Terminal, { database }: Workspace, id: string): Promise<ExitStatus> {
  const recording = await database.recordings.findById(id);
  const { headings, unknownYet } = terminal.say;
  const { durationMs, layout, channels } = recording;
  const labels = exportTexts(terminal.language);
  const gain = await database.parts.gain(recording.id);
  terminal.print(
    factList([
      [headings.id, recording.id],
      [headings.recording, recording.name],
      [headings.source, recording.sourcePath],
      ['SHA-256', recording.sourceSha256 ?? terminal.say.unknownHash],
      [headings.size, fileSize(recording.sourceSizeBytes, terminal.language)],
      [headings.length, durationMs === null ? unknownYet : shortClockTime(durationMs)],
      [headings.state, terminal.say.recordingStates[recording.state]],
      [headings.channels, layout === null ? unknownYet : `${channels} (${terminal.say.layouts[layout]})`],
      ...(layout === null ? [] : [[labels.t('facts.level'), levelText(gain, labels)] as const]),
    ]),
  );
  if (recording.facts.assumed !== null) {
    terminal.print(`\n${recording.name}: ${assumedReadingText(recording.facts.assumed, terminal.language)}`);
  }
  if ((await database.versions.latest(recording.id)) === null) return EXIT.done;
  const { segments } = await latestDocument(database, recording);
  terminal.print('');
  for (const { startMs, speaker, text } of segments) {
    terminal.print(`[${shortClockTime(startMs)}] ${speaker === null ? '' : `${speaker}: `}${text}`);
  }
  return EXIT.done;
}

async function find(
  terminal: Terminal,
  { database }: Workspace,
  text: string,
  { limit, json }: SearchFlags,
): Promise<ExitStatus> {
  const hits = await database.search.find({ text, limit });
  if (json) {
    terminal.printJson(searchListing(hits));
    return EXIT.done;
  }
  for (const { recordingId, recordingName, startMs, snippet } of hits) {
    terminal.print(`${shortId(recordingId)}  ${recordingName} [${shortClockTime(startMs)}]  ${snippet}`);
  }
  if (hits.length === 0) terminal.tell(terminal.say.nothingFound);
  return EXIT.done;
}

async function exportRecordings(
  terminal: Terminal,
  { database }: Workspace,
  ids: string[],
  flags: DeliveryFlags,
): Promise<ExitStatus> {
  let status: ExitStatus = EXIT.done;
  const fail = (error: unknown) => {
    status = EXIT.someFailed;
    explain(terminal, error);
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
  const deliveries = deliveriesFor([...recordings.values()], flags, terminal.env);
  const files = new WrittenFiles();
  for (const [at, recording] of [...recordings.values()].entries()) {
    try {
      if (flags.out !== undefined) await prepareDestination(resolve(flags.out));
      const version = await latestVersion(database, recording);
      await deliver(database, version.id, deliveries[at] as Delivery, {
        language: terminal.language,
        run: { files, owner: recording.id },
        onWritten: ({ path }) => terminal.print(path),
      });
      if (await beginsBeforeZero(database, version.id, flags.timeOffset ?? 0))
        terminal.tell(terminal.say.beforeZero(recording.name));
    } catch (error) {
      fail(error);
    }
  }
  return status;
}

async function eraseRecordings(
  terminal: Terminal,
  workspace: Workspace,
  ids: string[],
  sure: boolean,
): Promise<ExitStatus> {
  const { recordings: all } = workspace.database;
  const found = await Promise.all(ids.map((id) => all.findById(id)));
  const recordings = [...new Map(found.map((recording) => [recording.id, recording])).values()];
  if (!sure) {
    terminal.tell(terminal.say.toBeErased);
    for (const { id, name } of recordings) terminal.tell(`  ${shortId(id)}  ${name}`);
    await confirmByTyping(terminal, terminal.say.typeCount(recordings.length), String(recordings.length));
  }
  for (const { id, name } of recordings) {
    await workspace.app.recordings.erase(id);
    terminal.print(`${shortId(id)}  ${terminal.say.erased(name)}`);
  }
  terminal.tell(terminal.say.eraseTruth);
  return EXIT.done;
}
