import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { note } from './diagnostics/note.ts';

/** Which process is waited for, and for how long. */
export interface RunningDeadlineOptions {
  /** Running time, in milliseconds, after which the deadline passes. */
  readonly limitMs: number;
  /** Called once, when that time has passed. */
  readonly onPassed: () => void;
  /** The awaited child; without one, only the time in which this process was stopped is excluded. */
  readonly pid?: number | undefined;
}

const LONGEST_STEP_MS = 5000;

let lastNotedAt = Number.NEGATIVE_INFINITY;

/**
 * A deadline in running time: what passes while this process or the child does not get to run (a closed lid, SIGSTOP, a
 * debugger, a paused virtual machine, a frozen cgroup) is no time in which the child could have answered, and does not
 * count; a tenth of it counts if the child is runnable and gets next to no processor time, or waits for its own pages.
 * The time is measured in steps, a twentieth of the limit and at most five seconds long; a step that took more than
 * twice its length is one in which this process was stopped. A stopped process gets a quarter of the limit to
 * resume, altogether at most one limit more.
 * Whether only the child is stopped is known on Linux from /proc and on macOS from `ps`; Windows has no cheap API for it.
 */
export class RunningDeadline {
  readonly #options: RunningDeadlineOptions;
  readonly #stepMs: number;
  readonly #timer: NodeJS.Timeout;
  #leftMs: number;
  #graceMs: number;
  #ranMs = 0;
  #lookedAt = performance.now();
  #child: ChildState | null = null;
  #heldMs = 0;
  #whoWasHeld: 'program' | 'child' = 'program';

  constructor(options: RunningDeadlineOptions) {
    const { limitMs } = options;
    this.#options = options;
    this.#stepMs = Math.min(LONGEST_STEP_MS, Math.max(50, limitMs / 20));
    this.#leftMs = limitMs;
    this.#graceMs = limitMs;
    this.#timer = setInterval(() => this.#step(), Math.min(this.#stepMs, Math.max(1, limitMs)));
  }

  /** The running time so far, in milliseconds. */
  get ranMs(): number {
    return this.#ranMs + Math.min(performance.now() - this.#lookedAt, 2 * this.#stepMs);
  }

  /** To be called when the wait is over. */
  end(): void {
    clearInterval(this.#timer);
    const passedMs = performance.now() - this.#lookedAt;
    if (passedMs > 2 * this.#stepMs) this.#held('program', passedMs);
    this.#noteHeld();
  }

  #step(): void {
    const now = performance.now();
    const passedMs = now - this.#lookedAt;
    this.#lookedAt = now;
    const before = this.#child;
    this.#child = childState(this.#options.pid);
    const isProgramHeld = passedMs > 2 * this.#stepMs;
    if (isProgramHeld || this.#child?.isStopped === true) {
      this.#held(isProgramHeld ? 'program' : 'child', passedMs);
      this.#giveGrace();
      return;
    }
    this.#noteHeld();
    // Not zero: a child that spins on an overloaded machine must end as well.
    const countedMs = isStarved(before, this.#child, passedMs) ? passedMs / 10 : passedMs;
    this.#ranMs += countedMs;
    this.#leftMs -= countedMs;
    if (this.#leftMs > 0) return;
    this.end();
    this.#options.onPassed();
  }

  #held(who: 'program' | 'child', heldMs: number): void {
    this.#whoWasHeld = who;
    this.#heldMs += heldMs;
  }

  #noteHeld(): void {
    const heldSeconds = Math.round(this.#heldMs / 1000);
    this.#heldMs = 0;
    // All deadlines that were running then notice it within a step.
    const isKnown = performance.now() - lastNotedAt < 2 * LONGEST_STEP_MS;
    if (heldSeconds === 0 || isKnown) return;
    lastNotedAt = performance.now();
    note({ event: 'wasHeld', who: this.#whoWasHeld, heldSeconds });
  }

  #giveGrace(): void {
    const graceMs = Math.min(this.#graceMs, Math.max(0, this.#options.limitMs / 4 - this.#leftMs));
    this.#leftMs += graceMs;
    this.#graceMs -= graceMs;
  }
}

/** What the system reports of a process. */
interface ChildState {
  /** Stopped by a signal or a debugger, or frozen with its cgroup. */
  readonly isStopped: boolean;
  /** Waits for a processor. */
  readonly isRunnable: boolean;
  /** Processor time of all its threads, in milliseconds. */
  readonly cpuMs: number;
  /** Pages that had to be read from a disk for it. */
  readonly majorFaults: number;
}

/** Linux reports processor time in hundredths of a second, whatever the kernel counts in (proc_pid_stat(5)). */
const MS_PER_CLOCK_TICK = 10;

function childState(pid: number | undefined): ChildState | null {
  if (pid === undefined) return null;
  if (process.platform === 'linux') return linuxState(pid);
  if (process.platform !== 'darwin') return null;
  const { stdout } = spawnSync('/bin/ps', ['-o', 'state=', '-p', String(pid)], { env: {}, encoding: 'utf8' });
  return { isStopped: stdout?.startsWith('T') ?? false, isRunnable: false, cpuMs: 0, majorFaults: 0 };
}

function linuxState(pid: number): ChildState | null {
  const stat = readIfThere(`/proc/${pid}/stat`);
  // The name is in brackets, and may contain brackets and spaces itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state = ''] = fields;
  if (state === '') return null;
  const number = (place: number) => Number(fields[place]);
  return {
    isStopped: state === 'T' || state === 't' || isFrozen(pid),
    isRunnable: state === 'R',
    cpuMs: (number(11) + number(12)) * MS_PER_CLOCK_TICK,
    majorFaults: number(9),
  };
}

/** Whether the process's own control group is frozen: of version 2, or of version 1, or of both side by side. */
function isFrozen(pid: number): boolean {
  const groups = readIfThere(`/proc/${pid}/cgroup`);
  const unified = /^0::(.+)$/m.exec(groups)?.[1];
  const freezer = /^\d+:freezer:(.+)$/m.exec(groups)?.[1];
  const states = [
    ...(unified === undefined ? [] : [`${unified}/cgroup.events`, `/unified${unified}/cgroup.events`]),
    ...(freezer === undefined ? [] : [`/freezer${freezer}/freezer.state`]),
  ];
  return states.some((file) => /^(frozen 1|FROZEN|FREEZING)$/m.test(readIfThere(`/sys/fs/cgroup${file}`)));
}

/** Whether a child wanted to run, or waited for its pages, and got next to no processor time: the machine is overloaded. */
function isStarved(before: ChildState | null, child: ChildState | null, passedMs: number): boolean {
  if (before === null || child === null) return false;
  const waits = child.isRunnable || child.majorFaults > before.majorFaults;
  return waits && child.cpuMs - before.cpuMs < passedMs / 10;
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
