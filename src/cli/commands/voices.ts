import { type Command, Option } from 'commander';
import type { VaultApp } from '../../app/open-app.ts';
import type { KnownVoiceView } from '../../contract/speakers.ts';
import { matterNamed } from '../arguments/matter-named.ts';
import {
  type ListingFlags,
  type RequiredVaultFlags,
  withExamples,
  withJsonOption,
  withVaultOptions,
} from '../arguments/options.ts';
import { UsageProblem } from '../arguments/usage-problem.ts';
import type { RunCommand } from '../explain.ts';
import { voiceListing } from '../listings/matter-listings.ts';
import { dayOf } from '../printed/quantities.ts';
import { shortId } from '../printed/short-id.ts';
import { table } from '../printed/table.ts';
import { withVault } from '../session.ts';
import { EXIT, type ExitStatus } from '../terminal/exit-status.ts';
import { confirmByTyping } from '../terminal/prompts.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { headings } from '../texts.ts';

type ListFlags = RequiredVaultFlags & ListingFlags & { readonly matter?: string };
type RememberFlags = RequiredVaultFlags & ListingFlags & { readonly name?: string; readonly until: Until };
type KeepFlags = RequiredVaultFlags & { readonly until: Until };
type ForgetFlags = RequiredVaultFlags & {
  readonly all?: boolean;
  readonly matter?: string;
  readonly yes?: boolean;
};

/** The last day of a voice as the time at which it is over, or for ever. */
type Until = number | 'never';

/** `voicesync voices`. */
export function addVoicesCommand(program: Command, run: RunCommand): void {
  const voices = program
    .command('voices')
    .description('See, remember and delete the voices by which later recordings name their speakers');
  addList(voices, run);
  addRemember(voices, run);
  addKeep(voices, run);
  addForget(voices, run);
  withExamples(voices, [
    ['voices list --vault ~/Vault'],
    ['voices remember 4f2a1c00 "Speaker 2" --name "Ana Pérez" --vault ~/Vault'],
    ['voices forget 77aa01b2 --vault ~/Vault'],
  ]);
  voices.addHelpText(
    'after',
    '\nA voice is biometric data. It is stored only if you ask for it, in the matter of its recording, encrypted\nin the vault, until it expires or you delete it; deleting the matter deletes it too.',
  );
}

function addList(voices: Command, run: RunCommand): void {
  const list = voices
    .command('list')
    .description('List the voices that are remembered')
    .option('--matter <name>', 'only those of this matter');
  withExamples(withJsonOption(withVaultOptions(list, 'required')), [['voices list --vault ~/Vault']]);
  list.action((flags: ListFlags) =>
    run((terminal) => withVault(terminal, flags, (app) => listVoices(terminal, app, flags))),
  );
}

function addRemember(voices: Command, run: RunCommand): void {
  const remember = voices
    .command('remember <recording> <speaker>')
    .description('Remember the voice of a speaker, in the matter of the recording')
    .option('--name <name>', 'whose voice it is (default: the speaker’s name)')
    .addOption(
      untilOption('the last day on which it is kept, like 2027-05-31, or never to delete it').default(
        inAYear(),
        'a year from now',
      ),
    );
  withExamples(withJsonOption(withVaultOptions(remember, 'required')), [
    ['voices remember 4f2a1c00 "Speaker 2" --name "Ana Pérez" --until 2027-05-31 --vault ~/Vault'],
  ]);
  remember.action((recording: string, speaker: string, flags: RememberFlags) =>
    run((terminal) =>
      withVault(terminal, flags, (app) => rememberVoice(terminal, app, { recording, speaker }, flags)),
    ),
  );
}

function addKeep(voices: Command, run: RunCommand): void {
  const keep = voices
    .command('keep <voice...>')
    .description('Change until when voices are remembered')
    .addOption(untilOption('the last day, like 2027-05-31, or never to delete it').makeOptionMandatory());
  withExamples(withVaultOptions(keep, 'required'), [
    ['voices keep 77aa01b2 --until 2027-05-31 --vault ~/Vault'],
  ]);
  keep.action((ids: string[], flags: KeepFlags) =>
    run((terminal) => withVault(terminal, flags, (app) => keepVoices(terminal, app, ids, flags.until))),
  );
}

function addForget(voices: Command, run: RunCommand): void {
  const forget = voices
    .command('forget [voice...]')
    .description('Delete voices for good')
    .option('--all', 'all of the vault, or of --matter; asks you to type how many there are')
    .option('--matter <name>', 'with --all: only those of this matter')
    .option('--yes', 'do not ask');
  withExamples(withVaultOptions(forget, 'required'), [
    ['voices forget 77aa01b2 --vault ~/Vault'],
    ['voices forget --all --matter "Pérez v. Soto" --vault ~/Vault'],
  ]);
  forget.action((ids: string[], flags: ForgetFlags) =>
    run((terminal) => {
      if ((flags.all === true) === ids.length > 0 || (flags.matter !== undefined && flags.all !== true)) {
        throw new UsageProblem(({ say }) => say('usage.forgetVoices'));
      }
      return withVault(terminal, flags, (app) => forgetVoices(terminal, app, ids, flags));
    }),
  );
}

