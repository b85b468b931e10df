import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { passphraseIn } from '../../app/vault/secret-files.ts';
import { ExportFormat } from '../../contract/document.ts';
import { detectLocale } from '../../contract/locale.ts';
import { expandInputs } from '../../core/media/sources/expand-inputs.ts';
import { ClientFolder, knownOfficeIn } from '../client/client-folder.ts';
import { collect } from '../client/collect.ts';
import { Desk, type DeskParts, isHandOver } from '../client/desk.ts';
import { DeskHandOvers } from '../client/desk-hand-overs.ts';
import { keysOf, knownIn, trust, trustedKeys } from '../client/known-keys.ts';
import { OfficeClient } from '../client/office-client.ts';
import { watchFolder } from '../client/watch-folder.ts';
import { ExchangeVault } from '../exchange/exchange-vault.ts';
import { fingerprintOfKeys, isSameFingerprint } from '../sealing/key-fingerprint.ts';
import { ClientReport, ClientUsageError } from './client-report.ts';
import { clientSettings, collectorSettings } from './client-settings.ts';

/** The exit status after Ctrl+C. */
const INTERRUPTED = 130;

/** How often the office is asked while something is waited for. */
const ASK_EVERY_MS = 5000;

const PASSPHRASE_OPTION = [
  '--passphrase-file <file>',
  'a file whose first line is the passphrase of hand-overs',
] as const;
const FORMATS_OPTION = ['--formats <list>', 'what to write', 'docx'] as const;

interface Options {
  readonly passphraseFile?: string;
  readonly formats: string;
  readonly out: string;
  readonly wait?: true;
  readonly handOver?: string;
  readonly vault: string;
  readonly matter?: string;
  readonly everyS: number;
}

