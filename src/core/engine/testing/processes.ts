import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

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

/** The sockets of a process by which another machine could be reached: TCP, UDP and raw ones, by their inodes. */
export function internetSocketsOf(pid: number): string[] {
  const tables = ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6'].map((name) =>
    read(`/proc/${pid}/net/${name}`),
  );
  const inodes = tables.flatMap((table) => table.split('\n').map((line) => line.trim().split(/\s+/)[9]));
  return readdirSync(`/proc/${pid}/fd`)
    .map((descriptor) => /^socket:\[(\d+)\]$/.exec(linkedFrom(`/proc/${pid}/fd/${descriptor}`))?.[1] ?? '')
    .filter((inode) => inode !== '' && inodes.includes(inode));
}

function parentOf(pid: number): number | null {
  const parent = /^PPid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1];
  return parent !== undefined && isRunning(pid) ? Number(parent) : null;
}

/** Empty if there is no such link any more. */
function linkedFrom(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** Empty if the process has ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
