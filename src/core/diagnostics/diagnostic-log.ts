import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Diagnostic, LogEntry } from '../../contract/diagnostics.ts';
import { logsFolder } from '../folders.ts';
import { isOwnPosition } from './error-facts.ts';

const FILE = 'diagnostics.log';
/** The log's older file, rotated when it was full. */
const EARLIER = 'diagnostics.1.log';
/** While this file exists, nothing is written, neither by the window nor by the command line. */
const OFF = 'off';

/** The limits of a log. */
export interface LogLimits {
  /** Size of each of its two files. */
  readonly fileBytes: number;
  /** Entries of one process in a minute; those beyond are counted. */
  readonly entriesAMinute: number;
}

const LIMITS: LogLimits = { fileBytes: 1024 ** 2, entriesAMinute: 120 };
const MINUTE_MS = 60_000;

/**
 * The diagnostic log of this machine's user: one JSON entry a line (`LogEntry`), in two files that rotate, which only
 * the user may read. Written at once, so that it survives a crash, and by several processes side by side. What does
 * not fit the schema is not written. Logging never stops the work: what cannot be written is left out.
 */
export class DiagnosticLog {
  readonly folder: string;
  readonly #limits: LogLimits;
  #minuteAtMs = 0;
  #inMinute = 0;
  #leftOut = 0;

  constructor(folder = logsFolder(), limits: LogLimits = LIMITS) {
    this.folder = folder;
    this.#limits = limits;
  }

  /** Writes an entry. */
  note(what: Diagnostic, atMs = Date.now()): void {
    if (!this.#mayWrite(atMs)) return;
    if (this.#leftOut > 0) {
      this.#write({ event: 'leftOut', entries: this.#leftOut }, atMs);
      this.#leftOut = 0;
    }
    this.#write(what, atMs);
  }

  /** All entries, the earliest first. Lines truncated by a crash, or written by another program, are left out. */
  entries(): LogEntry[] {
    return [EARLIER, FILE]
      .flatMap((name) => readIfThere(join(this.folder, name)).split('\n'))
      .map(parsedLine)
      .filter((entry) => entry !== null);
  }

  /** Whether entries are written. */
  get isOn(): boolean {
    return !existsSync(join(this.folder, OFF));
  }

  /** Begins or stops to write entries; stopping deletes what exists. Throws the operating system's errors. */
  switch(isOn: boolean): void {
    if (isOn) rmSync(join(this.folder, OFF), { force: true });
    else {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      writeFileSync(join(this.folder, OFF), '', { mode: 0o600 });
      this.delete();
    }
  }

  /** Deletes all entries. Throws the operating system's errors. */
  delete(): void {
    for (const name of [FILE, EARLIER]) rmSync(join(this.folder, name), { force: true });
  }

  #mayWrite(atMs: number): boolean {
    if (Math.abs(atMs - this.#minuteAtMs) >= MINUTE_MS) {
      this.#minuteAtMs = atMs;
      this.#inMinute = 0;
    }
    this.#inMinute += 1;
    if (this.#inMinute <= this.#limits.entriesAMinute) return true;
    this.#leftOut += 1;
    return false;
  }

  #write(what: Diagnostic, atMs: number): void {
    const parsed = Diagnostic.safeParse(what);
    if (!parsed.success) return;
    const entry: LogEntry = { atMs, process: process.pid, what: withOwnPositions(parsed.data) };
    const file = join(this.folder, FILE);
    try {
      if (!this.isOn) return;
      // If there is no data folder yet, merely starting the program must not create one.
      if (!existsSync(this.folder)) mkdirSync(this.folder, { mode: 0o700 });
      const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
      if (size > this.#limits.fileBytes) renameSync(file, join(this.folder, EARLIER));
      appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
    } catch {
      // A full disk, or a folder that is not writable: the work takes precedence.
    }
  }
}

/** A page reports its positions itself: what is no file of this program is left out. */
function withOwnPositions(what: Diagnostic): Diagnostic {
  return what.event === 'pageFailed' ? { ...what, at: what.at.filter(isOwnPosition) } : what;
}

function parsedLine(line: string): LogEntry | null {
  if (line === '') return null;
  try {
    return LogEntry.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
