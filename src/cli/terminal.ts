import type { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { type EngineLauncher, launchNodeEngine } from '../app/jobs/node-engine.ts';
import { detectLocale, type Locale } from '../contract/locale.ts';
import type { ExitStatus } from './exit-status.ts';
import { harmless } from './harmless.ts';
import type { CliTexts } from './texts.ts';
import { type Texts, textsIn } from './texts.ts';

/** Where a command is typed: a terminal, or a pipe or file, which has none of the optional properties. */
export type InputStream = Readable & { readonly isTTY?: boolean };

/** Where a command writes: a terminal, or a pipe or file, which has none of the optional properties. */
export type OutputStream = Writable & {
  readonly isTTY?: boolean;
  /** Width in columns. */
  readonly columns?: number;
};

/**
 * What a run of the command line gets of whoever starts it: a process of its own, the desktop app's main process, or a
 * test. Paths are relative to the process's working folder; the places of VoiceSync's own folders go by the process's
 * environment.
 */
export interface Surroundings {
  /** What was typed behind the program's name. */
  readonly argv: readonly string[];
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Emits `SIGINT` and `SIGTERM` when the user wants to stop, and `exit` with the status when the process ends. */
  readonly signals: Pick<EventEmitter, 'on' | 'once' | 'off'>;
  /** Ends the process at once: Ctrl+C was pressed twice. */
  readonly exit: (status: ExitStatus) => void;
  /** How the speech engine is started; without it as a child process of Node. */
  readonly launchEngine?: EngineLauncher;
}

/** The surroundings of one run, and what is printed there. */
export class Terminal implements Texts {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Surroundings['env'];
  readonly signals: Surroundings['signals'];
  readonly exit: Surroundings['exit'];
  readonly argv: readonly string[];
  readonly launchEngine: EngineLauncher;
  /** The user's language, as the environment tells it. */
  readonly language: Locale;
  /** What the command line says in it. */
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

  /** Whether the output is for a program. Asked of the raw arguments: where an option is wrong, none has been parsed. */
  get isForProgram(): boolean {
    return this.argv.includes('--json');
  }

  /** A line of what was asked for, on stdout. Line breaks in it stay; other control characters cannot reach the terminal. */
  print(text: string): void {
    this.stdout.write(`${harmless(text)}\n`);
  }

  /** A line about the work, on stderr. */
  tell(text: string): void {
    this.stderr.write(`${harmless(text)}\n`);
  }

  /** One JSON object a line, on stdout. */
  printJson(line: object): void {
    this.stdout.write(`${JSON.stringify(line)}\n`);
  }
}
