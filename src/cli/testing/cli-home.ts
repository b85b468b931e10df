import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFfmpeg } from '../../core/media/find-ffmpeg.ts';
import { ModelStore } from '../../core/models/model-store.ts';
import { chooseDictationModel } from '../../core/models/testing/dictation-model.ts';

/** The repository. */
export const REPOSITORY = join(import.meta.dirname, '..', '..', '..');

/** The program that every test here runs as a separate process, as a user does. */
export const MAIN = join(REPOSITORY, 'src', 'cli', 'main.ts');

/** Sixteen seconds of telephone speech with two sentences in its first eight. */
export const PHONE_CALL = join(REPOSITORY, 'e2e', 'fixtures', 'phone-8k.wav');

/** Result of a command. */
export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Options of a run, besides the arguments. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Sends a signal once stdout holds this text. */
  readonly signalAt?: { readonly text: string; readonly signal: NodeJS.Signals };
  /** Runs it as another user, which only root can do. */
  readonly uid?: number;
  /** Gives it a pipe to read from. */
  readonly piped?: true;
}

/** A data folder of its own for the command line, with room for recordings, vaults and transcripts. */
export class CliHome implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'voicesync-cli-'));

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Makes the small model of the fixtures the default of commands. */
  async chooseDictationModel(): Promise<void> {
    await chooseDictationModel(new ModelStore(this.path('home', 'models')));
  }

  /** A path in this home. */
  path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  /** Creates a file with its folders, and returns its path. */
  write(name: string, content: string | Uint8Array): string {
    const path = this.path(name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  /** The names in a folder of this home, sorted; empty if there is no such folder. */
  names(...folder: string[]): string[] {
    try {
      return readdirSync(this.path(...folder)).sort();
    } catch {
      return [];
    }
  }

  /** Makes a media file with the ffmpeg that is used here. */
  async ffmpeg(args: readonly string[]): Promise<void> {
    const { path } = await findFfmpeg();
    execFileSync(path, ['-nostdin', '-v', 'error', '-y', ...args]);
  }

  /** The first seconds of a recording as a WAV file of this name. */
  async cut(source: string, seconds: number, name: string): Promise<string> {
    const path = this.write(name, '');
    await this.ffmpeg(['-i', source, '-t', String(seconds), path]);
    return path;
  }

  /** What ephemeral vaults left on disk. */
  ephemeralVaults(): string[] {
    return this.names('home', 'ephemeral').filter((name) => name.startsWith('ephemeral-'));
  }

  /** The environment of a command: a user with this home, speaking English. */
  environment(env: RunOptions['env'] = {}): Record<string, string> {
    return { PATH: process.env.PATH ?? '', LANG: 'en_US.UTF-8', VOICESYNC_HOME: this.path('home'), ...env };
  }

  /** Runs a command to its end, in this home's folder, without a terminal. */
  async run(args: readonly string[], options: RunOptions = {}): Promise<CliResult> {
    return await ended(this.start(args, options), options.signalAt);
  }

  /** Starts a command. */
  start(args: readonly string[], { env, uid, piped }: RunOptions = {}): ChildProcess {
    return spawn(process.execPath, [MAIN, ...args], {
      cwd: this.folder,
      env: this.environment(env),
      stdio: [piped === true ? 'pipe' : 'ignore', 'pipe', 'pipe'],
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });
  }
}

/** Waits for the end of a started process. */
export async function ended(child: ChildProcess, signalAt?: RunOptions['signalAt']): Promise<CliResult> {
  let stdout = '';
  let stderr = '';
  let signalled = false;
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (signalAt === undefined || signalled || !stdout.includes(signalAt.text)) return;
    signalled = true;
    child.kill(signalAt.signal);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  return { status, stdout, stderr };
}
