import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { eventOfLine } from '../src/cli/reporters/told-events.ts';
import type { CoreEvent } from '../src/contract/events.ts';
import { DICTATION_MODEL } from '../src/core/models/testing/dictation-model.ts';

const ROOT = join(import.meta.dirname, '..');
const COMMAND_LINE = join(ROOT, 'src', 'cli', 'main.ts');

/** The small model of the fixtures, whose texts are known word for word. */
export const SAMPLE_MODEL_PATH = DICTATION_MODEL.path;

/** An event of the core as the command line printed it. */
export interface TimedEvent {
  readonly event: CoreEvent;
  /** When it was read, in milliseconds since just before the process was started. */
  readonly atMs: number;
}

/** How a run of the command line ended. */
export interface RunEnd {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly events: readonly TimedEvent[];
  readonly stderr: string;
  /** From just before the process was started until it had ended, in milliseconds. */
  readonly wallMs: number;
}

/** A running command line. */
export interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<RunEnd>;
}

/** A run's options beside its arguments. */
export interface RunOptions {
  /** Its data folder, which isolates runs from other data on the machine. */
  readonly home: string;
  readonly onEvent?: (event: TimedEvent) => void;
}

/**
 * Starts the real command line in a process of its own, with the fixtures' model if it transcribes and none is named.
 * With `--json` among the arguments its events are read.
 */
export function startVoiceSync(args: readonly string[], { home, onEvent }: RunOptions): Run {
  const startedAt = performance.now();
  const needsModel = args[0] === 'transcribe' && !args.includes('--model');
  const model = needsModel ? ['--model', SAMPLE_MODEL_PATH] : [];
  const child = spawn(process.execPath, [COMMAND_LINE, ...args, ...model], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, VOICESYNC_HOME: home },
  });
  const events: TimedEvent[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = eventOf(line);
    if (event === null) return;
    const timed = { event, atMs: performance.now() - startedAt };
    events.push(timed);
    onEvent?.(timed);
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const { promise, resolve, reject } = Promise.withResolvers<RunEnd>();
  let wallMs = 0;
  child.on('error', reject);
  child.on('exit', () => {
    wallMs = performance.now() - startedAt;
  });
  child.on('close', (status, signal) => resolve({ status, signal, events, stderr, wallMs }));
  return { child, ended: promise };
}

/** Runs the command line to its end. Throws with its output if it fails. */
export async function runVoiceSync(args: readonly string[], options: RunOptions): Promise<RunEnd> {
  const end = await startVoiceSync(args, options).ended;
  if (end.status !== 0) {
    throw new Error(`voicesync ${args[0]} ended with ${end.status ?? end.signal}:\n${end.stderr}`);
  }
  return end;
}

/** The event in a line of `--json` output; null for another line, e.g. a killed process's truncated last one. */
function eventOf(line: string): CoreEvent | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  return eventOfLine(value);
}
