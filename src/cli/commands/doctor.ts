import type { Command } from 'commander';
import packageFacts from '../../../package.json' with { type: 'json' };
import { describeError } from '../../contract/error-messages.ts';
import { AppError } from '../../contract/errors.ts';
import { Engine } from '../../core/engine/engine.ts';
import { forkEngine } from '../../core/engine/engine-process.ts';
import { dataFolder } from '../../core/folders.ts';
import { freeBytes } from '../../core/free-space.ts';
import { findFfmpeg } from '../../core/media/find-ffmpeg.ts';
import { ModelStore } from '../../core/models/model-store.ts';
import { asAppError } from '../../core/system-errors.ts';
import { displayWidth, padded } from '../display-width.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { withExamples } from '../options.ts';
import { print } from '../output.ts';
import { fileSize } from '../quantities.ts';
import { recommendedHere, thisMachine } from '../recommendation.ts';
import { runCommand } from '../run-command.ts';
import { LANGUAGE, SAY } from '../words.ts';
import { addLogCommands, logFacts } from './doctor-log.ts';

interface Check {
  readonly name: string;
  /** What is there, in one line or several; throws the error that says what is missing and how to get it. */
  readonly look: () => Promise<string>;
}

const CHECKS: readonly Check[] = [
  { name: SAY.checks.program, look: async () => `${packageFacts.version}, Node ${process.versions.node}` },
  { name: SAY.checks.engine, look: engineFacts },
  { name: SAY.checks.decoder, look: decoderFacts },
  { name: SAY.checks.models, look: modelFacts },
  {
    name: SAY.checks.recommended,
    look: async () => recommendedHere((await new ModelStore().list()).installed),
  },
  { name: SAY.checks.folder, look: folderFacts },
  { name: SAY.checks.machine, look: async () => thisMachine() },
  { name: SAY.checks.log, look: logFacts },
];

/** `voicesync doctor`. */
export function addDoctorCommand(program: Command): void {
  const doctor = program
    .command('doctor')
    .description('Show what is installed and used, and what is missing');
  withExamples(doctor, [['doctor']]).action(() => runCommand(examine));
  addLogCommands(doctor);
}

async function examine(): Promise<ExitStatus> {
  const width = Math.max(...CHECKS.map(({ name }) => displayWidth(name)));
  let status: ExitStatus = EXIT.done;
  for (const { name, look } of CHECKS) {
    try {
      const [first, ...more] = (await look()).split('\n');
      print(`${padded(name, width)}  ${first}`);
      for (const line of more) print(`${padded('', width)}  ${line}`);
    } catch (error) {
      status = EXIT.someFailed;
      const { what, todo } = describeError(asAppError(error), LANGUAGE);
      print(`${padded(name, width)}  ${SAY.missing} ${what} ${todo}`);
    }
  }
  return status;
}

async function engineFacts(): Promise<string> {
  const engine = new Engine(forkEngine);
  try {
    const { whisperVersion, cpuVariant } = await engine.facts();
    return SAY.cpuVariant(whisperVersion, cpuVariant);
  } finally {
    await engine.close();
  }
}

async function decoderFacts(): Promise<string> {
  const { version, path, origin } = await findFfmpeg();
  return `ffmpeg ${version} (${origin}: ${path})`;
}

async function modelFacts(): Promise<string> {
  const store = new ModelStore();
  const { installed, unusable } = await store.list();
  // The one that would be used must be one that can be; another that cannot is told and no more.
  await store.resolve(null);
  const altered = installed.filter(({ verification }) => verification === 'altered');
  const faults = [
    ...unusable.map(({ error }) => error),
    ...altered.map(({ name, path }) => new AppError('model.hashMismatch', { file: path, model: name })),
  ];
  const names = installed
    .filter((model) => !altered.includes(model))
    .map(({ name, isDefault }) => (isDefault ? `${name} (${SAY.isDefault})` : name));
  const sentences = faults.map((error) => {
    const { what, todo } = describeError(error, LANGUAGE);
    return `${what} ${todo}`;
  });
  return [names.join(', '), ...sentences].join('\n');
}

async function folderFacts(): Promise<string> {
  const folder = dataFolder();
  const free = await freeBytes(folder).catch(() => null);
  return free === null ? SAY.madeWhenNeeded(folder) : SAY.free(folder, fileSize(free));
}
