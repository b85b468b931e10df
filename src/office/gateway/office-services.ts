import type { ErrorCode } from '../../contract/errors.ts';
import type { JobState } from '../../contract/job.ts';
import type { OfficeErrorCode } from '../contract/office-errors.ts';
import type { FinishedJobs } from '../database/finished-jobs.db.ts';
import type { Commits } from '../database/group-commit.ts';
import type { JobEvents } from '../database/job-events.db.ts';
import type { Notices } from '../database/notices.db.ts';
import type { OfficeAudit } from '../database/office-audit.db.ts';
import type { OfficeTenants } from '../database/office-tenants.db.ts';
import type { OfficeUploads } from '../database/office-uploads.db.ts';
import type { Subscriptions } from '../database/subscriptions.db.ts';
import type { TenantKeys } from '../database/tenant-keys.db.ts';
import type { AllowedHosts } from '../notices/webhook-target.ts';
import type { AttemptRows } from '../queue/job-taker.ts';
import type { WorkerScaling } from '../scaling/worker-scaling.ts';
import type { S3Store } from '../store/s3-store.ts';
import type { GatewayWatch } from '../watch/gateway-watch.ts';
import type { LiveWorkers } from '../watch/live-workers.ts';
import type { TokenRows } from './access-tokens.ts';
import type { IdentityProvider } from './identity-provider.ts';
import type { OfficePage } from './page-routes.ts';

/** A job's row, as far as the gateway tells of it. */
export interface JobRow {
  readonly id: string;
  readonly tenantId: string;
  readonly state: JobState;
  readonly attempts: number;
  readonly failureCode: ErrorCode | OfficeErrorCode | null;
  readonly retryAtMs: number | null;
  readonly progress: number | null;
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly finishedAtMs: number | null;
  /** The divided recording's job that this one is a window of: no tenant is told of such a job. */
  readonly parentId: string | null;
  readonly windows: number;
}

/** The rows of jobs. */
export interface JobRows {
  /** Adds a queued job's row; runs within a transaction. */
  add(job: { id: string; tenantId: string; atMs: number; traceParent?: string | null }): void;
  /** Throws `job.notFound`. */
  get(id: string): JobRow;
  /** The first so many in the order of the queue. */
  list(filter: { state: JobState | null; tenantId: string; limit: number }): JobRow[];
  /** Finished recordings whose windows were not forgotten. */
  withLeftoverWindows(): JobRow[];
  /** Forgets the windows of a finished recording. */
  removeWindows(id: string): void;
}

/** The queue that carries jobs to the workers. Each throws `job.notFound`, and `job.wrongState` where a job's state does not allow it. */
export interface JobCommands {
  /** Queues the job of a row, and those of its windows, if its recording was divided. */
  add(id: string): Promise<void>;
  pause(id: string): Promise<void>;
  cancel(id: string): Promise<void>;
  resume(id: string): Promise<void>;
  retry(id: string): Promise<void>;
  /** Before all others of its tenant. */
  putFirst(id: string): Promise<void>;
}

/** Whom a tenant may have told. */
export interface NoticeRules {
  readonly webhookHosts: AllowedHosts;
  /** Whether an address may be written to; null where no mail is sent. */
  readonly mayMailTo: ((address: string) => boolean) | null;
}

/** What the gateway is made of. */
export interface OfficeServices {
  readonly store: S3Store;
  /** Waited for before anybody hears of rows, and before the store forgets something because of them. */
  readonly commits: Commits;
  readonly uploads: Pick<OfficeUploads, 'add' | 'get' | 'jobsOf' | 'complete' | 'remove' | 'openSince'>;
  readonly tokens: TokenRows;
  readonly tenants: OfficeTenants;
  readonly audit: Pick<OfficeAudit, 'append' | 'page'>;
  /** Runs changes of rows as one, all or none. */
  transaction<T>(work: () => T): T;
  /** Whose users are let in; null if the house has none. */
  readonly identityProvider: IdentityProvider | null;
  readonly tenantKeys: Pick<TenantKeys, 'vaultKey'>;
  /** The workers' public keys, told to clients. */
  readonly workerKeys: readonly Uint8Array[];
  readonly jobs: JobRows;
  readonly events: JobEvents;
  readonly subscriptions: Subscriptions;
  readonly notices: Notices;
  readonly noticeRules: NoticeRules;
  readonly finished: Pick<FinishedJobs, 'after'>;
  readonly queue: JobCommands;
  /** What workers ask. */
  readonly attempts: AttemptRows;
  /** Which of them live. */
  readonly workers: LiveWorkers;
  /** How many are wanted. Throws `scaling.notYet`. */
  readonly scaling: Pick<WorkerScaling, 'state'>;
  /** Told of what happens, for those who look after the office. */
  readonly watch: GatewayWatch;
  /** The page for browsers; without it there is none. */
  readonly page?: OfficePage;
  readonly now?: () => number;
}

/** The time by the clock of the services. */
export function nowOf({ now }: Pick<OfficeServices, 'now'>): number {
  return (now ?? Date.now)();
}
