import { Command } from 'commander';
import packageFacts from '../../package.json' with { type: 'json' };
import { withExamples } from './arguments/options.ts';
import { addCorrectionsCommand } from './commands/corrections.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addMattersCommand } from './commands/matters.ts';
import { addModelsCommand } from './commands/models.ts';
import { addPseudonymsCommand } from './commands/pseudonyms.ts';
import { addQueueCommand } from './commands/queue.ts';
import { addRecordCommand } from './commands/record.ts';
import { addRecordingsCommand } from './commands/recordings.ts';
import { addTranscribeCommand } from './commands/transcribe.ts';
import { addVaultCommand } from './commands/vault.ts';
import { addVoicesCommand } from './commands/voices.ts';
import type { RunCommand } from './explain.ts';
import type { OutputStream, Terminal } from './terminal/terminal.ts';

/** Width of help that goes to no terminal. */
const USUAL_COLUMNS = 80;

/**
 * The command line with all its commands; `run` receives the chosen command's body. Parsing throws `CommanderError` for
 * wrong usage.
 */
export function commandLine(
  { stdout, stderr }: Pick<Terminal, 'stdout' | 'stderr'>,
  run: RunCommand,
): Command {
  const width = ({ isTTY, columns }: OutputStream) => (isTTY ? columns : undefined) ?? USUAL_COLUMNS;
  const program = new Command('voicesync')
    .description('Transcribe recordings on this machine. Nothing is sent anywhere.')
    .version(packageFacts.version)
    // `doctor` and `doctor log` both have an option --json: behind a command's name it is that command's.
    .enablePositionalOptions()
    // Whoever parses tells the error, in the user's own language.
    .configureOutput({
      outputError: () => undefined,
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      getOutHelpWidth: () => width(stdout),
      getErrHelpWidth: () => width(stderr),
    })
    .exitOverride();
  addTranscribeCommand(program, run);
  addRecordCommand(program, run);
  addVaultCommand(program, run);
  addRecordingsCommand(program, run);
  addMattersCommand(program, run);
  addVoicesCommand(program, run);
  addPseudonymsCommand(program, run);
  addCorrectionsCommand(program, run);
  addQueueCommand(program, run);
  addModelsCommand(program, run);
  addDoctorCommand(program, run);
  return withExamples(program, [
    ['transcribe interview.m4a', 'writes interview.txt and interview.docx beside the recording'],
    [
      'transcribe hearings/ --vault ~/Vault',
      'every recording in a folder; kept encrypted, with its transcript',
    ],
    ['transcribe --help', 'every command has a help of its own, with examples'],
  ]);
}