/** Adds the commands for people: what they send, and what comes back. */
export function addClientCommands(program: Command): void {
  program
    .command('send')
    .description('Send recordings, folders of them, or matters that the desktop has handed over (.voicesync)')
    .argument('<paths...>')
    .option(...PASSPHRASE_OPTION)
    .action((paths: string[], options: Options) =>
      atTheDesk(options, async (parts, handOvers, report) => {
        const desk = new Desk(parts);
        await desk.goOn();
        await handOvers?.goOn();
        for (const { path, error, sameAs } of (await expandInputs(paths)).inputs) {
          if (sameAs !== null) continue;
          await report.trying(path, async () => {
            if (error !== null) throw error;
            if (!isHandOver(path)) await desk.send(path);
            else if (handOvers === null) report.fail('noPassphrase', { name: path });
            else await handOvers.send(path);
          });
        }
      }),
    );

  program
    .command('fetch')
    .description('Write the texts that are finished, and matters that go back to the desktop')
    .option('--out <folder>', 'where to write', '.')
    .option(...FORMATS_OPTION)
    .option(
      '--hand-over <file>',
      'pack recordings with their texts into one new .voicesync file for the desktop instead',
    )
    .option(...PASSPHRASE_OPTION)
    .option('--wait', 'until everything that was sent has ended')
    .action((options: Options) =>
      atTheDesk(options, async (parts, handOvers, report) => {
        const { handOver, out } = options;
        if (handOver !== undefined && handOvers === null)
          throw new ClientUsageError('noPassphrase', { name: handOver });
        const formats = formatsOf(options);
        const desk = new Desk(parts);
        await desk.goOn();
        const round = async () => {
          if (handOver !== undefined && handOvers !== null)
            return await handOvers.packInto(handOver, options.wait);
          const returned = (await handOvers?.returnInto(out)) ?? 0;
          return returned + (await desk.fetch(out, formats));
        };
        let waiting = await round();
        while (waiting > 0 && options.wait) {
          await new Promise((done) => setTimeout(done, ASK_EVERY_MS));
          waiting = await round();
        }
        if (waiting > 0) report.waiting(waiting);
      }),
    );

  program
    .command('list')
    .description('List what was sent, and how far it is')
    .action(() =>
      atTheDesk({}, async ({ folder }, _, report) => {
        report.list(folder.state.list());
      }),
    );

  program
    .command('watch')
    .description('Send what appears in a folder, and write what comes back, until it is ended')
    .argument('<folder>')
    .option('--out <folder>', 'where to write; the folder `transcripts` in it otherwise', '')
    .option(...FORMATS_OPTION)
    .option(...PASSPHRASE_OPTION)
    .option('--every-s <seconds>', 'how often to look', Number, ASK_EVERY_MS / 1000)
    .action((watched: string, options: Options) =>
      atTheDesk(options, async (parts, handOvers, report) => {
        const folder = resolve(watched);
        const out = options.out === '' ? join(folder, 'transcripts') : resolve(options.out);
        report.say('watching', { folder, out });
        const everyMs = options.everyS * 1000;
        await watchFolder(parts, { folder, out, formats: formatsOf(options), handOvers, everyMs });
      }),
    );

  program
    .command('trust')
    .description('Compare the office’s fingerprint, and trust its keys from now on')
    .argument('[fingerprint]', 'as whoever looks after the office told it; without it both are shown')
    .action((fingerprint: string | undefined) =>
      reporting(async (report) => {
        const settings = await clientSettings(process.env);
        const told = fingerprintOfKeys(keysOf(await new OfficeClient(settings.access).keys()));
        const file = knownOfficeIn(settings.folder);
        if (fingerprint === undefined) {
          const known = await knownIn(file);
          report.say('fingerprint', { print: told });
          report.say(known === null ? 'knownNone' : 'known', { print: known ?? '' });
          return;
        }
        if (!isSameFingerprint(fingerprint, told)) throw new ClientUsageError('otherFingerprint');
        await trust(file, told);
        report.say('trusted');
      }),
    );

  program
    .command('collect')
    .description(
      'Bring the tenant’s finished recordings and texts into a vault, with the vault’s private key',
    )
    .requiredOption(
      '--vault <folder>',
      'a vault that was made before, by the app or `voicesync vault create`',
    )
    .requiredOption('--passphrase-file <file>', 'a file whose first line is the vault’s passphrase')
    .option('--matter <name>', 'the matter that they come into; made if there is none of this name')
    .action((options: Options) =>
      reporting(async (report) => {
        const { access, privateKey } = await collectorSettings(process.env);
        const passphrase = await passphraseIn(options.passphraseFile ?? '');
        await using vault = await ExchangeVault.open(resolve(options.vault), passphrase);
        const matterId = options.matter === undefined ? null : await vault.matterNamed(options.matter);
        const tell = report.collecting;
        await collect(vault, { client: new OfficeClient(access), privateKey, matterId, tell });
      }),
    );
}

/** Runs a command with the client's own folder open. */
async function atTheDesk(
  { passphraseFile }: Partial<Options>,
  work: (parts: DeskParts, handOvers: DeskHandOvers | null, report: ClientReport) => Promise<void>,
): Promise<void> {
  await reporting(async (report) => {
    const settings = await clientSettings(process.env);
    const passphrase = passphraseFile === undefined ? null : await passphraseIn(passphraseFile);
    using folder = await ClientFolder.open(settings.folder);
    const client = new OfficeClient(settings.access);
    const parts: DeskParts = {
      ...{ client, folder, language: settings.language, locale: report.locale, tell: report.tell },
      keys: () => trustedKeys(client, { file: folder.knownOffice, expected: settings.fingerprint }),
    };
    await work(parts, passphrase === null ? null : new DeskHandOvers(parts, passphrase), report);
  });
}

/** Runs a command, and tells what it throws. Interrupted, it ends at once: what it had opened is erased at the process's exit. */
async function reporting(work: (report: ClientReport) => Promise<void>): Promise<void> {
  const report = new ClientReport(detectLocale(process.env));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(INTERRUPTED));
  try {
    await work(report);
  } catch (error) {
    report.thrown(error);
  }
  process.exitCode = report.exitCode;
}

function formatsOf({ formats }: Options): ExportFormat[] {
  return formats.split(',').map((name) => {
    const { success, data } = ExportFormat.safeParse(name.trim());
    if (!success) throw new ClientUsageError('badFormat', { name, list: ExportFormat.options.join(', ') });
    if (data === 'pdf') throw new ClientUsageError('noPdf');
    return data;
  });
}
