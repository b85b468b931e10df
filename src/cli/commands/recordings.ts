import { type Command, Option } from 'commander';
import { prepareDestination } from '../../app/export/destination.ts';
import type { VaultApp } from '../../app/open-app.ts';
import type { Recording } from '../../app/recordings/recordings.ts';
import { shortClockTime } from '../../contract/clock-times.ts';
import type { SpeakerChoice } from '../../contract/job.ts';
import { assumedReadingText } from '../../messages/assumed-reading.ts';
import { wishFrom } from '../arguments/job-options.ts';
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
} from '../arguments/options.ts';
import { inTemplate, keptTemplate, templateFrom } from '../arguments/template-file.ts';
import { explain, type RunCommand } from '../explain.ts';
import { importRecordings } from '../import-recordings.ts';
import { recordingListing, searchListing } from '../listings/recording-listings.ts';
import { fileSize } from '../printed/quantities.ts';
import { recordingTable } from '../printed/recording-table.ts';
import { shortId } from '../printed/short-id.ts';
import { factList } from '../printed/table.ts';
import { withVault } from '../session.ts';
import { EXIT, type ExitStatus } from '../terminal/exit-status.ts';
import { confirmByTyping } from '../terminal/prompts.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { addAlign } from './align.ts';
import { tellUndecided } from './pseudonyms.ts';
import { addRecordingSignOff } from './recording-sign-off.ts';
import { addRecordingSpeakers } from './recording-speakers.ts';

type ImportFlags = RequiredVaultFlags & { readonly track?: number | 'mix'; readonly speakers: SpeakerChoice };
type ExportFlags = RequiredVaultFlags &
  DeliveryFlags & { readonly original?: boolean; readonly pseudonyms?: boolean };
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
  addRecordingSpeakers(recordings, run);
  addRecordingSignOff(recordings, run);
  addAlign(recordings, run);
  addKeep(recordings, run);
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
      return withVault(terminal, flags, (open) => importRecordings(terminal, open, inputs, options));
    }),
  );
}

function addReading(recordings: Command, run: RunCommand): void {
  const list = recordings.command('list').description('List the recordings');
  withExamples(withJsonOption(withVaultOptions(list, 'required')), [['recordings list --vault ~/Vault']]);
  list.action((flags: RequiredVaultFlags & ListingFlags) =>
    run((terminal) => withVault(terminal, flags, (open) => listRecordings(terminal, open, flags))),
  );

  const show = recordings.command('show <recording>').description('Show a recording and its transcript');
  withExamples(withVaultOptions(show, 'required'), [['recordings show 4f2a1c00 --vault ~/Vault']]);
  show.action((id: string, flags: RequiredVaultFlags) =>
    run((terminal) => withVault(terminal, flags, (open) => showRecording(terminal, open, id))),
  );

  const search = recordings
    .command('search <text>')
    .description('Search all transcripts; capitals and accents do not matter')
    .option('--limit <n>', 'show at most so many places', parseLimit, 20);
  withExamples(withJsonOption(withVaultOptions(search, 'required')), [
    ['recordings search "green car" --vault ~/Vault'],
  ]);
  search.action((text: string, flags: SearchFlags) =>
    run((terminal) => withVault(terminal, flags, (open) => find(terminal, open, text, flags))),
  );
}

function addExport(recordings: Command, run: RunCommand): void {
  const exporting = recordings
    .command('export <recording...>')
    .description('Write transcripts as files')
    .option('--original', 'write the recordings themselves instead, as they were imported or recorded')
    .addOption(
      new Option('--pseudonyms', 'write copies in which labels stand for what the key names').conflicts(
        'original',
      ),
    );
  withExamples(withVaultOptions(withDeliveryOptions(exporting), 'required'), [
    ['recordings export 4f2a1c00 --out transcripts --format docx,srt --vault ~/Vault'],
    ['recordings export 4f2a1c00 --original --out sound --vault ~/Vault', 'what was recorded here: as WAV'],
  ]);
  exporting.action((ids: string[], flags: ExportFlags) =>
    run((terminal) => withVault(terminal, flags, (open) => exportRecordings(terminal, open, ids, flags))),
  );
}

function addKeep(recordings: Command, run: RunCommand): void {
  const keep = recordings
    .command('keep [recording...]')
    .description(
      'Keep what there is of recordings that were broken off (default: all), and queue their transcription',
    );
  withExamples(withVaultOptions(keep, 'required'), [['recordings keep --vault ~/Vault']]);
  keep.action((ids: string[], flags: RequiredVaultFlags) =>
    run((terminal) => withVault(terminal, flags, (app) => keepBrokenOff(terminal, app, ids, flags.vault))),
  );
}

async function keepBrokenOff(
  terminal: Terminal,
  { captures, recordings }: VaultApp,
  ids: readonly string[],
  vault: string,
): Promise<ExitStatus> {
  const found = await Promise.all(ids.map((id) => recordings.find(id)));
  const unfinished = (await captures.unfinished()).filter(
    ({ recordingId }) => ids.length === 0 || found.some(({ id }) => id === recordingId),
  );
  if (unfinished.length === 0) terminal.print(terminal.say('nothingBrokenOff'));
  for (const { recordingId, name, durationMs } of unfinished) {
    await captures.keepUnfinished(recordingId);
    await recordings.imports.settled(recordingId, 'channels');
    terminal.print(terminal.say('kept', { name, length: shortClockTime(durationMs), vault }));
  }
  return EXIT.done;
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
      withVault(terminal, flags, (open) => eraseRecordings(terminal, open, ids, flags.yes ?? false)),
    ),
  );
}

