import { extname, resolve } from 'node:path';
import type { Command } from 'commander';
import { HAND_OVER_ENDING } from '../../app/hand-over/hand-overs.ts';
import type { VaultApp } from '../../app/open-app.ts';
import { matterNamed } from '../arguments/matter-named.ts';
import {
  type ListingFlags,
  type RequiredVaultFlags,
  withExamples,
  withJsonOption,
  withVaultOptions,
} from '../arguments/options.ts';
import type { RunCommand } from '../explain.ts';
import { handOverReport, matterListing } from '../listings/matter-listings.ts';
import { withVault } from '../session.ts';
import { EXIT, type ExitStatus } from '../terminal/exit-status.ts';
import { newPassphraseFrom, passphraseFrom } from '../terminal/secrets.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { addMatterRetention } from './matter-retention.ts';

type ListFlags = RequiredVaultFlags & ListingFlags;
type SecretFlags = { readonly filePassphraseFile?: string };
type HandOverFlags = ListFlags & SecretFlags & { readonly out: string; readonly withVoices?: boolean };
type ReceiveFlags = ListFlags & SecretFlags;

/** `voicesync matters`. */
export function addMattersCommand(program: Command, run: RunCommand): void {
  const matters = program
    .command('matters')
    .description(
      'See the matters of a vault, how long they keep their recordings, and hand one over to another vault',
    );
  addList(matters, run);
  addHandOver(matters, run);
  addReceive(matters, run);
  addMatterRetention(matters, run);
  withExamples(matters, [
    ['matters list --vault ~/Vault'],
    ['matters hand-over "Pérez v. Soto" --out perez.voicesync --vault ~/Vault'],
    ['matters receive perez.voicesync --vault ~/Vault'],
  ]);
}

function addList(matters: Command, run: RunCommand): void {
  const list = matters.command('list').description('List the matters');
  withExamples(withJsonOption(withVaultOptions(list, 'required')), [['matters list --vault ~/Vault']]);
  list.action((flags: ListFlags) =>
    run((terminal) =>
      withVault(terminal, flags, async (app) => {
        const all = await app.matters.list();
        if (flags.json) terminal.printJson(matterListing(all));
        else
          terminal.print(
            all.length === 0 ? terminal.say('noMatters') : all.map(({ name }) => name).join('\n'),
          );
        return EXIT.done;
      }),
    ),
  );
}

function addHandOver(matters: Command, run: RunCommand): void {
  const handOver = matters
    .command('hand-over <matter>')
    .description('Write a matter with all its recordings and transcripts into one sealed file')
    .requiredOption('--out <file>', `the file; its name ends in ${HAND_OVER_ENDING}`)
    .option(
      '--file-passphrase-file <file>',
      'the first line is the passphrase of the new file (default: ask)',
    )
    .option('--with-voices', 'also the voices that are remembered in the matter: biometric data');
  withExamples(withJsonOption(withVaultOptions(handOver, 'required')), [
    ['matters hand-over "Pérez v. Soto" --out perez.voicesync --vault ~/Vault'],
  ]);
  handOver.action((matter: string, flags: HandOverFlags) =>
    run((terminal) => withVault(terminal, flags, (app) => writeMatter(terminal, app, matter, flags))),
  );
}

function addReceive(matters: Command, run: RunCommand): void {
  const receive = matters
    .command('receive <file>')
    .description('Take in a matter that was handed over')
    .option('--file-passphrase-file <file>', 'the first line is the passphrase of the file (default: ask)');
  withExamples(withJsonOption(withVaultOptions(receive, 'required')), [
    ['matters receive perez.voicesync --vault ~/Vault'],
  ]);
  receive.action((file: string, flags: ReceiveFlags) =>
    run((terminal) => withVault(terminal, flags, (app) => readMatter(terminal, app, file, flags))),
  );
}

async function writeMatter(
  terminal: Terminal,
  app: VaultApp,
  name: string,
  { out, filePassphraseFile, withVoices = false, json }: HandOverFlags,
): Promise<ExitStatus> {
  const matterId = await matterNamed(app, name);
  const file = resolve(extname(out) === HAND_OVER_ENDING ? out : `${out}${HAND_OVER_ENDING}`);
  terminal.tell(terminal.say('handOverPassphrase'));
  const passphrase = await newPassphraseFrom(terminal, filePassphraseFile);
  const done = await app.handOvers.handOver({ matterId, file, passphrase, withVoices });
  if (json) terminal.printJson(handOverReport(done));
  else terminal.print(terminal.say('handedOver', { count: done.recordings, name: done.name, file }));
  terminal.tell(terminal.say('handOverApart'));
  return EXIT.done;
}

async function readMatter(
  terminal: Terminal,
  app: VaultApp,
  file: string,
  { filePassphraseFile, json }: ReceiveFlags,
): Promise<ExitStatus> {
  terminal.tell(terminal.say('receivePassphrase'));
  const passphrase = await passphraseFrom(terminal, filePassphraseFile);
  const done = await app.handOvers.receive({ file: resolve(file), passphrase });
  if (json) terminal.printJson(handOverReport(done));
  else terminal.print(terminal.say('received', { count: done.recordings, name: done.name }));
  return EXIT.done;
}
