import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { prepareDestination } from '../../app/export/destination.ts';
import type { VaultApp } from '../../app/open-app.ts';
import { shortClockTime } from '../../contract/clock-times.ts';
import { AppError } from '../../contract/errors.ts';
import {
  BleepSound,
  PSEUDONYM_KINDS,
  type PseudonymKind,
  type PseudonymsView,
  SavedPseudonym,
  SoundFormat,
} from '../../contract/pseudonyms.ts';
import {
  type ListingFlags,
  type RequiredVaultFlags,
  withExamples,
  withJsonOption,
  withVaultOptions,
} from '../arguments/options.ts';
import { UsageProblem } from '../arguments/usage-problem.ts';
import type { RunCommand } from '../explain.ts';
import { candidateListing, pseudonymListing } from '../listings/law-listings.ts';
import { table } from '../printed/table.ts';
import { withVault } from '../session.ts';
import { EXIT, type ExitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { headings } from '../texts.ts';

type ListFlags = RequiredVaultFlags & ListingFlags;
type SetFlags = RequiredVaultFlags & { readonly kind?: PseudonymKind; readonly label?: string };
type LeaveFlags = RequiredVaultFlags & { readonly undo?: boolean };
type OutFlags = RequiredVaultFlags & { readonly out: string };
type SoundFlags = OutFlags & { readonly format: SoundFormat; readonly sound: BleepSound };

/** `voicesync pseudonyms`. */
export function addPseudonymsCommand(program: Command, run: RunCommand): void {
  const pseudonyms = program
    .command('pseudonyms')
    .description(
      'Put labels in the place of names, places, dates and numbers in copies, and bleep them in sound',
    );
  addReading(pseudonyms, run);
  addDeciding(pseudonyms, run);
  addWriting(pseudonyms, run);
  withExamples(pseudonyms, [
    ['pseudonyms find 4f2a1c00 --vault ~/Vault'],
    ['pseudonyms set 4f2a1c00 "Maria Thorne" Thorne --kind person --vault ~/Vault'],
    ['recordings export 4f2a1c00 --pseudonyms --out copies --vault ~/Vault'],
  ]);
  pseudonyms.addHelpText(
    'after',
    '\nThe text in the vault stays as it is. The key, which tells what a label stands for, belongs to the matter of\nthe recording and lies in the vault alone. What the rules miss is not replaced: read a copy before you give it away.',
  );
}

function addReading(pseudonyms: Command, run: RunCommand): void {
  const list = pseudonyms
    .command('list <recording>')
    .description('List the labels, what they stand for and how often that is said in the recording');
  withExamples(withJsonOption(withVaultOptions(list, 'required')), [
    ['pseudonyms list 4f2a1c00 --vault ~/Vault'],
  ]);
  list.action((recording: string, flags: ListFlags) =>
    run((terminal) => withVault(terminal, flags, (app) => listKey(terminal, app, recording, flags))),
  );

  const find = pseudonyms
    .command('find <recording>')
    .description('List names, dates and numbers in the text that nobody has decided about');
  withExamples(withJsonOption(withVaultOptions(find, 'required')), [
    ['pseudonyms find 4f2a1c00 --vault ~/Vault'],
  ]);
  find.action((recording: string, flags: ListFlags) =>
    run((terminal) => withVault(terminal, flags, (app) => findWords(terminal, app, recording, flags))),
  );
}

function addDeciding(pseudonyms: Command, run: RunCommand): void {
  const set = pseudonyms
    .command('set <recording> <words...>')
    .description('Replace words by one label: as they are written in the text, each spelling by itself')
    .addOption(new Option('--kind <kind>', 'what they are (default: person)').choices([...PSEUDONYM_KINDS]))
    .option('--label <label>', 'a label that is there, or one of your own (default: the next of its kind)');
  withExamples(withVaultOptions(set, 'required'), [
    ['pseudonyms set 4f2a1c00 "Maria Thorne" Thorne --vault ~/Vault'],
    ['pseudonyms set 4f2a1c00 Mary --label "[Person 1]" --vault ~/Vault'],
  ]);
  set.action((recording: string, words: string[], flags: SetFlags) =>
    run((terminal) =>
      withVault(terminal, flags, (app) => setLabel(terminal, app, { recording, words }, flags)),
    ),
  );

  const leave = pseudonyms
    .command('leave <recording> <words...>')
    .description('Decide that words stay as they are')
    .option('--undo', 'take that back');
  withExamples(withVaultOptions(leave, 'required'), [['pseudonyms leave 4f2a1c00 Monday --vault ~/Vault']]);
  leave.action((recording: string, words: string[], { undo = false, ...flags }: LeaveFlags) =>
    run((terminal) =>
      withVault(terminal, flags, async (app) => {
        const { id } = await app.recordings.find(recording);
        await app.pseudonyms.decidePlain(id, words, !undo);
        return tellUndecided(terminal, await app.pseudonyms.view(id));
      }),
    ),
  );

  const remove = pseudonyms
    .command('remove <recording> <label...>')
    .description('Delete labels from the key; copies that were written stay as they are');
  withExamples(withVaultOptions(remove, 'required'), [
    ['pseudonyms remove 4f2a1c00 "[Person 1]" --vault ~/Vault'],
  ]);
  remove.action((recording: string, labels: string[], flags: RequiredVaultFlags) =>
    run((terminal) =>
      withVault(terminal, flags, (app) => removeLabels(terminal, app, { recording, labels })),
    ),
  );
}

function addWriting(pseudonyms: Command, run: RunCommand): void {
  const key = pseudonyms
    .command('key <recording>')
    .description('Write the key as a CSV file: whoever has it can undo the pseudonyms')
    .requiredOption('--out <folder>', 'where to write');
  withExamples(withVaultOptions(key, 'required'), [
    ['pseudonyms key 4f2a1c00 --out safe-place --vault ~/Vault'],
  ]);
  key.action((recording: string, flags: OutFlags) =>
    run((terminal) =>
      withVault(terminal, flags, async (app) => {
        const { id } = await app.recordings.find(recording);
        terminal.print(await app.pseudonyms.exportKey(id, await folderOf(flags)));
        terminal.tell(terminal.say('law.keyTruth'));
        return EXIT.done;
      }),
    ),
  );

  const sound = pseudonyms
    .command('sound <recording>')
    .description('Write the sound with the words of the key covered in all channels')
    .requiredOption('--out <folder>', 'where to write')
    .addOption(new Option('--format <format>', 'the file').choices(SoundFormat.options).default('wav'))
    .addOption(
      new Option('--sound <sound>', 'what is heard instead').choices(BleepSound.options).default('tone'),
    );
  withExamples(withVaultOptions(sound, 'required'), [
    ['pseudonyms sound 4f2a1c00 --out copies --format mp3 --vault ~/Vault'],
  ]);
  sound.action((recording: string, flags: SoundFlags) =>
    run((terminal) => withVault(terminal, flags, (app) => writeSound(terminal, app, recording, flags))),
  );
}

async function listKey(
  terminal: Terminal,
  app: VaultApp,
  recording: string,
  { json }: ListFlags,
): Promise<ExitStatus> {
  const { say } = terminal;
  const { id } = await app.recordings.find(recording);
  const view = await app.pseudonyms.view(id);
  if (json) {
    terminal.printJson(pseudonymListing(view));
    return EXIT.done;
  }
  if (view.key.length === 0) terminal.print(say('law.noLabels'));
  else {
    terminal.print(
      table(
        headings(say, ['label', 'kind', 'words', 'times']),
        view.key.map(({ label, kind, forms, count }) => [
          ...[label, say(`law.kinds.${kind}`), forms.join('; '), String(count)],
        ]),
      ),
    );
  }
  return tellUndecided(terminal, view);
}

async function findWords(
  terminal: Terminal,
  app: VaultApp,
  recording: string,
  { json }: ListFlags,
): Promise<ExitStatus> {
  const { say } = terminal;
  const { id } = await app.recordings.find(recording);
  const { candidates } = await app.pseudonyms.view(id);
  if (json) terminal.printJson(candidateListing(candidates));
  else if (candidates.length === 0) terminal.print(say('law.nothingUndecided'));
  else {
    terminal.print(
      table(
        headings(say, ['words', 'kind', 'times', 'at', 'context']),
        candidates.map(({ text, kind, count, startMs, context }) => [
          ...[text, say(`law.kinds.${kind}`), String(count), shortClockTime(startMs), context],
        ]),
      ),
    );
    terminal.tell(say('law.rulesMiss'));
  }
  return EXIT.done;
}

async function setLabel(
  terminal: Terminal,
  app: VaultApp,
  { recording, words }: { recording: string; words: readonly string[] },
  { kind, label }: SetFlags,
): Promise<ExitStatus> {
  const { id: recordingId } = await app.recordings.find(recording);
  const { key } = await app.pseudonyms.view(recordingId);
  const known = label === undefined ? undefined : key.find((line) => isLabel(line.label, label));
  for (const text of words) {
    const other = key.find((line) => line.id !== known?.id && line.forms.includes(text));
    if (other !== undefined)
      throw new UsageProblem(({ say }) => say('law.labelledAlready', { text, label: other.label }));
  }
  const line = SavedPseudonym.safeParse({
    id: known?.id ?? null,
    kind: kind ?? known?.kind ?? 'person',
    label: known?.label ?? label ?? null,
    forms: [...(known?.forms ?? []), ...words],
  });
  if (!line.success) throw new AppError('usage.invalid', { problem: '<words>' });
  await app.pseudonyms.save(recordingId, [line.data]);
  const view = await app.pseudonyms.view(recordingId);
  const set = view.key.find(({ forms }) => forms.includes(line.data.forms.at(-1) ?? ''));
  if (set !== undefined) {
    const { label, forms, count } = set;
    terminal.print(terminal.say('law.labelSet', { label, words: forms.join('; '), count }));
  }
  return tellUndecided(terminal, view);
}

async function removeLabels(
  terminal: Terminal,
  app: VaultApp,
  { recording, labels }: { recording: string; labels: readonly string[] },
): Promise<ExitStatus> {
  const { id: recordingId } = await app.recordings.find(recording);
  const { key } = await app.pseudonyms.view(recordingId);
  // All are found before the first is removed.
  const lines = labels.map((label) => {
    const line = key.find((one) => isLabel(one.label, label));
    if (line === undefined) throw new UsageProblem(({ say }) => say('law.noLabel', { label }));
    return line;
  });
  for (const { id, label } of lines) {
    await app.pseudonyms.remove(recordingId, id);
    terminal.print(terminal.say('law.labelRemoved', { label }));
  }
  return tellUndecided(terminal, await app.pseudonyms.view(recordingId));
}

async function writeSound(
  terminal: Terminal,
  app: VaultApp,
  recording: string,
  flags: SoundFlags,
): Promise<ExitStatus> {
  const { id } = await app.recordings.find(recording);
  const { path, places } = await app.pseudonyms.exportSound(id, await folderOf(flags), flags);
  terminal.print(path);
  terminal.tell(terminal.say('law.soundCovered', { count: places }));
  return tellUndecided(terminal, await app.pseudonyms.view(id));
}

/** Says on stderr how much may still have to be replaced. */
export function tellUndecided(terminal: Terminal, { candidates }: PseudonymsView): ExitStatus {
  const { length: count } = candidates;
  if (count > 0) terminal.tell(terminal.say('law.undecided', { count }));
  return EXIT.done;
}

async function folderOf({ out }: OutFlags): Promise<string> {
  const folder = resolve(out);
  await prepareDestination(folder);
  return folder;
}

/** Brackets need not be typed: shells give them a meaning. */
function isLabel(label: string, typed: string): boolean {
  const bare = (text: string) =>
    text
      .trim()
      .replace(/^\[|\]$/g, '')
      .toLowerCase();
  return bare(label) === bare(typed);
}
