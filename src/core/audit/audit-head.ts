import type { ChainHead } from './chain.ts';
import { type HeadReading, readHeadFile, writeHeadFile } from './head-file.ts';
import { type AuditFault, headFaults } from './verify-chain.ts';

/**
 * The head file of an open audit log. It follows the log after every commit, unless it did not agree with the log when
 * it was opened: then it is never written again, to preserve the evidence.
 */
export class AuditHead {
  readonly #file: string;
  readonly #key: Uint8Array;
  #agrees = true;
  #unwritten: ChainHead | null = null;

  constructor(file: string, key: Uint8Array) {
    this.#file = file;
    this.#key = key;
  }

  /** The key of the chain's hashes. */
  get key(): Uint8Array {
    return this.#key;
  }

  /**
   * Compares the head file with the log as it was found at opening, and creates the file for a log without entries.
   * `last` is the log's end, `hashAt` returns the hash of the entry of a number, or null.
   */
  open(last: ChainHead, hashAt: (sequence: number) => Buffer | null): AuditFault[] {
    const head = this.read();
    if (head === 'missing' && last.sequence === 0) {
      writeHeadFile(this.#file, this.#key, last);
      return [];
    }
    const faults = headFaults(head, typeof head === 'string' ? null : hashAt(head.sequence), last);
    this.#agrees = faults.length === 0;
    return faults;
  }

  /** Reads the head file. */
  read(): HeadReading {
    return readHeadFile(this.#file, this.#key);
  }

  /**
   * Follows the log to its new end. The entry is committed already, and a head that lags behind is valid: if writing
   * fails, the next call retries, or `flush`, which throws.
   */
  follow(head: ChainHead): void {
    this.#unwritten = head;
    try {
      this.flush();
    } catch {
      // Kept in #unwritten: the next `follow` or the closing `flush` writes it or reports.
    }
  }

  /** Writes the head if it lags behind the log. Throws Node's system errors. */
  flush(): void {
    if (this.#unwritten === null || !this.#agrees) return;
    writeHeadFile(this.#file, this.#key, this.#unwritten);
    this.#unwritten = null;
  }
}
