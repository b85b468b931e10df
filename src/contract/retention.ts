import { z } from './schema.ts';

const count = z.number().int().nonnegative();
const atMs = z.number().int();

/** From so many days before it is erased, a recording is listed as one that will go. */
export const NOTICE_DAYS = 14;

/** The longest time for which recordings can be kept, in days: a hundred years. */
export const MOST_RETENTION_DAYS = 36_500;

/** The most recordings of one matter that are listed with their last day; those that go first come first. */
export const MOST_LISTED = 500;

/** For how many days after its import a recording is kept. */
export const RetentionDays = z.number().int().min(1).max(MOST_RETENTION_DAYS);

/** A recording that its matter's retention will erase. */
export const DueRecording = z.object({
  recordingId: z.string(),
  name: z.string(),
  matterId: z.string(),
  matterName: z.string(),
  /** When it was imported or recorded: the days count from there. */
  importedAtMs: atMs,
  /** From when on it may be erased. */
  dueAtMs: atMs,
  /** Whether it goes without a question. */
  automatic: z.boolean(),
});
export type DueRecording = z.infer<typeof DueRecording>;

/** How long a matter keeps its recordings. */
export const RetentionView = z.object({
  matterId: z.string(),
  /** Null: without an end. */
  days: RetentionDays.nullable(),
  /** Whether what is due goes without a question once the user has confirmed it the first time. */
  automatic: z.boolean(),
  /** Since when nothing of the matter may be erased; null if it may. */
  heldSinceMs: atMs.nullable(),
  /** How many recordings would go if nothing changed; none while the matter is held. */
  dueCount: count,
  /** The first of them, by their day. */
  due: z.array(DueRecording).max(MOST_LISTED),
});
export type RetentionView = z.infer<typeof RetentionView>;

/** What goes now or within `NOTICE_DAYS`, in all matters that are not held. */
export const DueView = z.object({
  /** Against this `dueAtMs` tells whether a recording goes now. */
  nowMs: atMs,
  due: z.array(DueRecording),
  /** The matters that are held. */
  heldMatterIds: z.array(z.string()),
  /** How many recordings have gone without a question since the vault was opened, and was not told yet. */
  erased: count,
  /**
   * Not null while nothing goes by itself because the computer's clock does not fit what the vault has seen: the latest
   * time in it before the clock jumped.
   */
  clockDoubt: z.object({ latestAtMs: atMs }).nullable(),
});
export type DueView = z.infer<typeof DueView>;

/** A certificate of erasing, as it is listed. */
export const CertificateView = z.object({
  id: z.string(),
  writtenAtMs: atMs,
  /** How many recordings it is about. */
  recordings: count,
  /** Whether retention erased them, and not a person by hand. */
  byRetention: z.boolean(),
});
export type CertificateView = z.infer<typeof CertificateView>;
