import { resolve } from 'node:path';
import type { Command } from 'commander';
import { ModelStore } from '../../core/models/model-store.ts';
import { BUNDLED_MODEL } from '../../core/models/official-models.ts';
import { describeError } from '../../messages/describe-error.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { modelListing } from '../listings.ts';
import { type ListingFlags, withExamples, withJsonOption } from '../options.ts';
import { print, printJson } from '../output.ts';
import { fileSize } from '../quantities.ts';
import { recommendedHere, thisMachine } from '../recommendation.ts';
import { runCommand } from '../run-command.ts';
import { table } from '../table.ts';
import { LANGUAGE, SAY } from '../words.ts';

/** `voicesync models`. */
export function addModelsCommand(program: Command): void {
  const models = program.command('models').description('See and bring in speech models');

  const list = models.command('list').description('List the models on this machine, and the official ones');
  withExamples(withJsonOption(list), [['models list']]).action((flags: ListingFlags) =>
    runCommand(() => listModels(flags)),
  );

  const bring = models
    .command('import <file>')
    .description('Copy a ggml model file onto this machine and check it');
  withExamples(bring, [
    ['models import /media/stick/ggml-small.bin', 'checks it against the published SHA-256'],
  ]);
  bring.action((file: string) => runCommand(() => importModel(file)));

  const drop = models.command('remove <name>').description('Delete a model from this machine');
  withExamples(drop, [['models remove small']]).action((name: string) => runCommand(() => remove(name)));

  const prefer = models.command('default <name>').description('Use this model where none is named');
  withExamples(prefer, [['models default small']]).action((name: string) =>
    runCommand(() => makeDefault(name)),
  );

  withExamples(models, [['models import /media/stick/ggml-small.bin'], ['models default small']]);
  models.addHelpText(
    'after',
    'VoiceSync never downloads: bring a model on a stick. docs/models.md says where the official ones are published.',
  );
}

async function listModels({ json }: ListingFlags): Promise<ExitStatus> {
  const models = await new ModelStore().list();
  if (json) {
    printJson(modelListing(models));
    return EXIT.done;
  }
  const { installed, available, unusable } = models;
  const rows = installed.map((model) => [
    model.name,
    fileSize(model.sizeBytes),
    model.facts.multilingual ? SAY.manyLanguages : SAY.englishOnly,
    SAY.trust[model.verification],
    model.isDefault ? SAY.isDefault : '',
  ]);
  const { model, size, languages, hash } = SAY.headings;
  print(table([model, size, languages, hash, ''], rows));
  for (const { error } of unusable) {
    const { what, todo } = describeError(error, LANGUAGE);
    print(`\n${what} ${todo}`);
  }
  print(`\n${SAY.recommended(recommendedHere(installed), thisMachine())}`);
  print(`\n${SAY.notHere(available.map(({ name }) => name).join(', '))}`);
  return EXIT.done;
}

async function importModel(file: string): Promise<ExitStatus> {
  let shown = -1;
  const show = (copied: number, total: number) => {
    const percent = Math.floor((100 * copied) / total);
    if (!process.stderr.isTTY || percent === shown) return;
    shown = percent;
    process.stderr.write(`\r${percent} %`);
  };
  try {
    const model = await new ModelStore().import(resolve(file), { onProgress: show });
    clearProgress(shown);
    print(`${model.name}: ${fileSize(model.sizeBytes)}, ${SAY.trust[model.verification]}`);
    print(`SHA-256 ${model.sha256}`);
    return EXIT.done;
  } catch (error) {
    clearProgress(shown);
    throw error;
  }
}

function clearProgress(shown: number): void {
  if (shown !== -1) process.stderr.write('\r      \r');
}

async function remove(name: string): Promise<ExitStatus> {
  const store = new ModelStore();
  const wasDefault = (await store.list()).installed.some((model) => model.isDefault && model.name === name);
  await store.remove(name);
  print(SAY.removed(name));
  if (wasDefault) print(SAY.bundledAgain(BUNDLED_MODEL.name));
  return EXIT.done;
}

async function makeDefault(name: string): Promise<ExitStatus> {
  await new ModelStore().setDefault(name);
  print(SAY.nowDefault(name));
  return EXIT.done;
}