async function listRecordings(
  terminal: Terminal,
  app: VaultApp,
  { json }: ListingFlags,
): Promise<ExitStatus> {
  const recordings = await app.recordings.list();
  const versions = await Promise.all(recordings.map(({ id }) => app.transcripts.latest(id)));
  const rows = recordings.map((recording, index) => ({ recording, version: versions[index] ?? null }));
  if (json) terminal.printJson(recordingListing(rows));
  else terminal.print(rows.length === 0 ? terminal.say('noRecordings') : recordingTable(rows, terminal.say));
  return EXIT.done;
}

async function showRecording(terminal: Terminal, app: VaultApp, id: string): Promise<ExitStatus> {
  const { say, language } = terminal;
  const unknownYet = say('unknownYet');
  const recording = await app.recordings.find(id);
  const { durationMs, layout, channels } = recording;
  const level = await app.recordings.levelFact(recording.id, language);
  terminal.print(
    factList([
      [say('headings.id'), recording.id],
      [say('headings.recording'), recording.name],
      [say('headings.source'), recording.sourcePath || say('recordedHere')],
      ['SHA-256', recording.sourceSha256 ?? say('unknownHash')],
      [say('headings.size'), fileSize(recording.sourceSizeBytes, language)],
      [say('headings.length'), durationMs === null ? unknownYet : shortClockTime(durationMs)],
      [say('headings.state'), say(`recordingStates.${recording.state}`)],
      [say('headings.channels'), layout === null ? unknownYet : `${channels} (${say(`layouts.${layout}`)})`],
      ...(layout === null ? [] : [[level.name, level.value] as const]),
    ]),
  );
  if (recording.facts.assumed !== null) {
    terminal.print(`\n${recording.name}: ${assumedReadingText(recording.facts.assumed, language)}`);
  }
  if ((await app.transcripts.latest(recording.id)) === null) return EXIT.done;
  const { segments } = await app.transcripts.document(recording.id);
  terminal.print('');
  for (const { startMs, speaker, text } of segments) {
    terminal.print(`[${shortClockTime(startMs)}] ${speaker === null ? '' : `${speaker}: `}${text}`);
  }
  return EXIT.done;
}

async function find(
  terminal: Terminal,
  app: VaultApp,
  text: string,
  { limit, json }: SearchFlags,
): Promise<ExitStatus> {
  const hits = await app.recordings.search({ text, limit });
  if (json) {
    terminal.printJson(searchListing(hits));
    return EXIT.done;
  }
  for (const { recordingId, recordingName, startMs, snippet } of hits) {
    terminal.print(`${shortId(recordingId)}  ${recordingName} [${shortClockTime(startMs)}]  ${snippet}`);
  }
  if (hits.length === 0) terminal.tell(terminal.say('nothingFound'));
  return EXIT.done;
}

async function exportRecordings(
  terminal: Terminal,
  app: VaultApp,
  ids: string[],
  flags: ExportFlags,
): Promise<ExitStatus> {
  let status: ExitStatus = EXIT.done;
  const failed = (error: unknown) => {
    status = EXIT.someFailed;
    explain(terminal, error);
  };
  // All are read before the first is written, so that equal names become distinct.
  const recordings = new Map<string, Recording>();
  for (const id of ids) {
    try {
      const recording = await app.recordings.find(id);
      recordings.set(recording.id, recording);
    } catch (error) {
      failed(error);
    }
  }
  if (flags.original === true) {
    const wish = { folder: flags.out ?? '.', overwrite: flags.overwrite ?? false };
    await prepareDestination(wish.folder);
    for (const id of recordings.keys()) {
      try {
        for (const path of await app.recordings.writeOriginals(id, wish)) terminal.print(path);
      } catch (error) {
        failed(error);
      }
    }
    return status;
  }
  const template = await keptTemplate(app, await templateFrom(flags));
  const wish = {
    ...inTemplate(wishFrom(flags, terminal), template),
    pseudonymised: flags.pseudonyms ?? false,
  };
  await app.export.deliverTogether([...recordings.values()], wish, {
    written: (path) => terminal.print(path),
    beforeZero: (name) => terminal.tell(terminal.say('beforeZero', { name })),
    failed,
  });
  if (wish.pseudonymised && status === EXIT.done) {
    for (const id of recordings.keys()) tellUndecided(terminal, await app.pseudonyms.view(id));
  }
  return status;
}

async function eraseRecordings(
  terminal: Terminal,
  app: VaultApp,
  ids: string[],
  sure: boolean,
): Promise<ExitStatus> {
  const { say } = terminal;
  const found = await Promise.all(ids.map((id) => app.recordings.find(id)));
  const recordings = [...new Map(found.map((recording) => [recording.id, recording])).values()];
  if (!sure) {
    terminal.tell(say('toBeErased'));
    for (const { id, name } of recordings) terminal.tell(`  ${shortId(id)}  ${name}`);
    await confirmByTyping(
      terminal,
      say('typeCount', { number: recordings.length }),
      String(recordings.length),
    );
  }
  for (const { id, name } of recordings) {
    await app.recordings.erase(id);
    terminal.print(`${shortId(id)}  ${say('erased', { name })}`);
  }
  terminal.tell(say('eraseTruth'));
  return EXIT.done;
}
