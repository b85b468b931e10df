import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type JobEventData, type OfficeEventData, RECONNECT_MS } from '../contract/events-api.ts';
import { OfficeError } from '../contract/office-errors.ts';
import type { Commits } from '../database/group-commit.ts';
import type { JobEvents } from '../database/job-events.db.ts';

/** Bounds of the streams. */
export interface StreamLimits {
  /** How often the rows are looked at, in milliseconds. */
  readonly tickMs: number;
  /** Silence after which a comment is sent, so that nobody between takes the connection for dead. */
  readonly heartbeatMs: number;
  /** How often it is looked whether a token still holds. */
  readonly checkMs: number;
  /** Streams that one token may have open. */
  readonly perToken: number;
  /** Streams of all tenants together. */
  readonly inAll: number;
  /** Bytes that wait for a slow reader before it gets nothing further, */
  readonly waitingBytes: number;
  /** and how long they may, in milliseconds, before it is cut off. */
  readonly stalledMs: number;
  /** Events that are read at once. */
  readonly batch: number;
}

const LIMITS: StreamLimits = {
  tickMs: 250,
  heartbeatMs: 15_000,
  checkMs: 2_000,
  perToken: 20,
  inAll: 2_000,
  waitingBytes: 64 * 1024,
  stalledMs: 30_000,
  batch: 200,
};

/** One who listens. */
export interface StreamRequest {
  readonly tenantId: string;
  /** The request's `authorization`, by which readers of one token are known. */
  readonly authorization: string;
  /** Throws once the request would be refused: its token has expired or was taken back. */
  readonly accept: () => unknown;
  /** The `Last-Event-ID` of one who comes back; null for one who begins. */
  readonly lastEventId: string | null;
}

interface Reader extends Pick<StreamRequest, 'tenantId' | 'accept'> {
  readonly tokenHash: string;
  readonly response: ServerResponse;
  /** The last event that was written. */
  sequence: number;
  writtenAtMs: number;
  checkedAtMs: number;
  /** Since when too much waits for the reader; null while it keeps up. */
  stalledSinceMs: number | null;
}

/**
 * The open streams of job events, all fed by one timer that looks at the rows: whatever changes a job, in this process or another,
 * its tenant's readers hear of it, and a reader costs nothing but its connection. What a reader has not taken stays in the table,
 * not in memory: each goes on from the event that it had last.
 */
export class EventStreams {
  readonly #events: JobEvents;
  readonly #commits: Commits;
  readonly #limits: StreamLimits;
  readonly #now: () => number;
  readonly #onUnexpected: (error: unknown) => void;
  readonly #readers = new Set<Reader>();
  #told = new Map<string, number>();
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(
    { events, commits }: { readonly events: JobEvents; readonly commits: Commits },
    onUnexpected: (error: unknown) => void,
    { now = Date.now, limits = {} }: { now?: () => number; limits?: Partial<StreamLimits> } = {},
  ) {
    this.#events = events;
    this.#commits = commits;
    this.#onUnexpected = onUnexpected;
    this.#now = now;
    this.#limits = { ...LIMITS, ...limits };
  }

