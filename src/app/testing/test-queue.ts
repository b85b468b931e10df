import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobOptions } from '../../contract/job.ts';
import type { Job } from '../../core/database/jobs/jobs.db.ts';
import { installFault } from '../../core/fault-points.ts';
import { EventLog } from './event-log.ts';
import { make, RECORDINGS } from './short-recordings.ts';
import type { Workspace } from './test-workspace.ts';
import {
  makeVault,
  openWorkspace,
  PLAIN_IMPORT,
  SAMPLE_OPTIONS,
  type TestWorkspaceOptions,
} from './test-workspace.ts';

/** A vault with its queue, opened, closed and opened again in the course of a test. */
export class TestQueue {
  readonly folder: string;
  /** 40 s of a call: two channels, a window each. */
  readonly call: string;
  readonly log = new EventLog();
  readonly #open = new Set<Workspace>();

  private constructor(folder: string, call: string) {
    this.folder = folder;
    this.call = call;
  }

  static async make(): Promise<TestQueue> {
    const folder = await mkdtemp(join(tmpdir(), 'voicesync-jobs-test-'));
    await makeVault(join(folder, 'vault'));
    const call = await make(join(folder, 'call.flac'), '-t', '40', '-i', RECORDINGS.call);
    return new TestQueue(folder, call);
  }

  /** Closes what is open and deletes everything. */
  async remove(): Promise<void> {
    installFault(null);
    for (const workspace of this.#open) await workspace.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Opens the vault and starts its queue, as the program does. */
  async started(options: TestWorkspaceOptions = {}): Promise<Workspace> {
    const vault = join(this.folder, 'vault');
    const workspace = await openWorkspace(vault, { emit: this.log.emit, ...options });
    this.#open.add(workspace);
    await workspace.queue.start();
    return workspace;
  }

  /** Closes the vault. */
  async closed(workspace: Workspace): Promise<void> {
    this.#open.delete(workspace);
    await workspace.close();
  }

  /** Closes the vault and opens it again. */
  async restarted(workspace: Workspace, options: TestWorkspaceOptions = {}): Promise<Workspace> {
    await this.closed(workspace);
    return await this.started(options);
  }

  /** Queues a file, the call if no other is named; returns the job's id. */
  async add(
    { queue }: Workspace,
    source: string = this.call,
    options: JobOptions = SAMPLE_OPTIONS,
  ): Promise<string> {
    return (await queue.addFile(source, PLAIN_IMPORT, options, null)).jobId;
  }
}

/** The current row of a job. */
export function job({ database }: Workspace, jobId: string): Promise<Job> {
  return database.jobs.get(jobId);
}
