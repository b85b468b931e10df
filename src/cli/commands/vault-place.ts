import { resolve } from 'node:path';
import type { Command } from 'commander';
import { measurePlace, places } from '../../app/places/places.ts';
import { appVaultFolder, appVaultPlace } from '../../app/vault/open-vault.ts';
import { moveVaultTo } from '../../app/vault/vault-moves.ts';
import { AppError } from '../../contract/errors.ts';
import { programTexts } from '../../messages/program-texts.ts';
import { type ListingFlags, withExamples, withJsonOption } from '../arguments/options.ts';
import type { RunCommand } from '../explain.ts';
import { placeListing } from '../listings/place-listing.ts';
import { fileSize } from '../printed/quantities.ts';
import { table } from '../printed/table.ts';
import { EXIT, type ExitStatus } from '../terminal/exit-status.ts';
import { Interrupt } from '../terminal/interrupt.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { headings } from '../texts.ts';

interface WhichVault {
  readonly vault?: string;
}

/** `voicesync vault where` and `vault move`: neither needs a passphrase, for all that lies there is sealed. */
export function addVaultPlaceCommands(vault: Command, run: RunCommand): void {
  const where = vault
    .command('where')
    .description('Tell what is stored where, and how much of it')
    .option('--vault <folder>', 'this vault instead of the one that the window uses');
  withExamples(withJsonOption(where), [['vault where'], ['vault where --vault ~/Vault --json']]);
  where.action((flags: WhichVault & ListingFlags) => run((terminal) => tellWhere(terminal, flags)));

  const move = vault
    .command('move <folder>')
    .description('Move a locked vault into a new or empty folder, also on another disk')
    .option('--vault <folder>', 'this vault instead of the one that the window uses');
  withExamples(move, [
    ['vault move /media/disk/vault', 'moves the vault that the window uses'],
    ['vault move /media/disk/vault --vault ~/Vault'],
  ]);
  move.action((to: string, flags: WhichVault) => run((terminal) => moveTo(terminal, to, flags)));
}

async function tellWhere(terminal: Terminal, flags: WhichVault & ListingFlags): Promise<ExitStatus> {
  const vaultFolder = flags.vault === undefined ? await appVaultFolder() : resolve(flags.vault);
  const measured = [];
  const { formerVaults } = appVaultPlace();
  for (const place of places({ vaultFolder, formerVaults, watched: [] })) {
    measured.push({ place, measure: await measurePlace(place) });
  }
  if (flags.json) {
    terminal.printJson(placeListing(measured));
    return EXIT.done;
  }
  const { language, say } = terminal;
  const named = programTexts(language, 'places');
  const rows = measured.map(({ place, measure }) => [
    named(`${place.kind}Name`),
    named(place.isEncrypted ? 'encrypted' : 'readable'),
    String(measure.files),
    fileSize(measure.bytes, language),
    measure.freeBytes === null ? '' : fileSize(measure.freeBytes, language),
    place.path,
  ]);
  terminal.print(table(headings(say, ['place', 'protection', 'files', 'size', 'free', 'folder']), rows));
  return EXIT.done;
}

async function moveTo(terminal: Terminal, to: string, { vault }: WhichVault): Promise<ExitStatus> {
  const from = vault === undefined ? await appVaultFolder() : resolve(vault);
  const interrupt = new Interrupt(terminal, () => undefined);
  const stop = new AbortController();
  void interrupt.requested.then(() => stop.abort(new AppError('usage.interrupted', {})));
  let shown = '';
  const show = (text: string) => {
    if (terminal.stderr.isTTY && text !== shown) terminal.stderr.write(`\r${text.padEnd(shown.length)}`);
    shown = text;
  };
  try {
    const onProgress = (done: number, total: number) => show(`${Math.floor((100 * done) / total)} %`);
    const moved = await moveVaultTo(resolve(to), from, { onProgress, signal: stop.signal });
    show('');
    terminal.print(terminal.say('vaultMoved', { count: moved.files, folder: moved.to }));
    return EXIT.done;
  } catch (error) {
    show('');
    throw error;
  } finally {
    interrupt.release();
  }
}
