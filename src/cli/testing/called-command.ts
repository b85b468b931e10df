import { EventEmitter } from 'node:events';
import { PassThrough, type Readable, Writable } from 'node:stream';
import type { EngineLauncher } from '../../core/engine/engine-process.ts';
import { replayEngine } from '../../core/engine/testing/replaying-engine.ts';
import { runCommandLine } from '../command-line.ts';
import type { CliHome, CliResult, RunOptions } from './cli-home.ts';

type Signal = NonNullable<RunOptions['signalAt']>;

/** Options of a call, besides the arguments. */
export interface CallOptions extends Omit<RunOptions, 'uid' | 'piped' | 'signalAt'> {
  /** Sends each of these signals in turn, once stdout holds its text. */
  readonly signalAt?: Signal | readonly Signal[];
  /** What the command reads; without it nothing comes, and it does not end. */
  readonly stdin?: Readable;
  readonly launchEngine?: EngineLauncher;
}

/**
 * Runs a command to its end within this process, without a terminal, as `CliHome.run` does in one of its own. Working folder
 * and environment are this process's meanwhile, so one call follows another.
 */
export async function called(
  home: CliHome,
  args: readonly string[],
  { env, signalAt, stdin = new PassThrough(), launchEngine = replayEngine }: CallOptions = {},
): Promise<CliResult> {
  const before = { folder: process.cwd(), env: process.env };
  process.chdir(home.folder);
  process.env = home.environment(env);
  const signals = new EventEmitter();
  let stdout = '';
  let stderr = '';
  const awaited = signalAt === undefined ? [] : [signalAt].flat();
  try {
    const status = await runCommandLine({
      argv: args,
      stdin,
      stdout: written((text) => {
        stdout += text;
        if (awaited[0] === undefined || !stdout.includes(awaited[0].text)) return;
        const { signal } = awaited.shift() as Signal;
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
