import { readdirSync, readFileSync } from 'node:fs';

/** How much memory a process and its descendants held at one moment. */
export interface MemorySample {
  /** The total in bytes; shared memory is counted once. */
  readonly bytes: number;
  /** The same by process, named by its program. */
  readonly byProcess: ReadonlyMap<string, number>;
}

/** A process and its parent. */
interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
}

/**
 * The memory of a process and all its descendants, as Linux reports it in `/proc/PID/smaps_rollup`: the sum of their
 * proportional set sizes. A process that ends meanwhile counts as 0.
 */
export function sampleMemory(rootPid: number): MemorySample {
  const byProcess = new Map<string, number>();
  let bytes = 0;
  for (const pid of [rootPid, ...descendantsOf(rootPid)]) {
    const held = proportionalBytes(pid);
    const name = nameOf(pid);
    bytes += held;
    byProcess.set(name, (byProcess.get(name) ?? 0) + held);
  }
  return { bytes, byProcess };
}

/** The descendants of a process. */
export function descendantsOf(rootPid: number): number[] {
  const all = allProcesses();
  const found: number[] = [];
  let generation = [rootPid];
  while (generation.length > 0) {
    const parents = new Set(generation);
    generation = all.filter(({ parent }) => parents.has(parent)).map(({ pid }) => pid);
    found.push(...generation);
  }
  return found;
}

/** Whether a process is still running; a zombie is not. */
export function isAlive(pid: number): boolean {
  const state = /^.*\) (\S) /s.exec(readIfThere(`/proc/${pid}/stat`))?.[1];
  return state !== undefined && state !== 'Z' && state !== 'X';
}

function allProcesses(): ProcessEntry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      // The second field is the program's name in brackets, which may contain anything.
      const parent = /^.*\) \S (\d+)/s.exec(readIfThere(`/proc/${name}/stat`))?.[1];
      return parent === undefined ? [] : [{ pid: Number(name), parent: Number(parent) }];
    });
}

function proportionalBytes(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(readIfThere(`/proc/${pid}/smaps_rollup`))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

function nameOf(pid: number): string {
  const command = readIfThere(`/proc/${pid}/cmdline`);
  if (command.includes('engine/main.ts')) return 'engine';
  if (command.includes('cli/main.ts')) return 'main';
  return command.includes('ffmpeg') ? 'ffmpeg' : 'other';
}

/** The text of a file of a process, empty if the process has ended. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return '';
    throw error;
  }
}
