import { resolve } from 'node:path';
import type { Command } from 'commander';
import { measuredSpeed } from '../../app/models/measurements.ts';
import { modelAdvice } from '../../app/models/model-advice.ts';
import { modelRequestText } from '../../app/models/model-request.ts';
import { Models } from '../../app/models/models.ts';
import { hourMsOf, ModelsHere } from '../../app/models/this-machine.ts';
import { AppError } from '../../contract/errors.ts';
import { describeError } from '../../messages/describe-error.ts';
import { roughDuration } from '../../messages/quantities.ts';
import {
  type ListingFlags,
  qualityOption,
  type RunFlags,
  withExamples,
  withJsonOption,
} from '../arguments/options.ts';
import type { RunCommand } from '../explain.ts';
import { modelListing } from '../listings/model-listing.ts';
import { fileSize } from '../printed/quantities.ts';
import { machineInWords, recommendationInWords } from '../printed/recommendation.ts';
import { table } from '../printed/table.ts';
import { EXIT, type ExitStatus } from '../terminal/exit-status.ts';
import { Interrupt } from '../terminal/interrupt.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { headings, type Texts } from '../texts.ts';
import { addModelsTry } from './models-try.ts';

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

  const measure = models
    .command('measure [name]')
    .description('Measure how fast a model is on this machine (default: the one that is used)')
    .addOption(qualityOption());
  withExamples(measure, [['models measure small', 'transcribes half a minute of a sample that comes along']]);
  measure.action((name: string | undefined, flags: RunFlags) =>
    run((terminal) => measureModel(terminal, name ?? null, flags)),
  );

  addModelsTry(models, run);

  const ask = models
    .command('request')
    .description(
      'Print a request for an IT department: which larger model suits this machine, and how to get it',
    );
  withExamples(ask, [['models request > request.txt']]);
  ask.action(() => run((terminal) => printRequest(terminal)));

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
  const store = new Models();
  const models = await store.list();
  const speeds = await store.speeds();
  if (json) {
    terminal.printJson(modelListing(models, speeds, terminal.language));
    return EXIT.done;
  }
  const { installed, available, unusable } = models;
  const here = new ModelsHere(speeds, installed);
  const rows = installed.map((model) => [
    model.name,
    fileSize(model.sizeBytes, terminal.language),
    model.facts.multilingual ? terminal.say('manyLanguages') : terminal.say('englishOnly'),
    terminal.say(`trust.${model.verification}`),
    fileSize(here.ofInstalled(model).memory.needBytes, terminal.language),
    hourInWords(here.ofInstalled(model).speed?.hourMs ?? null, terminal),
    model.isDefault ? terminal.say('isDefault') : '',
  ]);
  terminal.print(
    table([...headings(terminal.say, ['model', 'size', 'languages', 'hash', 'memory', 'hour']), ''], rows),
  );
  for (const { error } of unusable) {
    const { what, todo } = describeError(error, terminal.language);
    terminal.print(`\n${what} ${todo}`);
  }
  const { name, sizeBytes } = here.recommended;
  const best = { name, sizeBytes, isHere: installed.some((model) => model.name === name) };
  terminal.print(
    `\n${terminal.say('recommended', { name: recommendationInWords(best, terminal), machine: machineInWords(terminal) })}`,
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

async function measureModel(
  terminal: Terminal,
  wanted: string | null,
  { quality }: RunFlags,
): Promise<ExitStatus> {
  const models = new Models();
  const { launchEngine } = terminal;
  const interrupt = new Interrupt(terminal, () => undefined);
  const stop = new AbortController();
  void interrupt.requested.then(() => stop.abort(new AppError('usage.interrupted', {})));
  try {
    const { choice } = await models.resolve(wanted);
    const speed = await measuredSpeed({ models, launchEngine, quality }, choice.name, stop.signal);
    await models.keepSpeed(speed);
    const threads = speed.threads;
    terminal.print(
      terminal.say('measured', {
        name: choice.name,
        hour: roughDuration(hourMsOf(speed)),
        count: threads,
        memory: fileSize(speed.peakMemoryBytes, terminal.language),
      }),
    );
    return EXIT.done;
  } finally {
    interrupt.release();
  }
}

async function printRequest(terminal: Terminal): Promise<ExitStatus> {
  const models = new Models();
  const list = await models.list();
  const here = new ModelsHere(await models.speeds(), list.installed);
  terminal.print(modelRequestText(modelAdvice(list, here), terminal.language).trimEnd());
  return EXIT.done;
}

/** How long an hour of speech takes; a dash if that was not measured. */
function hourInWords(hourMs: number | null, { say }: Texts): string {
  return hourMs === null ? '–' : say('hourIn', { time: roughDuration(hourMs) });
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
