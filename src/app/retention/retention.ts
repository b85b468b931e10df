import { AppError, isAppError } from '../../contract/errors.ts';
import type { Locale } from '../../contract/locale.ts';
import {
  type CertificateView,
  type DueView,
  MOST_LISTED,
  NOTICE_DAYS,
  type RetentionView,
} from '../../contract/retention.ts';
import type { Database } from '../../core/database/database.ts';
import type { StoredDue } from '../../core/database/retention/retentions.db.ts';
import type { Recordings } from '../recordings/recordings.ts';
import { Certificates } from './certificates.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Erasing as retention needs it. */
type Erasing = Pick<Recordings, 'eraseConfirmed' | 'eraseDue' | 'isBinDue'>;

/** Dependencies of retention. */
export interface RetentionParts {
  readonly database: Database;
  readonly recordings: Erasing;
  /** Language of certificates. */
  readonly language: () => Locale;
}

/** Listeners to changes of retention. */
export interface RetentionObserver {
  /** How long a matter keeps its recordings, or what is due, has changed. */
  readonly onChange?: () => void;
}

/**
 * How long the matters of an open vault keep their recordings. Days count from a recording's import. What is due is erased
 * for good, not put into the bin, and a certificate is written. The first time, the user is asked.
 */
export class Retention {
  readonly certificates: Certificates;
  readonly #database: Database;
  readonly #recordings: Erasing;
  readonly #observer: RetentionObserver;
  #daily: NodeJS.Timeout | null = null;
  #isClosed = false;
  #erasing: Promise<void> = Promise.resolve();
  #untold = 0;

  constructor({ database, recordings, language }: RetentionParts, observer: RetentionObserver = {}) {
    this.certificates = new Certificates(database, language);
    this.#database = database;
    this.#recordings = recordings;
    this.#observer = observer;
  }

