import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { VaultApp } from '../../app/open-app.ts';
import { prepareKeyFile, writeRecoveryKey } from '../../app/vault/secret-files.ts';
import { restoreBackup } from '../../app/vault/vault-keeping.ts';
import {
  changePassphraseOf,
  makeVault,
  recoverVault,
  renewRecoveryKeyOf,
} from '../../app/vault/vault-keys.ts';
import { isSound } from '../../app/vault/verify-vault.ts';
import {
  type ListingFlags,
  type RequiredVaultFlags,
  withExamples,
  withJsonOption,
  withVaultOptions,
} from '../arguments/options.ts';
import { UsageProblem } from '../arguments/usage-problem.ts';
import type { RunCommand } from '../explain.ts';
import { vaultReport } from '../listings/vault-report.ts';
import { vaultFindingLines } from '../printed/vault-findings.ts';
import { withVault } from '../session.ts';
import { EXIT, type ExitStatus } from '../terminal/exit-status.ts';
import { confirmRecoveryKey } from '../terminal/recovery-key-dialog.ts';
import { credentialFor, newPassphraseFrom } from '../terminal/secrets.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { addVaultPlaceCommands } from './vault-place.ts';

interface SaveKeyFlags {
  readonly saveRecoveryKey?: string;
}
type InitFlags = SaveKeyFlags & { readonly passphraseFile?: string };
type KeyFlags = RequiredVaultFlags & SaveKeyFlags;
type PassphraseFlags = KeyFlags & { readonly newPassphraseFile?: string };

/** `voicesync vault`. */
export function addVaultCommand(program: Command, run: RunCommand): void {
  const vault = program
    .command('vault')
    .description('Make, check, back up, restore and move vaults, and tell what lies where');
  addInit(vault, run);
  addKeys(vault, run);
  addVerify(vault, run);
  addCopies(vault, run);
  addVaultPlaceCommands(vault, run);
  withExamples(vault, [
    ['vault init ~/Vault'],
    ['vault verify --vault ~/Vault'],
    ['vault backup /media/stick/vault-backup --vault ~/Vault'],
  ]);
  vault.addHelpText(
    'after',
    'Without passphrase and recovery key nobody can open a vault, and nobody can help: its data is gone.',
  );
}

function addInit(vault: Command, run: RunCommand): void {
  const make = vault
    .command('init <folder>')
    .description('Make a vault in a new or empty folder')
    .option('--passphrase-file <file>', 'read the passphrase from the first line of this file');
  withExamples(withKeyFile(make), [
    ['vault init ~/Vault', 'asks for a passphrase, and shows the recovery key to be written down'],
    ['vault init ~/Vault --passphrase-file pass.txt --save-recovery-key /media/stick/key.txt'],
  ]);
  make.action((folder: string, flags: InitFlags) => run((terminal) => init(terminal, folder, flags)));
}

function addKeys(vault: Command, run: RunCommand): void {
  const change = vault
    .command('change-passphrase')
    .description('Set a new passphrase; with the recovery key, also a new recovery key')
    .option('--new-passphrase-file <file>', 'read the new passphrase from the first line of this file');
  withExamples(withVaultOptions(withKeyFile(change), 'required'), [
    ['vault change-passphrase --vault ~/Vault'],
    [
      'vault change-passphrase --vault ~/Vault --recovery-key-file /media/stick/key.txt',
      'for a lost passphrase: sets a new one, and makes a new recovery key',
    ],
  ]);
  change.action((flags: PassphraseFlags) => run((terminal) => changePassphrase(terminal, flags)));

  const key = vault
    .command('recovery-key')
    .description('Make a new recovery key; the old one opens nothing any more');
  withExamples(withVaultOptions(withKeyFile(key), 'required'), [['vault recovery-key --vault ~/Vault']]);
  key.action((flags: KeyFlags) => run((terminal) => renewRecoveryKey(terminal, flags)));
}

function addVerify(vault: Command, run: RunCommand): void {
  const verify = vault.command('verify').description('Read every byte, and check every chain');
  withExamples(withJsonOption(withVaultOptions(verify, 'required')), [['vault verify --vault ~/Vault']]);
  verify.action((flags: RequiredVaultFlags & ListingFlags) =>
    run((terminal) => withVault(terminal, flags, (open) => check(terminal, open, flags))),
  );
}

function addCopies(vault: Command, run: RunCommand): void {
  const backup = vault
    .command('backup <folder>')
    .description('Copy the vault, still encrypted, into a new or empty folder');
  withExamples(withVaultOptions(backup, 'required'), [
    ['vault backup /media/stick/vault-backup --vault ~/Vault'],
  ]);
  backup.action((folder: string, flags: RequiredVaultFlags) =>
    run((terminal) => withVault(terminal, flags, (open) => backUp(terminal, open, folder))),
  );

  const copyBack = vault
    .command('restore <backup> <folder>')
    .description('Copy a backup into a new or empty folder; it opens with the passphrase of its day');
  withExamples(copyBack, [['vault restore /media/stick/vault-backup ~/Vault-restored']]);
  copyBack.action((from: string, to: string) => run((terminal) => restore(terminal, from, to)));
}

