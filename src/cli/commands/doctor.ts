import { availableParallelism, totalmem } from 'node:os';
import type { Command } from 'commander';
import packageFacts from '../../../package.json' with { type: 'json' };
import { describeError } from '../../contract/error-messages.ts';
import { userLanguage } from '../../contract/user-language.ts';
import { Engine } from '../../core/engine/engine.ts';
import { forkEngine } from '../../core/engine/engine-process.ts';
import { dataFolder } from '../../core/folders.ts';
import { freeBytes } from '../../core/jobs/free-space.ts';
import { findFfmpeg } from '../../core/media/find-ffmpeg.ts';
import { ModelStore } from '../../core/models/model-store.ts';
import { asAppError } from '../../core/system-errors.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { fileSize } from '../readable.ts';
import { runCommand } from '../run-command.ts';

interface Check {
  readonly name: string;
  /** What is there; throws the error that says what is missing and how to get it. */
  readonly look: () => Promise<string>;
}

const CHECKS: readonly Check[] = [
  { name: 'VoiceSync', look: async () => `${packageFacts.version}, Node ${process.versions.node}` },
  { name: 'Speech engine', look: engineFacts },
  { name: 'Decoder', look: decoderFacts },
  { name: 'Models', look: modelFacts },
  { name: 'Data folder', look: folderFacts },
  { name: 'Machine', look: async () => `${availableParallelism()} cores, ${fileSize(totalmem())} of memory` },
];

/** `voicesync doctor`. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('Show what is installed and used, and what is missing')
    .addHelpText('after', '\nExample:\n  voicesync doctor\n')
    .action(() => runCommand(examine));
}

async function examine(): Promise<ExitStatus> {
  const width = Math.max(...CHECKS.map(({ name }) => name.length));
  let status: ExitStatus = EXIT.done;
  for (const { name, look } of CHECKS) {
    try {
      process.stdout.write(`${name.padEnd(width)}  ${await look()}\n`);
    } catch (error) {
      status = EXIT.someFailed;
      const { what, todo } = describeError(asAppError(error), userLanguage(process.env));
      process.stdout.write(`${name.padEnd(width)}  MISSING: ${what} ${todo}\n`);
    }
  }
  return status;
}

async function engineFacts(): Promise<string> {
  const engine = new Engine(forkEngine);
  try {
    const { whisperVersion, cpuVariant } = await engine.facts();
    return `whisper.cpp ${whisperVersion}, CPU variant ${cpuVariant}`;
  } finally {
    await engine.close();
  }
}

async function decoderFacts(): Promise<string> {
  const { version, path, origin } = await findFfmpeg();
  return `ffmpeg ${version} (${origin}: ${path})`;
}

async function modelFacts(): Promise<string> {
  const { installed } = await new ModelStore().list();
  return installed.map(({ name, isDefault }) => (isDefault ? `${name} (default)` : name)).join(', ');
}

async function folderFacts(): Promise<string> {
  const folder = dataFolder();
  const free = await freeBytes(folder).catch(() => null);
  return free === null ? `${folder} (made when it is needed)` : `${folder}, ${fileSize(free)} free`;
}
