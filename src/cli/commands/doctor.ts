import { availableParallelism, totalmem } from 'node:os';
import type { Command } from 'commander';
import packageFacts from '../../../package.json' with { type: 'json' };
import { AppError, failureOf } from '../../contract/errors.ts';
import { Engine } from '../../core/engine/engine.ts';
import { forkEngine } from '../../core/engine/engine-process.ts';
import { dataFolder } from '../../core/folders.ts';
import { freeBytes } from '../../core/free-space.ts';
import { findFfmpeg } from '../../core/media/find-ffmpeg.ts';
import { ModelStore } from '../../core/models/model-store.ts';
import { recommendedModel } from '../../core/models/recommended-model.ts';
import { asAppError } from '../../core/system-errors.ts';
import { describeError } from '../../messages/describe-error.ts';
import { displayWidth, padded } from '../display-width.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { type DoctorReport, toldFailure } from '../listings.ts';
import { type ListingFlags, withExamples, withJsonOption } from '../options.ts';
import { print, printJson } from '../output.ts';
import { fileSize } from '../quantities.ts';
import { recommendedHere, thisMachine } from '../recommendation.ts';
import { runCommand } from '../run-command.ts';
import { LANGUAGE, SAY } from '../words.ts';
import { addLogCommands, logFacts } from './doctor-log.ts';

/** What a check has found: for people in one line or several, and as facts for programs. */
interface Found {
  readonly text: string;
  readonly facts: DoctorReport['checks'][number]['facts'];
}

interface Check {
  /** How programs know it. */
  readonly check: string;
  readonly name: string;
  /** What is there; throws the error that says what is missing and how to get it. */
  readonly look: () => Promise<Found>;
}

const CHECKS: readonly Check[] = [
  { check: 'program', name: SAY.checks.program, look: programFacts },
  { check: 'engine', name: SAY.checks.engine, look: engineFacts },
  { check: 'decoder', name: SAY.checks.decoder, look: decoderFacts },
  { check: 'models', name: SAY.checks.models, look: modelFacts },
  { check: 'recommended', name: SAY.checks.recommended, look: recommendedFacts },
  { check: 'folder', name: SAY.checks.folder, look: folderFacts },
  { check: 'machine', name: SAY.checks.machine, look: machineFacts },
  { check: 'log', name: SAY.checks.log, look: logFacts },
];

/** `voicesync doctor`. */
export function addDoctorCommand(program: Command): void {
  const doctor = program
    .command('doctor')
    .description('Show what is installed and used, and what is missing');
  withExamples(withJsonOption(doctor), [['doctor']]).action((flags: ListingFlags) =>
    runCommand(() => examine(flags)),
  );
  addLogCommands(doctor);
}

async function examine({ json }: ListingFlags): Promise<ExitStatus> {
  const width = Math.max(...CHECKS.map(({ name }) => displayWidth(name)));
  const checks: DoctorReport['checks'] = [];
  for (const { check, name, look } of CHECKS) {
    const result = await looked(check, look);
    checks.push(result);
    if (json) continue;
    const { failure, text } = result;
    const [first, ...more] =
      failure === null ? text.split('\n') : [`${SAY.missing} ${failure.what} ${failure.todo}`];
    print(`${padded(name, width)}  ${first}`);
    for (const line of more) print(`${padded('', width)}  ${line}`);
  }
  const ok = checks.every((one) => one.ok);
  if (json) printJson({ ok, checks } satisfies DoctorReport);
  return ok ? EXIT.done : EXIT.someFailed;
}

async function looked(check: string, look: Check['look']): Promise<DoctorReport['checks'][number]> {
  try {
    return { check, ok: true, ...(await look()), failure: null };
  } catch (error) {
    return { check, ok: false, text: '', facts: {}, failure: toldFailure(failureOf(asAppError(error))) };
  }
}

async function programFacts(): Promise<Found> {
  const { version } = packageFacts;
  const { node } = process.versions;
  return { text: `${version}, Node ${node}`, facts: { version, node } };
}

async function recommendedFacts(): Promise<Found> {
  const { installed } = await new ModelStore().list();
  const { name } = recommendedModel({ cores: availableParallelism(), memoryBytes: totalmem() });
  const isHere = installed.some((model) => model.name === name);
  return { text: recommendedHere(installed), facts: { name, isHere } };
}

async function machineFacts(): Promise<Found> {
  return { text: thisMachine(), facts: { cores: availableParallelism(), memoryBytes: totalmem() } };
}

async function engineFacts(): Promise<Found> {
  const engine = new Engine(forkEngine);
  try {
    const { whisperVersion, cpuVariant } = await engine.facts();
    return { text: SAY.cpuVariant(whisperVersion, cpuVariant), facts: { whisperVersion, cpuVariant } };
  } finally {
    await engine.close();
  }
}

async function decoderFacts(): Promise<Found> {
  const { version, path, origin } = await findFfmpeg();
  return { text: `ffmpeg ${version} (${origin}: ${path})`, facts: { version, origin, path } };
}

async function modelFacts(): Promise<Found> {
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
  const names = usable.map(({ name, isDefault }) => (isDefault ? `${name} (${SAY.isDefault})` : name));
  const sentences = faults.map((error) => {
    const { what, todo } = describeError(error, LANGUAGE);
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

async function folderFacts(): Promise<Found> {
  const folder = dataFolder();
  const free = await freeBytes(folder).catch(() => null);
  const text = free === null ? SAY.madeWhenNeeded(folder) : SAY.free(folder, fileSize(free));
  return { text, facts: { path: folder, freeBytes: free } };
}