function withKeyFile(command: Command): Command {
  return command.option(
    '--save-recovery-key <file>',
    'write the recovery key to this file instead of showing it; not beside the vault',
  );
}

async function init(terminal: Terminal, folder: string, flags: InitFlags): Promise<ExitStatus> {
  await assertKeyFileFree(flags.saveRecoveryKey, folder);
  const passphrase = await newPassphraseFrom(terminal, flags.passphraseFile);
  await makeVault(folder, passphrase, (key) => handOver(terminal, key, flags.saveRecoveryKey));
  terminal.tell(terminal.say('vaultReady', { folder: resolve(folder) }));
  terminal.tell(terminal.say('lostIsLost'));
  return EXIT.done;
}

async function changePassphrase(terminal: Terminal, flags: PassphraseFlags): Promise<ExitStatus> {
  await assertKeyFileFree(flags.saveRecoveryKey, flags.vault);
  const credential = await credentialFor(terminal, flags.vault, flags);
  const askNext = () => newPassphraseFrom(terminal, flags.newPassphraseFile);
  if (credential.kind === 'passphrase') {
    await changePassphraseOf(flags.vault, credential.passphrase, askNext);
    terminal.tell(terminal.say('passphraseChanged'));
    return EXIT.done;
  }
  // The recovery key is for one use: the new passphrase comes with a new key.
  await recoverVault(flags.vault, credential.recoveryKey, await askNext(), async (key) => {
    terminal.tell(terminal.say('passphraseChanged'));
    await handOverNew(terminal, key, flags);
  });
  return EXIT.done;
}

async function renewRecoveryKey(terminal: Terminal, flags: KeyFlags): Promise<ExitStatus> {
  await assertKeyFileFree(flags.saveRecoveryKey, flags.vault);
  const credential = await credentialFor(terminal, flags.vault, flags);
  await renewRecoveryKeyOf(flags.vault, credential, (key) => handOverNew(terminal, key, flags));
  return EXIT.done;
}

/** Delivers a recovery key that is already valid, and says so if the delivery fails. */
async function handOverNew(terminal: Terminal, recoveryKey: string, flags: SaveKeyFlags): Promise<void> {
  await handOver(terminal, recoveryKey, flags.saveRecoveryKey).catch((error) => {
    terminal.tell(terminal.say('keyNotTaken'));
    throw error;
  });
  terminal.tell(terminal.say('oldKeyDead'));
}

async function check(terminal: Terminal, app: VaultApp, { json }: ListingFlags): Promise<ExitStatus> {
  if (!json) terminal.tell(terminal.say('verifying'));
  const findings = await app.vault.verify();
  const sound = isSound(findings);
  if (json) {
    terminal.printJson(vaultReport(findings, sound));
    return sound ? EXIT.done : EXIT.someFailed;
  }
  for (const line of vaultFindingLines(findings, terminal.say)) terminal.print(line);
  terminal.print(sound ? terminal.say('sound', { count: findings.objects }) : terminal.say('unsound'));
  return sound ? EXIT.done : EXIT.someFailed;
}

async function backUp(terminal: Terminal, app: VaultApp, folder: string): Promise<ExitStatus> {
  const { objectCount } = await app.vault.backUp(folder);
  terminal.print(terminal.say('backedUp', { count: objectCount, folder: resolve(folder) }));
  return EXIT.done;
}

async function restore(terminal: Terminal, from: string, to: string): Promise<ExitStatus> {
  const { objectCount } = await restoreBackup(from, to);
  terminal.print(terminal.say('restored', { count: objectCount, folder: resolve(to) }));
  return EXIT.done;
}

/** Throws what `prepareKeyFile` throws and, if the file exists, a `UsageProblem`: before anything is changed. */
async function assertKeyFileFree(file: string | undefined, vaultFolder: string): Promise<void> {
  if (file === undefined) return;
  if (existsSync(file)) throw new UsageProblem(({ say }) => say('usage.fileExists', { file }));
  await prepareKeyFile(file, vaultFolder);
}

/** Writes the recovery key to a file that only the user can read, or shows it and has two groups typed back. */
async function handOver(terminal: Terminal, recoveryKey: string, file: string | undefined): Promise<void> {
  if (file === undefined) return await confirmRecoveryKey(terminal, recoveryKey);
  await writeRecoveryKey(file, recoveryKey);
  terminal.tell(terminal.say('keySaved', { file: resolve(file) }));
}
