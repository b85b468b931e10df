import type { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { type EngineLauncher, launchNodeEngine } from '../../app/jobs/node-engine.ts';
import { detectLocale, type Locale } from '../../contract/locale.ts';
import type { CliTexts } from '../texts.ts';
import { type Texts, textsIn } from '../texts.ts';
import type { ExitStatus } from './exit-status.ts';
import { harmless } from './harmless.ts';

/** Input of a command: a terminal, or a pipe or file, which has none of the optional properties. */
export type InputStream = Readable & { readonly isTTY?: boolean };

/** Output of a command: a terminal, or a pipe or file, which has none of the optional properties. */
export type OutputStream = Writable & {
  readonly isTTY?: boolean;
  /** Width in columns. */
  readonly columns?: number;
};

/**
 * What a run of the command line gets from its caller: a process of its own, the desktop app's main process, or a test.
 * Paths are relative to the process's working folder; the process's environment decides where VoiceSync's own folders
 * are.
 */
export interface Surroundings {
  /** Arguments after the program's name. */
  readonly argv: readonly string[];
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Emits `SIGINT` and `SIGTERM` when a stop is requested, and `exit` with the status when the process ends. */
  readonly signals: Pick<EventEmitter, 'on' | 'once' | 'off'>;
  /** Ends the process at once: Ctrl+C was pressed twice. */
  readonly exit: (status: ExitStatus) => void;
  /** How the speech engine is started; by default as a child process of Node. */
  readonly launchEngine?: EngineLauncher;
}

/** The environment of one run, and its output. */
export class Terminal implements Texts {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Surroundings['env'];
  readonly signals: Surroundings['signals'];
  readonly exit: Surroundings['exit'];
  readonly argv: readonly string[];
  readonly launchEngine: EngineLauncher;
  /** The user's language, by the environment. */
  readonly language: Locale;
  /** The command line's messages in it. */
  readonly say: CliTexts;

  constructor({
    argv,
    stdin,
    stdout,
    stderr,
    env,
    signals,
    exit,
    launchEngine = launchNodeEngine,
  }: Surroundings) {
    this.argv = argv;
    this.stdin = stdin;
    this.stdout = stdout;
    this.stderr = stderr;
    this.env = env;
    this.signals = signals;
    this.exit = exit;
    this.launchEngine = launchEngine;
    const { language, say } = textsIn(detectLocale(env));
    this.language = language;
    this.say = say;
  }

  /** Whether the output is for a program. By the raw arguments: if an option is wrong, none has been parsed. */
  get isForProgram(): boolean {
    return this.argv.includes('--json');
  }

  /** A line of the result, on stdout. Line breaks in it stay; other control characters cannot reach the terminal. */
  print(text: string): void {
    this.stdout.write(`${harmless(text)}\n`);
  }

  /** A status line, on stderr. */
  tell(text: string): void {
    this.stderr.write(`${harmless(text)}\n`);
  }

  /** One JSON object a line, on stdout. */
  printJson(line: object): void {
    this.stdout.write(`${JSON.stringify(line)}\n`);
  }
}
