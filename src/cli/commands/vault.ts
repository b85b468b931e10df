import { existsSync } from 'node:fs';
import { readdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { restoreBackup } from '../../app/vault/vault-keeping.ts';
import { sealWithLog } from '../../app/vault/vault-log.ts';
import { isSound, verifyVault } from '../../app/vault/verify-vault.ts';
import { fileError } from '../../core/system-errors.ts';
import { assertKeyFileAway } from '../../core/vault/recovery-key.ts';
import { type Credential, Vault } from '../../core/vault/vault.ts';
import { prepareDestination } from '../destination.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import type { RunCommand } from '../explain.ts';
import { vaultReport } from '../listings.ts';
import {
  type ListingFlags,
  type RequiredVaultFlags,
  withExamples,
  withJsonOption,
  withVaultOptions,
} from '../options.ts';
import { confirmRecoveryKey } from '../recovery-key-dialog.ts';
import { credentialFor, newPassphraseFrom } from '../secrets.ts';
import type { Workspace } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { UsageProblem } from '../usage-problem.ts';
import { findingLines } from '../vault-findings.ts';
import { withWorkspace } from '../with-workspace.ts';

interface SaveKeyFlags {
  readonly saveRecoveryKey?: string;
}
type InitFlags = SaveKeyFlags & { readonly passphraseFile?: string };
type KeyFlags = RequiredVaultFlags & SaveKeyFlags;
type PassphraseFlags = KeyFlags & { readonly newPassphraseFile?: string };

/** `voicesync vault`. */
export function addVaultCommand(program: Command, run: RunCommand): void {
  const vault = program.command('vault').description('Make, check, back up and restore vaults');
  addInit(vault, run);
  addKeys(vault, run);
  addVerify(vault, run);
  addCopies(vault, run);
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
  const init = vault
    .command('init <folder>')
    .description('Make a vault in a new or empty folder')
    .option('--passphrase-file <file>', 'read the passphrase from the first line of this file');
  withExamples(withKeyFile(init), [
    ['vault init ~/Vault', 'asks for a passphrase, and shows the recovery key to be written down'],
    ['vault init ~/Vault --passphrase-file pass.txt --save-recovery-key /media/stick/key.txt'],
  ]);
  init.action((folder: string, flags: InitFlags) => run((terminal) => makeVault(terminal, folder, flags)));
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
    run((terminal) => withWorkspace(terminal, flags, (open) => check(terminal, open, flags))),
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
    run((terminal) => withWorkspace(terminal, flags, (open) => backUp(terminal, open, folder))),
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

async function makeVault(terminal: Terminal, folder: string, flags: InitFlags): Promise<ExitStatus> {
  await assertKeyFileFree(flags.saveRecoveryKey, folder);
  const passphrase = await newPassphraseFrom(terminal, flags.passphraseFile);
  const isNew = !existsSync(folder);
  const { vault, recoveryKey } = await Vault.create(folder, { passphrase });
  try {
    await handOver(terminal, recoveryKey, flags.saveRecoveryKey);
  } catch (error) {
    // A vault whose recovery key nobody has is none; there is nothing in it yet.
    await vault.seal();
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
    if (isNew) await rmdir(folder);
    throw error;
  }
  await sealWithLog(vault);
  terminal.tell(terminal.say.vaultReady(resolve(folder)));
  terminal.tell(terminal.say.lostIsLost);
  return EXIT.done;
}

async function changePassphrase(terminal: Terminal, flags: PassphraseFlags): Promise<ExitStatus> {
  await assertKeyFileFree(flags.saveRecoveryKey, flags.vault);
  const credential = await credentialFor(terminal, flags.vault, flags);
  if (credential.kind === 'recoveryKey') await recover(terminal, credential.recoveryKey, flags);
  else await rewrap(terminal, credential, flags);
  return EXIT.done;
}

/** The recovery key opens once: with the new passphrase comes a new key. */
async function recover(terminal: Terminal, key: string, flags: PassphraseFlags): Promise<void> {
  const passphrase = await newPassphraseFrom(terminal, flags.newPassphraseFile);
  const { vault, recoveryKey } = await Vault.recover(flags.vault, key, { passphrase });
  terminal.tell(terminal.say.passphraseChanged);
  await replaceKey(terminal, vault, async () => recoveryKey, flags);
}

async function rewrap(terminal: Terminal, credential: Credential, flags: PassphraseFlags): Promise<void> {
  if (credential.kind !== 'passphrase') throw new Error('The command line opens with what is typed');
  const vault = await Vault.open(flags.vault, credential);
  try {
    // Asked for only now: a wrong old passphrase is told before a new one is thought up.
    await vault.changePassphrase(
      credential.passphrase,
      await newPassphraseFrom(terminal, flags.newPassphraseFile),
    );
    terminal.tell(terminal.say.passphraseChanged);
  } finally {
    await sealWithLog(vault);
  }
}

async function renewRecoveryKey(terminal: Terminal, flags: KeyFlags): Promise<ExitStatus> {
  await assertKeyFileFree(flags.saveRecoveryKey, flags.vault);
  const credential = await credentialFor(terminal, flags.vault, flags);
  const vault = await Vault.open(flags.vault, credential);
  await replaceKey(terminal, vault, () => vault.newRecoveryKey(credential), flags);
  return EXIT.done;
}

/** Hands the new recovery key over and seals the vault; says so where the key is in force, but nobody has it. */
async function replaceKey(
  terminal: Terminal,
  vault: Vault,
  makeKey: () => Promise<string>,
  flags: SaveKeyFlags,
): Promise<void> {
  try {
    const recoveryKey = await makeKey();
    await handOver(terminal, recoveryKey, flags.saveRecoveryKey).catch((error) => {
      terminal.tell(terminal.say.keyNotTaken);
      throw error;
    });
    terminal.tell(terminal.say.oldKeyDead);
  } finally {
    await sealWithLog(vault);
  }
}

async function check(terminal: Terminal, workspace: Workspace, { json }: ListingFlags): Promise<ExitStatus> {
  if (!json) terminal.tell(terminal.say.verifying);
  const findings = await verifyVault(workspace);
  const sound = isSound(findings);
  if (json) {
    terminal.printJson(vaultReport(findings, sound));
    return sound ? EXIT.done : EXIT.someFailed;
  }
  for (const line of findingLines(findings, terminal.say)) terminal.print(line);
  terminal.print(sound ? terminal.say.sound(findings.objects) : terminal.say.unsound);
  return sound ? EXIT.done : EXIT.someFailed;
}

async function backUp(terminal: Terminal, workspace: Workspace, folder: string): Promise<ExitStatus> {
  const { objectCount } = await workspace.app.vault.backUp(folder);
  terminal.print(terminal.say.backedUp(objectCount, resolve(folder)));
  return EXIT.done;
}

async function restore(terminal: Terminal, from: string, to: string): Promise<ExitStatus> {
  const { objectCount } = await restoreBackup(from, to);
  terminal.print(terminal.say.restored(objectCount, resolve(to)));
  return EXIT.done;
}

/** Throws `vault.keyBesideVault` and, where the file is there already, `usage.invalid`: before anything is done. */
async function assertKeyFileFree(file: string | undefined, vaultFolder: string): Promise<void> {
  if (file === undefined) return;
  await assertKeyFileAway(file, vaultFolder);
  if (existsSync(file)) throw new UsageProblem(({ say }) => say.usage.fileExists(file));
  await prepareDestination(dirname(resolve(file)));
}

/** Writes the recovery key to a file that only the user can read, or shows it and has two groups typed back. */
async function handOver(terminal: Terminal, recoveryKey: string, file: string | undefined): Promise<void> {
  if (file === undefined) return await confirmRecoveryKey(terminal, recoveryKey);
  try {
    await writeFile(file, `${recoveryKey}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw fileError(error, file);
  }
  terminal.tell(terminal.say.keySaved(resolve(file)));
}
