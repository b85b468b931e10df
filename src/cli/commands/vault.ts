import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { fileError } from '../../core/system-errors.ts';
import { assertKeyFileAway } from '../../core/vault/recovery-key.ts';
import { Vault } from '../../core/vault/vault.ts';
import { backupVault, restoreVault } from '../../core/vault/vault-backup.ts';
import { isSound, type VaultFindings, verifyVault } from '../../core/verify-vault.ts';
import type { Workspace } from '../../core/workspace.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { type VaultFlags, withVaultOptions } from '../options.ts';
import { confirmRecoveryKey } from '../recovery-key-dialog.ts';
import { runCommand } from '../run-command.ts';
import { credentialFor, newPassphraseFrom } from '../secrets.ts';
import { withWorkspace } from '../with-workspace.ts';

interface SaveKeyFlags {
  readonly saveRecoveryKey?: string;
}
type InitFlags = SaveKeyFlags & { readonly passphraseFile?: string };
type PassphraseFlags = VaultFlags &
  SaveKeyFlags & { readonly vault: string; readonly newPassphraseFile?: string };
type KeyFlags = VaultFlags & SaveKeyFlags & { readonly vault: string };

const EXAMPLES = `
Examples:
  voicesync vault init ~/Vault
  voicesync vault verify --vault ~/Vault
  voicesync vault backup /media/stick/vault-backup --vault ~/Vault
  voicesync vault change-passphrase --vault ~/Vault --recovery-key-file key.txt
      for a lost passphrase: sets a new one, and makes a new recovery key
Without passphrase and recovery key nobody can open a vault, and nobody can help: its data is gone.
`;

/** `voicesync vault`. */
export function addVaultCommand(program: Command): void {
  const vault = program
    .command('vault')
    .description('Make, check, back up and restore vaults')
    .addHelpText('after', EXAMPLES);

  vault
    .command('init <folder>')
    .description('Make a vault in a new or empty folder')
    .option('--passphrase-file <file>', 'read the passphrase from the first line of this file')
    .option(
      '--save-recovery-key <file>',
      'write the recovery key here instead of showing it; not beside the vault',
    )
    .action((folder: string, flags: InitFlags) => runCommand(() => init(folder, flags)));

  const verify = vault.command('verify').description('Read every byte, and check every chain');
  withVaultOptions(verify, 'required').action((flags: VaultFlags) =>
    runCommand(() => withWorkspace(flags, async (open) => report(await verifyVault(open)))),
  );

  const change = vault
    .command('change-passphrase')
    .description('Set a new passphrase; with the recovery key, also a new recovery key')
    .option('--new-passphrase-file <file>', 'read the new passphrase from the first line of this file')
    .option('--save-recovery-key <file>', 'write a new recovery key here instead of showing it');
  withVaultOptions(change, 'required').action((flags: PassphraseFlags) =>
    runCommand(() => changePassphrase(flags)),
  );

  const key = vault
    .command('recovery-key')
    .description('Make a new recovery key; the old one opens nothing any more')
    .option('--save-recovery-key <file>', 'write it here instead of showing it; not beside the vault');
  withVaultOptions(key, 'required').action((flags: KeyFlags) => runCommand(() => renewRecoveryKey(flags)));

  const backup = vault
    .command('backup <folder>')
    .description('Copy the vault, still encrypted, into a new or empty folder');
  withVaultOptions(backup, 'required').action((folder: string, flags: VaultFlags) =>
    runCommand(() => withWorkspace(flags, (open) => backUp(open, folder))),
  );

  vault
    .command('restore <backup> <folder>')
    .description('Copy a backup into a new or empty folder; it opens with the passphrase of its day')
    .action((from: string, to: string) => runCommand(() => restore(from, to)));
}