async function listVoices(
  terminal: Terminal,
  app: VaultApp,
  { matter, json }: ListFlags,
): Promise<ExitStatus> {
  const voices = await app.voices.list(matter === undefined ? null : await matterNamed(app, matter));
  if (json) terminal.printJson(voiceListing(voices));
  else if (voices.length === 0) terminal.print(terminal.say('noVoices'));
  else terminal.print(await voiceTable(terminal, app, voices));
  return EXIT.done;
}

async function voiceTable(
  { say }: Terminal,
  { matters }: VaultApp,
  voices: readonly KnownVoiceView[],
): Promise<string> {
  const named = new Map((await matters.list()).map(({ id, name }) => [id, name]));
  return table(
    headings(say, ['id', 'speaker', 'matter', 'recording', 'remembered', 'until']),
    voices.map(({ id, name, matterId, recordingName, rememberedAtMs, expiresAtMs }) => [
      shortId(id),
      name,
      named.get(matterId) ?? '',
      recordingName ?? say('erasedRecording'),
      dayOf(rememberedAtMs),
      expiresAtMs === null ? say('untilDeleted') : dayOf(expiresAtMs - 1),
    ]),
  );
}

async function rememberVoice(
  terminal: Terminal,
  { recordings, voices }: VaultApp,
  { recording, speaker }: { recording: string; speaker: string },
  { name = speaker, until, json }: RememberFlags,
): Promise<ExitStatus> {
  const { id: recordingId } = await recordings.find(recording);
  const expiresAtMs = until === 'never' ? null : until;
  const voice = await voices.remember({ recordingId, speaker, name, expiresAtMs });
  if (json) {
    terminal.printJson(voiceListing([voice]));
    return EXIT.done;
  }
  terminal.print(`${shortId(voice.id)}  ${terminal.say('voiceRemembered', { name })}`);
  terminal.tell(
    expiresAtMs === null
      ? terminal.say('voiceKept')
      : terminal.say('voiceKeptUntil', { day: dayOf(expiresAtMs - 1) }),
  );
  return EXIT.done;
}

async function keepVoices(
  terminal: Terminal,
  app: VaultApp,
  ids: readonly string[],
  until: Until,
): Promise<ExitStatus> {
  for (const { id, name } of await voicesNamed(app, ids)) {
    await app.voices.setExpiry(id, until === 'never' ? null : until);
    const day = until === 'never' ? terminal.say('untilDeleted') : dayOf(until - 1);
    terminal.print(`${shortId(id)}  ${terminal.say('voiceUntil', { name, day })}`);
  }
  return EXIT.done;
}

async function forgetVoices(
  terminal: Terminal,
  app: VaultApp,
  ids: readonly string[],
  { all = false, matter, yes = false }: ForgetFlags,
): Promise<ExitStatus> {
  const { say } = terminal;
  const voices = all
    ? await app.voices.list(matter === undefined ? null : await matterNamed(app, matter))
    : await voicesNamed(app, ids);
  if (voices.length === 0) terminal.print(say('noVoices'));
  if (all && !yes && voices.length > 0) {
    terminal.print(await voiceTable(terminal, app, voices));
    await confirmByTyping(terminal, say('typeCount', { number: voices.length }), String(voices.length));
  }
  await app.voices.forget(voices.map(({ id }) => id));
  for (const { id, name } of voices) terminal.print(`${shortId(id)}  ${say('voiceForgotten', { name })}`);
  if (voices.length > 0) terminal.tell(say('voiceTruth'));
  return EXIT.done;
}

/** The voices of these ids, or of these ends of ids. All are found before the first is changed. */
async function voicesNamed({ voices }: VaultApp, ids: readonly string[]): Promise<KnownVoiceView[]> {
  const all = await voices.list(null);
  return ids.map((text) => {
    const wanted = text.toLowerCase();
    const [voice, ...others] = all.filter(({ id }) => wanted !== '' && id.endsWith(wanted));
    if (voice === undefined || others.length > 0) {
      throw new UsageProblem(({ say }) => say('usage.noVoice', { id: text }));
    }
    return voice;
  });
}

function untilOption(description: string): Option {
  return new Option('--until <day|never>', description).argParser(parseUntil);
}

/** The end of a day of this machine's calendar. */
function parseUntil(value: string): Until {
  if (value === 'never') return value;
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value)?.map(Number) ?? [];
  const isDay =
    year !== undefined && new Date(year, Number(month) - 1, day).toLocaleDateString('sv-SE') === value;
  const endMs = isDay ? new Date(year, Number(month) - 1, Number(day) + 1).getTime() : 0;
  if (endMs <= Date.now()) throw new UsageProblem(({ say }) => say('usage.until'));
  return endMs;
}

function inAYear(): number {
  const today = new Date();
  return new Date(today.getFullYear() + 1, today.getMonth(), today.getDate() + 1).getTime();
}
