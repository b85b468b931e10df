import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { Models } from '../../app/models/models.ts';
import type { VaultApp } from '../../app/open-app.ts';
import { shortClockTime } from '../../contract/clock-times.ts';
import { AppError } from '../../contract/errors.ts';
import { languageName } from '../../contract/languages.ts';
import { modelsToTry } from '../../contract/models.ts';
import { DEFAULT_CHOICE } from '../../contract/starting-choice.ts';
import { formatDuration, roughDuration } from '../../messages/quantities.ts';
import {
  type ListingFlags,
  languageOption,
  qualityOption,
  type RunFlags,
  trackOption,
  withExamples,
  withJsonOption,
} from '../arguments/options.ts';
import type { RunCommand } from '../explain.ts';
import { type TrialListing, trialListing } from '../listings/trial-listing.ts';
import { openChosen } from '../session.ts';
import { EXIT, type ExitStatus } from '../terminal/exit-status.ts';
import { Interrupt } from '../terminal/interrupt.ts';
import type { Terminal } from '../terminal/terminal.ts';

interface TryFlags extends ListingFlags, RunFlags {
  readonly models?: string[];
  readonly language: string;
  readonly track?: number | 'mix';
}

/** `voicesync models try`. */
export function addModelsTry(models: Command, run: RunCommand): void {
  const command = models
    .command('try <recording>')
    .description(
      'Transcribe two minutes of a recording with several models, to compare them; nothing is kept',
    )
    .addOption(
      new Option(
        '--models <list>',
        'models to try, separated by commas: the others are compared with the first (default: all that are here)',
      ).argParser((value) => [...new Set(value.split(',').map((name) => name.trim()))]),
    )
    .addOption(languageOption())
    .addOption(trackOption())
    .addOption(qualityOption());
  withExamples(withJsonOption(command), [
    ['models try hearing.m4a', 'the two minutes with the most speech, with every model of this machine'],
    ['models try hearing.m4a --models base-q8_0,small'],
  ]);
  command.action((recording: string, flags: TryFlags) =>
    run((terminal) => tryModels(terminal, recording, flags)),
  );
}

async function tryModels(terminal: Terminal, recording: string, flags: TryFlags): Promise<ExitStatus> {
  const names = await namesToTry(flags);
  const interrupt = new Interrupt(terminal, () => undefined);
  try {
    const app = await openChosen(terminal, {}, () => undefined, { quality: () => flags.quality });
    try {
      void interrupt.requested.then(() => app.trials.stop());
      if (!flags.json) tellProgress(terminal, app);
      const listing = await tried(terminal, app, resolve(recording), names, flags, interrupt);
      if (flags.json) terminal.printJson(listing);
      else printTrial(terminal, listing);
      if (interrupt.isRequested) return EXIT.interrupted;
      return listing.models.some(({ failure }) => failure !== null) ? EXIT.someFailed : EXIT.done;
    } finally {
      await app.close();
    }
  } finally {
    interrupt.release();
  }
}

/** The named models, each of which must be there; else all that can be used. Throws the model store's errors. */
async function namesToTry({ models: named, language }: TryFlags): Promise<readonly string[]> {
  const models = new Models();
  for (const name of named ?? []) await models.resolve(name);
  if (named !== undefined) return named;
  const usable = (await models.list()).installed
    .filter(({ verification }) => verification !== 'altered')
    .map(({ name, sizeBytes, isDefault, facts }) => ({
      ...{ name, sizeBytes, isDefault, multilingual: facts.multilingual },
    }));
  return modelsToTry(usable, { ...DEFAULT_CHOICE, language }).map(({ name }) => name);
}

async function tried(
  { language: locale }: Terminal,
  { recordings, trials }: VaultApp,
  path: string,
  names: readonly string[],
  { language, track }: TryFlags,
  interrupt: Interrupt,
): Promise<TrialListing> {
  const { speakers } = DEFAULT_CHOICE;
  const id = await recordings.imports.add(path, { matterId: null, track: track ?? null, speakers });
  if (interrupt.isRequested) throw new AppError('usage.interrupted', {});
  const trial = await trials.try(id, names, { ...DEFAULT_CHOICE, language });
  // Its length is known once it is read to its end. If that fails, the texts still tell which model is the better one.
  const read = recordings.imports.settled(id, speakers).catch(() => undefined);
  await Promise.race([read, interrupt.requested]);
  return trialListing(trial, await recordings.get(id), locale);
}

/** Tells on stderr what goes on. */
function tellProgress(terminal: Terminal, { trials }: VaultApp): void {
  let shown = '';
  trials.listen(({ range, models, isOver }) => {
    const running = models.find(({ state }) => state === 'running');
    const line =
      running !== undefined
        ? terminal.say('trial.trying', { model: running.model })
        : range === null && !isOver
          ? terminal.say('trial.searching')
          : shown;
    if (line !== shown) terminal.tell(line);
    shown = line;
  });
}

function printTrial(terminal: Terminal, { name, range, models }: TrialListing): void {
  const { say } = terminal;
  if (range !== null) {
    const [from, to] = [shortClockTime(range.startMs), shortClockTime(range.endMs)];
    terminal.print(say('trial.range', { name, from, to }));
  }
  for (const one of models) {
    terminal.print(`\n${one.model}: ${factsOf(one, terminal)}`);
    for (const { startMs, text } of one.paragraphs) terminal.print(`[${shortClockTime(startMs)}] ${text}`);
    if (one.state === 'done' && one.paragraphs.length === 0) terminal.print(say('trial.nothing'));
  }
  const [first] = models;
  if (first !== undefined && models.length > 1)
    terminal.print(`\n${say('trial.comparedWith', { model: first.model })}`);
}

/** What came of a model, on one line: language, time, time for the whole, differences; or why nothing did. */
function factsOf(one: TrialListing['models'][number], { say, language }: Terminal): string {
  if (one.failure !== null) return `${one.failure.what} ${one.failure.todo}`;
  if (one.state !== 'done') return say('trial.stopped');
  return [
    ...(one.language === null ? [] : [languageName(one.language, language)]),
    say('trial.took', { time: formatDuration(Math.max(1000, one.tookMs)) }),
    ...(one.wholeMs === null ? [] : [say('trial.whole', { time: roughDuration(one.wholeMs) })]),
    ...(one.differences === null || one.paragraphs.length === 0
      ? []
      : [one.differences === 0 ? say('trial.same') : say('trial.differences', { count: one.differences })]),
  ].join(', ');
}