  /** Begins a stream. Throws `events.tooMany` before anything is written. */
  open({ tenantId, authorization, accept, lastEventId }: StreamRequest, begin: () => ServerResponse): void {
    const tokenHash = createHash('sha256').update(authorization).digest('base64');
    const ofToken = [...this.#readers].filter((reader) => reader.tokenHash === tokenHash).length;
    if (this.#isClosed || ofToken >= this.#limits.perToken || this.#readers.size >= this.#limits.inAll) {
      throw new OfficeError('events.tooMany');
    }
    const last = this.#events.last(tenantId);
    const response = begin();
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      // What stands before the gateway is not to gather events.
      'x-accel-buffering': 'no',
    });
    const [writtenAtMs, checkedAtMs] = [this.#now(), this.#now()];
    const reader: Reader = {
      ...{ tenantId, accept, tokenHash, response, writtenAtMs, checkedAtMs },
      sequence: last,
      stalledSinceMs: null,
    };
    this.#write(reader, `retry: ${RECONNECT_MS}\n`);
    const asked = lastEventId === null ? last : Number(lastEventId);
    if (Number.isSafeInteger(asked) && asked >= 0 && asked <= last) reader.sequence = asked;
    else this.#write(reader, framed('gap', {}, last));
    this.#write(reader, framed('ready', {}, reader.sequence));
    this.#readers.add(reader);
    response.once('close', () => this.#leave(reader));
    this.#timer ??= setInterval(() => this.#tick(), this.#limits.tickMs);
  }

  /** How many streams are open. */
  get size(): number {
    return this.#readers.size;
  }

  /** Ends all streams; their readers come back to whoever answers next. */
  close(): void {
    this.#isClosed = true;
    for (const { response } of this.#readers) response.end();
  }

  #leave(reader: Reader): void {
    this.#readers.delete(reader);
    if (this.#readers.size > 0) return;
    clearInterval(this.#timer ?? undefined);
    this.#timer = null;
  }

  #tick(): void {
    try {
      const progress = this.#newProgress();
      // Readers of a tenant that stand at the same event get the same text.
      const batches = new Map<string, Batch | null>();
      for (const reader of this.#readers) this.#serve(reader, batches, progress);
    } catch (error) {
      this.#onUnexpected(error);
    }
  }

  #serve(reader: Reader, batches: Map<string, Batch | null>, progress: Map<string, string>): void {
    const { response, tenantId } = reader;
    const now = this.#now();
    const { checkMs, waitingBytes, stalledMs, heartbeatMs } = this.#limits;
    if (now - reader.checkedAtMs >= checkMs) {
      reader.checkedAtMs = now;
      void this.#check(reader);
    }
    if (response.writableLength > waitingBytes) {
      reader.stalledSinceMs ??= now;
      if (now - reader.stalledSinceMs >= stalledMs) response.destroy();
      return;
    }
    reader.stalledSinceMs = null;
    const place = `${tenantId} ${reader.sequence}`;
    const batch = batches.get(place) ?? this.#batchAfter(tenantId, reader.sequence);
    batches.set(place, batch);
    if (batch !== null) {
      reader.sequence = batch.last;
      this.#write(reader, batch.text);
    }
    const news = progress.get(tenantId);
    if (news !== undefined) this.#write(reader, news);
    if (now - reader.writtenAtMs >= heartbeatMs) this.#write(reader, ':\n\n');
  }

  /** What comes after an event; null if nothing does. */
  #batchAfter(tenantId: string, sequence: number): Batch | null {
    const events = this.#events.after(tenantId, sequence, this.#limits.batch);
    const [first, end] = [events[0], events.at(-1)];
    if (first === undefined || end === undefined) return null;
    if (first.sequence !== sequence + 1) {
      const last = this.#events.last(tenantId);
      return { text: framed('gap', {}, last), last };
    }
    const text = events.map(({ sequence, ...event }) =>
      framed('job', event satisfies JobEventData, sequence),
    );
    return { text: text.join(''), last: end.sequence };
  }

  /** What was told of running jobs since the last look, as text for each tenant. */
  #newProgress(): Map<string, string> {
    const texts = new Map<string, string>();
    const told = new Map<string, number>();
    for (const { jobId, tenantId, progress } of this.#events.progress()) {
      told.set(jobId, progress);
      if (this.#told.get(jobId) === progress) continue;
      texts.set(tenantId, (texts.get(tenantId) ?? '') + framed('progress', { jobId, progress }, null));
    }
    this.#told = told;
    return texts;
  }

  async #check({ accept, response }: Reader): Promise<void> {
    try {
      await accept();
    } catch {
      response.end();
    }
  }

  /** Writes once no power cut can take back what is told. What is written first stays first: those who wait go on in their order. */
  #write(reader: Reader, text: string): void {
    const { response } = reader;
    reader.writtenAtMs = this.#now();
    this.#commits.durable().then(
      () => {
        if (!response.writableEnded && !response.destroyed) response.write(text);
      },
      // The gateway ends: whoever comes back goes on from what he had.
      () => response.destroy(),
    );
  }
}

interface Batch {
  readonly text: string;
  readonly last: number;
}

/** An event in the form of the HTML standard's event streams; JSON has no line breaks. */
function framed(name: keyof typeof OfficeEventData, data: object, id: number | null): string {
  return `event: ${name}\n${id === null ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
}
