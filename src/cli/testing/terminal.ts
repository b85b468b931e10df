import { spawn, spawnSync } from 'node:child_process';
import type { CliHome } from './cli-home.ts';
import { MAIN } from './cli-home.ts';

/** Of util-linux: runs a program on a real terminal. */
const SCRIPT = 'script';

/** Whether tests can have a terminal on this machine. */
export const HAS_TERMINALS = spawnSync(SCRIPT, ['-qec', 'true', '/dev/null']).status === 0;

/** What to type once the terminal shows a text; a function derives it from all output so far. */
export interface Typing {
  readonly at: string;
  readonly type: string | ((screen: string) => string);
}

/** Runs a command on a real terminal of this many columns, types, and returns all output, with control sequences. */
export async function onTerminal(
  home: CliHome,
  args: readonly string[],
  typing: readonly Typing[],
  { columns = 90 }: { columns?: number } = {},
): Promise<{ screen: string; status: number | null }> {
  const words = [process.execPath, MAIN, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn(SCRIPT, ['-qefc', `stty cols ${columns}; exec ${words}`, '/dev/null'], {
    cwd: home.folder,
    env: home.environment({ TERM: 'xterm' }),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let screen = '';
  let seen = 0;
  const left = [...typing];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    for (let next = left[0]; next !== undefined; next = left[0]) {
      const found = screen.indexOf(next.at, seen);
      if (found === -1) return;
      seen = found + next.at.length;
      left.shift();
      child.stdin.write(typeof next.type === 'string' ? next.type : next.type(screen));
    }
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  return { screen, status };
}
