import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Models } from '../../app/models/models.ts';
import { describeError } from '../../messages/describe-error.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import type { RunCommand } from '../explain.ts';
import { modelListing } from '../listings.ts';
import { type ListingFlags, withExamples, withJsonOption } from '../options.ts';
import { fileSize } from '../quantities.ts';
import { machineInWords, recommendationInWords } from '../recommendation.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { headings } from '../texts.ts';

/** `voicesync models`. */
export function addModelsCommand(program: Command, run: RunCommand): void {
  const models = program.command('models').description('See and bring in speech models');

  const list = models.command('list').description('List the models on this machine, and the official ones');
  withExamples(withJsonOption(list), [['models list']]).action((flags: ListingFlags) =>
    run((terminal) => listModels(terminal, flags)),
  );

  const bring = models
    .command('import <file>')
    .description('Copy a ggml model file onto this machine and check it');
  withExamples(bring, [
    ['models import /media/stick/ggml-small.bin', 'checks it against the published SHA-256'],
  ]);
  bring.action((file: string) => run((terminal) => importModel(terminal, file)));

  const drop = models.command('remove <name>').description('Delete a model from this machine');
  withExamples(drop, [['models remove small']]).action((name: string) =>
    run((terminal) => remove(terminal, name)),
  );

  const prefer = models.command('default <name>').description('Use this model where none is named');
  withExamples(prefer, [['models default small']]).action((name: string) =>
    run((terminal) => makeDefault(terminal, name)),
  );

  withExamples(models, [['models import /media/stick/ggml-small.bin'], ['models default small']]);
  models.addHelpText(
    'after',
    'VoiceSync never downloads: bring a model on a stick. docs/models.md says where the official ones are published.',
  );
}

async function listModels(terminal: Terminal, { json }: ListingFlags): Promise<ExitStatus> {
  const models = await new Models().list();
  if (json) {
    terminal.printJson(modelListing(models, terminal.language));
    return EXIT.done;
  }
  const { installed, available, unusable } = models;
  const rows = installed.map((model) => [
    model.name,
    fileSize(model.sizeBytes, terminal.language),
    model.facts.multilingual ? terminal.say('manyLanguages') : terminal.say('englishOnly'),
    terminal.say(`trust.${model.verification}`),
    model.isDefault ? terminal.say('isDefault') : '',
  ]);
  terminal.print(table([...headings(terminal.say, ['model', 'size', 'languages', 'hash']), ''], rows));
  for (const { error } of unusable) {
    const { what, todo } = describeError(error, terminal.language);
    terminal.print(`\n${what} ${todo}`);
  }
  terminal.print(
    `\n${terminal.say('recommended', { name: recommendationInWords(installed, terminal), machine: machineInWords(terminal) })}`,
  );
  terminal.print(`\n${terminal.say('notHere', { names: available.map(({ name }) => name).join(', ') })}`);
  return EXIT.done;
}

async function importModel(terminal: Terminal, file: string): Promise<ExitStatus> {
  let shown = -1;
  const show = (copied: number, total: number) => {
    const percent = Math.floor((100 * copied) / total);
    if (!terminal.stderr.isTTY || percent === shown) return;
    shown = percent;
    terminal.stderr.write(`\r${percent} %`);
  };
  try {
    const model = await new Models().import(resolve(file), show);
    clearProgress(terminal, shown);
    terminal.print(
      `${model.name}: ${fileSize(model.sizeBytes, terminal.language)}, ${terminal.say(`trust.${model.verification}`)}`,
    );
    terminal.print(`SHA-256 ${model.sha256}`);
    return EXIT.done;
  } catch (error) {
    clearProgress(terminal, shown);
    throw error;
  }
}

function clearProgress(terminal: Terminal, shown: number): void {
  if (shown !== -1) terminal.stderr.write('\r      \r');
}

async function remove(terminal: Terminal, name: string): Promise<ExitStatus> {
  const models = new Models();
  const defaultName = async () => (await models.list()).installed.find(({ isDefault }) => isDefault)?.name;
  const before = await defaultName();
  await models.remove(name);
  terminal.print(terminal.say('removed', { name }));
  const after = before === name ? await defaultName() : undefined;
  if (after !== undefined) terminal.print(terminal.say('bundledAgain', { name: after }));
  return EXIT.done;
}

async function makeDefault(terminal: Terminal, name: string): Promise<ExitStatus> {
  await new Models().makeDefault(name);
  terminal.print(terminal.say('nowDefault', { name }));
  return EXIT.done;
}
