import { EventEmitter } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import type { EngineLauncher } from '../../core/engine/engine-process.ts';
import { replayEngine } from '../../core/engine/testing/replaying-engine.ts';
import { runCommandLine } from '../command-line.ts';
import type { CliHome, CliResult, RunOptions } from './cli-home.ts';

/** Options of a call, besides the arguments. */
export interface CallOptions extends Omit<RunOptions, 'uid'> {
  readonly launchEngine?: EngineLauncher;
}

/**
 * Runs a command to its end within this process, without a terminal, as `CliHome.run` does in one of its own. Working folder
 * and environment are this process's meanwhile, so one call follows another.
 */
export async function called(
  home: CliHome,
  args: readonly string[],
  { env, signalAt, launchEngine = replayEngine }: CallOptions = {},
): Promise<CliResult> {
  const before = { folder: process.cwd(), env: process.env };
  process.chdir(home.folder);
  process.env = home.environment(env);
  const signals = new EventEmitter();
  let stdout = '';
  let stderr = '';
  let awaited = signalAt;
  try {
    const status = await runCommandLine({
      argv: args,
      stdin: new PassThrough(),
      stdout: written((text) => {
        stdout += text;
        if (awaited === undefined || !stdout.includes(awaited.text)) return;
        const { signal } = awaited;
        awaited = undefined;
        // As a signal does: between two turns of the command's event loop.
        setImmediate(() => signals.emit(signal));
      }),
      stderr: written((text) => {
        stderr += text;
      }),
      env: process.env,
      signals,
      launchEngine,
      exit: () => {
        throw new Error('A command that is called is stopped once.');
      },
    });
    return { status, stdout, stderr };
  } finally {
    process.env = before.env;
    process.chdir(before.folder);
  }
}

function written(take: (text: string) => void): Writable {
  return new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      take(String(chunk));
      done();
    },
  });
}
