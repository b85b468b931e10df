import packageFacts from '../../../package.json' with { type: 'json' };
import type { LogEntry } from '../../contract/diagnostics.ts';
import { AppError } from '../../contract/errors.ts';
import { Engine } from '../../core/engine/engine.ts';
import type { EngineLauncher } from '../../core/engine/engine-process.ts';
import { dataFolder, packagedFfmpegFolder, speakerModelFiles } from '../../core/folders.ts';
import { freeBytes } from '../../core/free-space.ts';
import { findFfmpeg } from '../../core/media/find-ffmpeg.ts';
import { asAppError } from '../../core/system-errors.ts';
import { Models } from '../models/models.ts';
import { recommendedHere, type ThisMachine, thisMachine } from '../models/this-machine.ts';
import { Diagnostics } from './diagnostics.ts';

/** Finding of each check of the installation. */
export interface DoctorFindings {
  readonly program: { readonly version: string; readonly node: string };
  readonly engine: { readonly whisperVersion: string; readonly cpuVariant: string };
  /** How long one second of silence took in both models that tell speakers apart; loading them not counted. */
  readonly speakers: { readonly computeMs: number };
  readonly decoder: { readonly version: string; readonly origin: string; readonly path: string };
  /** The usable models, and the errors of the others. */
  readonly models: {
    readonly names: readonly string[];
    readonly default: string | null;
    readonly faults: readonly AppError[];
  };
  readonly recommended: { readonly name: string; readonly sizeBytes: number; readonly isHere: boolean };
  /** The data folder; it is made when needed, and until then its free space is unknown. */
  readonly folder: { readonly path: string; readonly freeBytes: number | null };
  readonly machine: ThisMachine;
  readonly log: {
    readonly isOn: boolean;
    readonly path: string;
    readonly entries: number;
    readonly last: readonly LogEntry[];
  };
}

/** The name of a check. */
export type DoctorCheck = keyof DoctorFindings;

/** The finding. */
export type DoctorFound = {
  [Check in DoctorCheck]: {
    readonly check: Check;
    readonly found: DoctorFindings[Check];
    readonly error: null;
  };
}[DoctorCheck];

/** Result of one check: the finding, or the error that says what is missing and how to get it. */
export type DoctorResult = DoctorFound | { readonly check: DoctorCheck; readonly error: AppError };

/** How many entries of the log are shown. */
const LAST_ENTRIES = 3;

type Look = (launchEngine: EngineLauncher) => Promise<DoctorResult>;

const LOOKS: readonly Look[] = [
  look('program', async () => ({ version: packageFacts.version, node: process.versions.node })),
  look('engine', engineFacts),
  look('speakers', speakerFacts),
  look('decoder', () => findFfmpeg({ packagedFolder: packagedFfmpegFolder() })),
  look('models', modelFacts),
  look('recommended', async () => {
    const models = new Models();
    const { installed } = await models.list();
    const { name, sizeBytes } = await recommendedHere(models);
    return { name, sizeBytes, isHere: installed.some((model) => model.name === name) };
  }),
  look('folder', async () => {
    const path = dataFolder();
    return { path, freeBytes: await freeBytes(path).catch(() => null) };
  }),
  look('machine', async () => thisMachine()),
  look('log', async () => {
    const log = new Diagnostics();
    const { isOn, folder } = log;
    const kept = isOn ? log.entries() : [];
    return { isOn, path: folder, entries: kept.length, last: kept.slice(-LAST_ENTRIES) };
  }),
];

/** Runs the checks of the installation one after the other. Throws nothing. */
export async function* examineInstallation(launchEngine: EngineLauncher): AsyncGenerator<DoctorResult> {
  for (const one of LOOKS) yield await one(launchEngine);
}

function look<Check extends DoctorCheck>(
  check: Check,
  find: (launchEngine: EngineLauncher) => Promise<DoctorFindings[Check]>,
): Look {
  return async (launchEngine) => {
    try {
      // The compiler cannot relate a name to its finding.
      return { check, found: await find(launchEngine), error: null } as DoctorFound;
    } catch (error) {
      return { check, error: asAppError(error) };
    }
  };
}

function engineFacts(launchEngine: EngineLauncher): Promise<DoctorFindings['engine']> {
  return withEngine(launchEngine, (engine) => engine.facts());
}

function speakerFacts(launchEngine: EngineLauncher): Promise<DoctorFindings['speakers']> {
  return withEngine(launchEngine, async (engine) => {
    const { activity, embedding } = speakerModelFiles();
    const silence = new Int16Array(16_000);
    const heard = await engine.speakerActivity(activity, silence);
    const embedded = await engine.voiceEmbeddings(embedding, silence, [{ start: 0, length: silence.length }]);
    return { computeMs: Math.round(heard.computeMs + embedded.computeMs) };
  });
}

async function withEngine<T>(launchEngine: EngineLauncher, ask: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = new Engine(launchEngine);
  try {
    return await ask(engine);
  } finally {
    await engine.close();
  }
}

async function modelFacts(): Promise<DoctorFindings['models']> {
  const models = new Models();
  const { installed, unusable } = await models.list();
  // The model that would be used must be usable; another that is not is only reported.
  await models.resolve(null);
  const altered = installed.filter(({ verification }) => verification === 'altered');
  const usable = installed.filter((model) => !altered.includes(model));
  return {
    names: usable.map(({ name }) => name),
    default: usable.find(({ isDefault }) => isDefault)?.name ?? null,
    faults: [
      ...unusable.map(({ error }) => error),
      ...altered.map(({ name, path }) => new AppError('model.hashMismatch', { file: path, model: name })),
    ],
  };
}
