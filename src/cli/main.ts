/** The command line: the same core as the desktop app, without a window. */
import { Command, CommanderError } from 'commander';
import packageFacts from '../../package.json' with { type: 'json' };
import { addDoctorCommand } from './commands/doctor.ts';
import { addModelsCommand } from './commands/models.ts';
import { addQueueCommand } from './commands/queue.ts';
import { addRecordingsCommand } from './commands/recordings.ts';
import { addTranscribeCommand } from './commands/transcribe.ts';
import { addVaultCommand } from './commands/vault.ts';
import { EXIT } from './exit-status.ts';
import { explain } from './run-command.ts';

const program = new Command('voicesync')
  .description('Transcribe recordings on this machine. Nothing is sent anywhere.')
  .version(packageFacts.version)
  .showHelpAfterError('(--help shows how the command is used)')
  .exitOverride();
addTranscribeCommand(program);
addVaultCommand(program);
addRecordingsCommand(program);
addQueueCommand(program);
addModelsCommand(program);
addDoctorCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
  else process.exitCode = explain(error);
}
