/** The command line: the same core as the desktop app, without a window. */
import { Command } from 'commander';
import packageFacts from '../../package.json' with { type: 'json' };
import { addDoctorCommand } from './commands/doctor.ts';
import { addModelsCommand } from './commands/models.ts';
import { addQueueCommand } from './commands/queue.ts';
import { addRecordingsCommand } from './commands/recordings.ts';
import { addTranscribeCommand } from './commands/transcribe.ts';
import { addVaultCommand } from './commands/vault.ts';
import { withExamples } from './options.ts';
import { endureClosedPipes } from './output.ts';
import { explain } from './run-command.ts';

const program = new Command('voicesync')
  .description('Transcribe recordings on this machine. Nothing is sent anywhere.')
  .version(packageFacts.version)
  // The error is told in the user's own language, below.
  .configureOutput({ outputError: () => undefined })
  .exitOverride();
addTranscribeCommand(program);
addVaultCommand(program);
addRecordingsCommand(program);
addQueueCommand(program);
addModelsCommand(program);
addDoctorCommand(program);
withExamples(program, [
  ['transcribe interview.m4a', 'writes interview.txt and interview.docx beside the recording'],
  [
    'transcribe hearings/ --vault ~/Vault',
    'every recording in a folder; kept encrypted, with its transcript',
  ],
  ['transcribe --help', 'every command has a help of its own, with examples'],
]);

endureClosedPipes();
// Whatever nobody foresaw ends in a sentence too, and never in a stack.
process.on('uncaughtException', (error) => process.exit(explain(error)));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}
