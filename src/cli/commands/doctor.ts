import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import packageFacts from '../../../package.json' with { type: 'json' };
import { AppError, failureOf } from '../../contract/errors.ts';
import { Engine } from '../../core/engine/engine.ts';
import { dataFolder, resourcesFolder } from '../../core/folders.ts';
import { freeBytes } from '../../core/free-space.ts';
import { findFfmpeg } from '../../core/media/find-ffmpeg.ts';
import { ModelStore } from '../../core/models/model-store.ts';
import { recommendedModel } from '../../core/models/recommended-model.ts';
import { asAppError } from '../../core/system-errors.ts';
import { describeError } from '../../messages/describe-error.ts';
import { displayWidth, padded } from '../display-width.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import type { RunCommand } from '../explain.ts';
import { type DoctorReport, toldFailure } from '../listings.ts';
import { type ListingFlags, withExamples, withJsonOption } from '../options.ts';
import { fileSize } from '../quantities.ts';
import { recommendedHere, thisMachine } from '../recommendation.ts';
import type { Terminal } from '../terminal.ts';
import type { Texts } from '../words.ts';
import type { Words } from '../words-en.ts';
import { addLogCommands, logFacts } from './doctor-log.ts';

/** What a check has found: for people in one line or several, and as facts for programs. */
interface Found {
  readonly text: string;
  readonly facts: DoctorReport['checks'][number]['facts'];
}

interface Check {
  /** How programs know it. */
  readonly check: keyof Words['checks'];
  /** What is there; throws the error that says what is missing and how to get it. */
  readonly look: (terminal: Terminal) => Promise<Found>;
}

const CHECKS: readonly Check[] = [
  { check: 'program', look: programFacts },
  { check: 'engine', look: engineFacts },
  { check: 'decoder', look: decoderFacts },
  { check: 'models', look: modelFacts },
  { check: 'recommended', look: recommendedFacts },
  { check: 'folder', look: folderFacts },
  { check: 'machine', look: machineFacts },
  { check: 'log', look: logFacts },
];

/** `voicesync doctor`. */
export function addDoctorCommand(program: Command, run: RunCommand): void {
  const doctor = program
    .command('doctor')
    .description('Show what is installed and used, and what is missing');
  withExamples(withJsonOption(doctor), [['doctor']]).action((flags: ListingFlags) =>
    run((terminal) => examine(terminal, flags)),
  );
  addLogCommands(doctor, run);
}

async function examine(terminal: Terminal, { json }: ListingFlags): Promise<ExitStatus> {
  const width = Math.max(...Object.values(terminal.say.checks).map(displayWidth));
  const checks: DoctorReport['checks'] = [];
  for (const { check, look } of CHECKS) {
    const name = terminal.say.checks[check];
    const result = await looked(check, look, terminal);
    checks.push(result);
    if (json) continue;
    const { failure, text } = result;
    const [first, ...more] =
      failure === null ? text.split('\n') : [`${terminal.say.missing} ${failure.what} ${failure.todo}`];
    terminal.print(`${padded(name, width)}  ${first}`);
    for (const line of more) terminal.print(`${padded('', width)}  ${line}`);
  }
  const ok = checks.every((one) => one.ok);
  if (json) terminal.printJson({ ok, checks } satisfies DoctorReport);
  return ok ? EXIT.done : EXIT.someFailed;
}

async function looked(
  check: string,
  look: Check['look'],
  terminal: Terminal,
): Promise<DoctorReport['checks'][number]> {
  try {
    return { check, ok: true, ...(await look(terminal)), failure: null };
  } catch (error) {
    return {
      check,
      ok: false,
      text: '',
      facts: {},
      failure: toldFailure(failureOf(asAppError(error)), terminal.language),
    };
  }
}

async function programFacts(): Promise<Found> {
  const { version } = packageFacts;
  const { node } = process.versions;
  return { text: `${version}, Node ${node}`, facts: { version, node } };
}

async function recommendedFacts(texts: Texts): Promise<Found> {
  const { installed } = await new ModelStore().list();
  const { name } = recommendedModel({ cores: availableParallelism(), memoryBytes: totalmem() });
  const isHere = installed.some((model) => model.name === name);
  return { text: recommendedHere(installed, texts), facts: { name, isHere } };
}

async function machineFacts(texts: Texts): Promise<Found> {
  return { text: thisMachine(texts), facts: { cores: availableParallelism(), memoryBytes: totalmem() } };
}

async function engineFacts(terminal: Terminal): Promise<Found> {
  const engine = new Engine(terminal.launchEngine);
  try {
    const { whisperVersion, cpuVariant } = await engine.facts();
    return {
      text: terminal.say.cpuVariant(whisperVersion, cpuVariant),
      facts: { whisperVersion, cpuVariant },
    };
  } finally {
    await engine.close();
  }
}

async function decoderFacts(): Promise<Found> {
  const { version, path, origin } = await findFfmpeg({ packagedFolder: join(resourcesFolder(), 'ffmpeg') });
  return { text: `ffmpeg ${version} (${origin}: ${path})`, facts: { version, origin, path } };
}

async function modelFacts(texts: Texts): Promise<Found> {
  const store = new ModelStore();
  const { installed, unusable } = await store.list();
  // The one that would be used must be one that can be; another that cannot is told and no more.
  await store.resolve(null);
  const altered = installed.filter(({ verification }) => verification === 'altered');
  const faults = [
    ...unusable.map(({ error }) => error),
    ...altered.map(({ name, path }) => new AppError('model.hashMismatch', { file: path, model: name })),
  ];
  const usable = installed.filter((model) => !altered.includes(model));
  const defaultName = usable.find(({ isDefault }) => isDefault)?.name ?? null;
  const names = usable.map(({ name, isDefault }) => (isDefault ? `${name} (${texts.say.isDefault})` : name));
  const sentences = faults.map((error) => {
    const { what, todo } = describeError(error, texts.language);
    return `${what} ${todo}`;
  });
  return {
    text: [names.join(', '), ...sentences].join('\n'),
    facts: {
      names: usable.map(({ name }) => name),
      default: defaultName,
      faults: faults.map(({ code }) => code),
    },
  };
}

async function folderFacts(texts: Texts): Promise<Found> {
  const folder = dataFolder();
  const free = await freeBytes(folder).catch(() => null);
  const text =
    free === null ? texts.say.madeWhenNeeded(folder) : texts.say.free(folder, fileSize(free, texts.language));
  return { text, facts: { path: folder, freeBytes: free } };
}
