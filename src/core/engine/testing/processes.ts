import { readdirSync, readFileSync } from 'node:fs';

/** The running children of a process whose command line matches, by their pids. Reads Linux's /proc. */
export function childrenOf(parent: number, program: RegExp): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent && program.test(read(`/proc/${pid}/cmdline`)));
}

/** Whether a process runs and is not a zombie. */
export function isRunning(pid: number): boolean {
  const state = /^State:\s+(\w)/m.exec(read(`/proc/${pid}/status`))?.[1];
  return state !== undefined && state !== 'Z';
}

/** Whether a child has ended and this process has reaped it. */
export function isReaped(pid: number): boolean {
  return read(`/proc/${pid}/status`) === '';
}

function parentOf(pid: number): number | null {
  const parent = /^PPid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1];
  return parent !== undefined && isRunning(pid) ? Number(parent) : null;
}

/** Empty if the process has ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