async function init(folder: string, flags: InitFlags): Promise<ExitStatus> {
  if (flags.saveRecoveryKey !== undefined) await assertKeyFileAway(flags.saveRecoveryKey, folder);
  const passphrase = await newPassphraseFrom(flags.passphraseFile);
  const { vault, recoveryKey } = await Vault.create(folder, { passphrase });
  try {
    await handOver(recoveryKey, flags.saveRecoveryKey);
  } finally {
    await vault.seal();
  }
  process.stderr.write(`The vault is ready in ${resolve(folder)}.\n`);
  process.stderr.write(
    'Without passphrase and recovery key its data is gone: nobody can open it, and nobody can help.\n',
  );
  return EXIT.done;
}

async function changePassphrase(flags: PassphraseFlags): Promise<ExitStatus> {
  const credential = await credentialFor(flags.vault, flags);
  const next = await newPassphraseFrom(flags.newPassphraseFile);
  if (credential.kind === 'recoveryKey') {
    const { vault, recoveryKey } = await Vault.recover(flags.vault, credential.recoveryKey, {
      passphrase: next,
    });
    try {
      await handOver(recoveryKey, flags.saveRecoveryKey);
    } finally {
      await vault.seal();
    }
  } else if (credential.kind === 'passphrase') {
    const vault = await Vault.open(flags.vault, credential);
    try {
      await vault.changePassphrase(credential.passphrase, next);
    } finally {
      await vault.seal();
    }
  }
  process.stderr.write('The passphrase is changed. Older backups still open with the old one.\n');
  return EXIT.done;
}

async function renewRecoveryKey(flags: KeyFlags): Promise<ExitStatus> {
  if (flags.saveRecoveryKey !== undefined) await assertKeyFileAway(flags.saveRecoveryKey, flags.vault);
  const credential = await credentialFor(flags.vault, flags);
  const vault = await Vault.open(flags.vault, credential);
  try {
    await handOver(await vault.newRecoveryKey(credential), flags.saveRecoveryKey);
  } finally {
    await vault.seal();
  }
  return EXIT.done;
}

async function backUp({ vault, database }: Workspace, folder: string): Promise<ExitStatus> {
  const { objectCount } = await backupVault(vault, folder, {
    copyDatabase: (file) => database.backupTo(file),
    listObjects: () => database.objects.page({ afterId: '', limit: Number.MAX_SAFE_INTEGER }),
  });
  process.stdout.write(`Backed up and verified: ${objectCount} objects, in ${resolve(folder)}\n`);
  return EXIT.done;
}

async function restore(from: string, to: string): Promise<ExitStatus> {
  const { objectCount } = await restoreVault(from, to);
  process.stdout.write(
    `Restored: ${objectCount} objects, in ${resolve(to)}. "voicesync vault verify" checks them.\n`,
  );
  return EXIT.done;
}

function report(findings: VaultFindings): ExitStatus {
  const { objects, objectFaults, databaseFaults, auditFaults, versionFaults } = findings;
  const lines = [
    ...objectFaults.map(
      ({ objectId, code }) => `Object ${objectId}: ${code === 'object.missing' ? 'missing' : 'damaged'}`,
    ),
    ...databaseFaults.map((fault) => `Database: ${fault}`),
    ...auditFaults.map(
      ({ kind, sequence, toSequence }) => `Audit log: ${kind}, entries ${sequence} to ${toSequence}`,
    ),
    ...versionFaults.map(({ kind, versionId }) => `Transcript version ${versionId}: ${kind}`),
  ];
  for (const line of lines) process.stdout.write(`${line}\n`);
  if (isSound(findings)) {
    process.stdout.write(
      `${objects} objects, the database, the audit log and every transcript are as they were stored.\n`,
    );
    return EXIT.done;
  }
  process.stdout.write(
    'The vault is not as it was stored. Restore a backup, or export what can still be read.\n',
  );
  return EXIT.someFailed;
}

/** Writes the recovery key to a file that only the user can read, or shows it and has two groups typed back. */
async function handOver(recoveryKey: string, file: string | undefined): Promise<void> {
  if (file === undefined) return await confirmRecoveryKey(recoveryKey);
  try {
    await writeFile(file, `${recoveryKey}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw fileError(error, file);
  }
  process.stderr.write(`The recovery key is in ${resolve(file)}: keep it away from this machine.\n`);
}
