import type { Command } from 'commander';
import { ModelStore } from '../../core/models/model-store.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { fileSize, table } from '../readable.ts';
import { runCommand } from '../run-command.ts';

const EXAMPLES = `
Examples:
  voicesync models list
  voicesync models import /media/stick/ggml-small.bin     checks it against the published SHA-256
  voicesync models default small
The app never downloads: bring a model on a stick. docs/models.md says where the official ones are published.
`;

/** `voicesync models`. */
export function addModelsCommand(program: Command): void {
  const models = program
    .command('models')
    .description('See and bring in speech models')
    .addHelpText('after', EXAMPLES);
  models
    .command('list')
    .description('List the models on this machine, and the official ones')
    .action(() => runCommand(list));
  models
    .command('import <file>')
    .description('Copy a ggml model file onto this machine and check it')
    .action((file: string) => runCommand(() => importModel(file)));
  models
    .command('remove <name>')
    .description('Delete a model from this machine')
    .action((name: string) => runCommand(() => remove(name)));
  models
    .command('default <name>')
    .description('Use this model where none is named')
    .action((name: string) => runCommand(() => makeDefault(name)));
}

const TRUST = {
  verified: 'verified',
  notInCatalogue: 'not in the catalogue',
  altered: 'ALTERED, not used',
} as const;

async function list(): Promise<ExitStatus> {
  const { installed, available } = await new ModelStore().list();
  const rows = installed.map((model) => [
    model.name,
    fileSize(model.sizeBytes),
    model.facts.multilingual ? 'many' : 'English',
    TRUST[model.verification],
    model.isDefault ? 'default' : '',
  ]);
  process.stdout.write(`${table(['Model', 'Size', 'Languages', 'Hash', ''], rows)}\n`);
  const names = available.map((model) => model.name).join(', ');
  process.stdout.write(`\nOfficial models that are not on this machine: ${names}\n`);
  return EXIT.done;
}

async function importModel(file: string): Promise<ExitStatus> {
  let shown = -1;
  const model = await new ModelStore().import(file, {
    onProgress: (copied, total) => {
      const percent = Math.floor((100 * copied) / total);
      if (!process.stderr.isTTY || percent === shown) return;
      shown = percent;
      process.stderr.write(`\r${percent} %`);
    },
  });
  if (shown !== -1) process.stderr.write('\r');
  process.stdout.write(`${model.name}: ${fileSize(model.sizeBytes)}, ${TRUST[model.verification]}\n`);
  process.stdout.write(`SHA-256 ${model.sha256}\n`);
  return EXIT.done;
}

async function remove(name: string): Promise<ExitStatus> {
  await new ModelStore().remove(name);
  process.stdout.write(`${name}: removed\n`);
  return EXIT.done;
}

async function makeDefault(name: string): Promise<ExitStatus> {
  await new ModelStore().setDefault(name);
  process.stdout.write(`${name} is used where no model is named.\n`);
  return EXIT.done;
}
