import type { Command } from 'commander';
import { AppError } from '../../contract/errors.ts';
import type { SpeakerChoice } from '../../contract/job.ts';
import { userLanguage } from '../../contract/user-language.ts';
import type { Recording } from '../../core/database/repositories/recordings.ts';
import { deliver } from '../../core/jobs/deliver.ts';
import { latestDocument } from '../../core/transcripts/transcript-document.ts';
import type { Workspace } from '../../core/workspace.ts';
import { confirmByTyping } from '../confirm.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { expandInputs } from '../expand-inputs.ts';
import { deliveryFor } from '../job-options.ts';
import {
  type DeliveryFlags,
  parseTrack,
  speakersOption,
  type VaultFlags,
  withDeliveryOptions,
  withVaultOptions,
} from '../options.ts';
import { clockTime, fileSize, table } from '../readable.ts';
import { explain, runCommand } from '../run-command.ts';
import { shortId } from '../short-id.ts';
import { withWorkspace } from '../with-workspace.ts';

type ImportFlags = VaultFlags & { readonly track?: number | 'mix'; readonly speakers: SpeakerChoice };
type SearchFlags = VaultFlags & { readonly limit: string };
type EraseFlags = VaultFlags & { readonly yes: boolean };

const EXAMPLES = `
Examples:
  voicesync recordings import hearing.wav --vault ~/Vault
  voicesync recordings search "green car" --vault ~/Vault
  voicesync recordings export 4f2a1c --out transcripts --format docx,srt --vault ~/Vault
Recordings are named by the id that "recordings list" shows.
`;

/** `voicesync recordings`. */
export function addRecordingsCommand(program: Command): void {
  const recordings = program
    .command('recordings')
    .description('See, search, export and erase the recordings of a vault');
  recordings.addHelpText('after', EXAMPLES);

  const add = recordings
    .command('import <file|folder...>')
    .description('Bring recordings into the vault without transcribing them')
    .option('--track <n|mix>', 'which audio track to take of several: its number, or mix', parseTrack)
    .addOption(speakersOption());
  withVaultOptions(add, 'required').action((inputs: string[], flags: ImportFlags) =>
    runCommand(() => importFiles(inputs, flags)),
  );

  withVaultOptions(recordings.command('list').description('List the recordings'), 'required').action(
    (flags: VaultFlags) => runCommand(() => withWorkspace(flags, list)),
  );

  const show = recordings.command('show <recording>').description('Show a recording and its transcript');
  withVaultOptions(show, 'required').action((id: string, flags: VaultFlags) =>
    runCommand(() => withWorkspace(flags, (open) => showRecording(open, id))),
  );

  const search = recordings
    .command('search <text>')
    .description('Search all transcripts; capitals and accents do not matter')
    .option('--limit <n>', 'show at most so many hits', '20');
  withVaultOptions(search, 'required').action((text: string, flags: SearchFlags) =>
    runCommand(() => withWorkspace(flags, (open) => find(open, text, flags.limit))),
  );

  const exporting = recordings.command('export <recording...>').description('Write transcripts as files');
  withVaultOptions(withDeliveryOptions(exporting), 'required').action(
    (ids: string[], flags: VaultFlags & DeliveryFlags) =>
      runCommand(() => withWorkspace(flags, (open) => exportRecordings(open, ids, flags))),
  );

  const erase = recordings
    .command('erase <recording...>')
    .description('Delete recordings with their transcripts and keys, for good')
    .option('--yes', 'do not ask', false);
  withVaultOptions(erase, 'required').action((ids: string[], flags: EraseFlags) =>
    runCommand(() => withWorkspace(flags, (open) => eraseRecordings(open, ids, flags.yes))),
  );
}

async function importFiles(inputs: string[], flags: ImportFlags): Promise<ExitStatus> {
  const files = await expandInputs(inputs);
  return await withWorkspace(flags, async ({ imports, database }) => {
    let status: ExitStatus = EXIT.done;
    for (const file of files) {
      try {
        const options = { matterId: null, track: flags.track ?? null, speakers: flags.speakers };
        const id = await imports.add(file, options);
        await imports.settled(id, flags.speakers);
        const { durationMs, state } = await database.recordings.get(id);
        const incomplete = state === 'incomplete' ? ' Only this much could be read.' : '';
        if (incomplete !== '') status = EXIT.someFailed;
        process.stdout.write(
          `${shortId(id)}  ${file}: ${clockTime(durationMs ?? 0)}, safe in the vault.${incomplete}\n`,
        );
      } catch (error) {
        status = EXIT.someFailed;
        explain(error);
      }
    }
    process.stderr.write('The originals are still readable where they were.\n');
    return status;
  });
}