  /** Erases what goes without a question, at once and every day until it is closed. */
  async begin(): Promise<void> {
    await this.eraseAutomatic(Date.now());
    if (this.#isClosed) return;
    this.#daily = setInterval(() => void this.eraseAutomatic(Date.now()), DAY_MS);
    this.#daily.unref();
  }

  /** Ends erasing by itself; what has gone by then gets its certificate first. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#daily !== null) clearInterval(this.#daily);
    this.#daily = null;
    await this.#erasing;
  }

  /** How long a matter keeps its recordings, and which go when. Throws `matter.notFound`. */
  async view(matterId: string): Promise<RetentionView> {
    const { matters, retentions } = this.#database;
    if ((await matters.get(matterId)) === null) throw new AppError('matter.notFound', {});
    const stored = await retentions.get(matterId);
    const due = await retentions.due({ untilMs: Number.MAX_SAFE_INTEGER, matterId });
    return {
      matterId,
      days: stored?.days ?? null,
      automatic: stored?.automatic ?? false,
      heldSinceMs: stored?.heldSinceMs ?? null,
      dueCount: due.length,
      due: due.slice(0, MOST_LISTED),
    };
  }

  /** Sets for how many days a matter keeps its recordings; null: without an end. Throws `matter.notFound`. */
  async set(
    matterId: string,
    { days, automatic }: Pick<RetentionView, 'days' | 'automatic'>,
  ): Promise<RetentionView> {
    await this.#database.retentions.set({ matterId, days, automatic, atMs: Date.now() });
    this.#observer.onChange?.();
    return await this.view(matterId);
  }

  /** Holds a matter, so that nothing of it is erased, or releases it. Throws `matter.notFound`. */
  async hold(matterId: string, held: boolean): Promise<RetentionView> {
    await this.#database.retentions.hold({ matterId, held, atMs: Date.now() });
    this.#observer.onChange?.();
    return await this.view(matterId);
  }

  /** What goes now and within `NOTICE_DAYS`; what has gone by itself is told once. The clock is doubted only if something would go. */
  async due(nowMs = Date.now()): Promise<DueView> {
    const due = await this.#database.retentions.due({ untilMs: nowMs + NOTICE_DAYS * DAY_MS });
    const heldMatterIds = await this.#database.retentions.heldMatterIds();
    const erased = this.#untold;
    this.#untold = 0;
    const isAnyNow = due.some(({ dueAtMs }) => dueAtMs <= nowMs);
    const isClockAsked = isAnyNow || (await this.#recordings.isBinDue(nowMs));
    const clockDoubt = isClockAsked ? await this.#database.audit.clockDoubt(nowMs) : null;
    return { nowMs, due, heldMatterIds, erased, clockDoubt };
  }

  /** The user says that the computer's clock is right. What is due is asked about again, also where it would go by itself. */
  async confirmClock(): Promise<void> {
    await this.#database.retentions.confirmClock({ atMs: Date.now() });
    this.#observer.onChange?.();
  }

  /**
   * Erases recordings whose time is over, with a certificate for each matter. From then on more goes without a question
   * where a matter says so. Throws `usage.notConfirmed` unless the user typed their number and all are due,
   * `retention.clockDoubted`, and what erasing throws; what was erased until then has its certificate.
   */
  async eraseDue(
    recordingIds: readonly string[],
    typedCount: number,
    withNames: boolean,
  ): Promise<CertificateView[]> {
    const wanted = new Set(recordingIds);
    const { retentions } = this.#database;
    const due = (await retentions.due({ untilMs: Date.now() })).filter(({ recordingId }) =>
      wanted.has(recordingId),
    );
    if (wanted.size !== typedCount || due.length !== wanted.size)
      throw new AppError('usage.notConfirmed', {});
    await this.#assertClockRight(Date.now());
    const certificates: CertificateView[] = [];
    try {
      for (const [matterId, ofMatter] of byMatter(due)) {
        const { certificate, failure } = await this.#erase(ofMatter, withNames);
        if (certificate !== null) certificates.push(certificate);
        if (failure !== null) throw failure;
        await retentions.setConfirmed({ matterId, confirmed: true });
      }
    } finally {
      this.#observer.onChange?.();
    }
    return certificates;
  }

  /** Erases recordings by hand, as `Recordings.eraseConfirmed`, and certifies it; if that fails midway, what has gone. */
  async eraseCertified(
    recordingIds: readonly string[],
    typedCount: number,
    withNames: boolean,
  ): Promise<CertificateView> {
    const facts = await this.certificates.factsOf([...new Set(recordingIds)]);
    try {
      await this.#recordings.eraseConfirmed(recordingIds, typedCount);
    } catch (error) {
      const left = await this.#database.recordings.list({ ids: recordingIds });
      const gone = facts.filter(({ id }) => !left.some((recording) => recording.id === id));
      if (gone.length > 0) {
        await this.certificates.write(gone, 'byHand', withNames);
        this.#observer.onChange?.();
      }
      throw error;
    }
    this.#observer.onChange?.();
    return await this.certificates.write(facts, 'byHand', withNames);
  }

  /** Erases what is due at a time and goes without a question. What cannot be erased now is tried again the next time. */
  eraseAutomatic(nowMs: number): Promise<void> {
    this.#erasing = this.#eraseAutomatic(nowMs);
    return this.#erasing;
  }

  async #eraseAutomatic(nowMs: number): Promise<void> {
    try {
      await this.#assertClockRight(nowMs);
      const due = await this.#database.retentions.due({ untilMs: nowMs });
      for (const ofMatter of byMatter(due.filter(({ automatic }) => automatic)).values()) {
        const { certificate, failure } = await this.#erase(ofMatter, false);
        this.#untold += certificate?.recordings ?? 0;
        if (certificate !== null) this.#observer.onChange?.();
        if (failure !== null) throw failure;
      }
    } catch (error) {
      // A full disk or a recording in use keeps nobody out of a vault.
      if (!isAppError(error)) throw error;
    }
  }

  /** Throws `retention.clockDoubted` if its time does not fit what the vault has seen: see `AuditReader.clockDoubt`. */
  async #assertClockRight(nowMs: number): Promise<void> {
    const doubt = await this.#database.audit.clockDoubt(nowMs);
    if (doubt === null) return;
    const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
    throw new AppError('retention.clockDoubted', { today: day(nowMs), latest: day(doubt.latestAtMs) });
  }

  /** Erases recordings of one matter until one fails, and certifies those that have gone. */
  async #erase(
    due: readonly StoredDue[],
    withNames: boolean,
  ): Promise<{ certificate: CertificateView | null; failure: unknown }> {
    const facts = await this.certificates.factsOf(due.map(({ recordingId }) => recordingId));
    const [first] = due;
    let failure: unknown = null;
    let gone = 0;
    try {
      for (const { id } of facts) {
        if (this.#isClosed) break;
        await this.#recordings.eraseDue(id);
        gone += 1;
      }
    } catch (error) {
      failure = error;
    }
    if (gone === 0 || first === undefined) return { certificate: null, failure };
    const certificate = await this.certificates.write(facts.slice(0, gone), first, withNames);
    return { certificate, failure };
  }
}

function byMatter(due: readonly StoredDue[]): Map<string, StoredDue[]> {
  return Map.groupBy(due, ({ matterId }) => matterId);
}
