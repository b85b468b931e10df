import { spawn } from 'node:child_process';

/** How a child process ended. */
export interface ProcessEnd {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From just before it was started until it had ended, in milliseconds. */
  readonly wallMs: number;
}

/** Runs a program to its end. */
export async function runProcess(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<ProcessEnd> {
  const startedAt = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  const { promise, resolve, reject } = Promise.withResolvers<ProcessEnd>();
  child.on('error', reject);
  child.on('close', (status, signal) => {
    resolve({ ...output, status, signal, wallMs: performance.now() - startedAt });
  });
  return await promise;
}

/** Runs a program. Throws with the tail of its output if it fails. */
export async function runSuccessfully(
  command: string,
  args: readonly string[],
  env?: NodeJS.ProcessEnv,
): Promise<ProcessEnd> {
  const end = await runProcess(command, args, env);
  if (end.status !== 0) {
    throw new Error(`${command} ended with ${end.status ?? end.signal}:\n${end.stderr.slice(-2000)}`);
  }
  return end;
}