async function list({ database }: Workspace): Promise<ExitStatus> {
  const rows: string[][] = [];
  for (const recording of await database.recordings.list()) {
    const version = await database.versions.latest(recording.id);
    rows.push([
      shortId(recording.id),
      recording.name,
      recording.state,
      recording.durationMs === null ? '' : clockTime(recording.durationMs),
      transcriptState(version),
      new Date(recording.createdAtMs).toISOString().slice(0, 10),
    ]);
  }
  const header = ['Id', 'Recording', 'State', 'Length', 'Transcript', 'Imported'];
  process.stdout.write(
    rows.length === 0 ? 'There are no recordings in this vault yet.\n' : `${table(header, rows)}\n`,
  );
  return EXIT.done;
}

function transcriptState(
  version: { readonly completedAtMs: number | null; readonly number: number } | null,
): string {
  if (version === null) return 'none';
  return version.completedAtMs === null ? 'unfinished' : `version ${version.number}`;
}

async function showRecording({ database }: Workspace, id: string): Promise<ExitStatus> {
  const recording = await database.recordings.findById(id);
  const facts: string[][] = [
    ['Id', recording.id],
    ['Source', recording.sourcePath],
    ['SHA-256', recording.sourceSha256 ?? 'unknown: it was not read to its end'],
    ['Size', fileSize(recording.sourceSizeBytes)],
    ['Length', recording.durationMs === null ? 'unknown yet' : clockTime(recording.durationMs)],
    ['State', recording.state],
    ['Channels', recording.layout === null ? 'unknown yet' : `${recording.channels} (${recording.layout})`],
  ];
  const width = Math.max(...facts.map(([name = '']) => name.length));
  for (const [name = '', value = ''] of facts) process.stdout.write(`${name.padEnd(width)}  ${value}\n`);
  if ((await database.versions.latest(recording.id)) === null) return EXIT.done;
  const { segments } = await latestDocument(database, recording);
  process.stdout.write('\n');
  for (const { startMs, speaker, text } of segments) {
    process.stdout.write(`[${clockTime(startMs)}] ${speaker === null ? '' : `${speaker}: `}${text}\n`);
  }
  return EXIT.done;
}

async function find({ database }: Workspace, text: string, limit: string): Promise<ExitStatus> {
  const count = Number(limit);
  if (!Number.isInteger(count) || count < 1) {
    throw new AppError('usage.invalid', { problem: '--limit is a whole number from 1 on' });
  }
  const hits = await database.search.find({ text, limit: count });
  for (const hit of hits) {
    process.stdout.write(
      `${shortId(hit.recordingId)}  ${hit.recordingName} [${clockTime(hit.startMs)}]  ${hit.snippet}\n`,
    );
  }
  process.stderr.write(hits.length === 0 ? 'Nothing found.\n' : '');
  return EXIT.done;
}

async function exportRecordings(
  { database }: Workspace,
  ids: string[],
  flags: DeliveryFlags,
): Promise<ExitStatus> {
  let status: ExitStatus = EXIT.done;
  for (const id of ids) {
    try {
      const recording = await database.recordings.findById(id);
      for (const path of await exportOne(database, recording, flags)) process.stdout.write(`${path}\n`);
    } catch (error) {
      status = EXIT.someFailed;
      explain(error);
    }
  }
  return status;
}

async function exportOne(
  database: Workspace['database'],
  recording: Recording,
  flags: DeliveryFlags,
): Promise<string[]> {
  const document = await latestDocument(database, recording);
  return await deliver(document, deliveryFor(recording.sourcePath, flags), userLanguage(process.env));
}

async function eraseRecordings(
  { vault, database }: Workspace,
  ids: string[],
  sure: boolean,
): Promise<ExitStatus> {
  const recordings = await Promise.all(ids.map((id) => database.recordings.findById(id)));
  for (const { name } of recordings) process.stderr.write(`  ${name}\n`);
  if (!sure) {
    await confirmByTyping(
      `These will be erased for good, with their transcripts. Type their number (${recordings.length}) to go on: `,
      String(recordings.length),
    );
  }
  for (const { id, name } of recordings) {
    await vault.objects.remove(await database.recordings.erase({ recordingId: id, atMs: Date.now() }));
    process.stdout.write(`${shortId(id)}  ${name}: erased\n`);
  }
  process.stderr.write(
    'Their keys and files are deleted. A flash disk may keep old copies of encrypted data out of reach of any program.\n',
  );
  return EXIT.done;
}
