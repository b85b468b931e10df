import { type Command, Option } from 'commander';
import type { Delivery } from '../../contract/document.ts';
import { AppError } from '../../contract/errors.ts';
import { userLanguage } from '../../contract/user-language.ts';
import type { Job } from '../../core/database/repositories/jobs.ts';
import { prometheusText } from '../../core/jobs/metrics.ts';
import type { Workspace } from '../../core/workspace.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { FileOutcomes } from '../file-outcomes.ts';
import { Interrupt } from '../interrupt.ts';
import { deliveryFor, jobOptions } from '../job-options.ts';
import {
  type DeliveryFlags,
  type OutputFlags,
  parseClockTime,
  type TranscriptionFlags,
  type VaultFlags,
  withDeliveryOptions,
  withOutputOptions,
  withTranscriptionOptions,
  withVaultOptions,
} from '../options.ts';
import { clockTime, fileSize, table, timeOfDay, timesRealTime } from '../readable.ts';
import { reporterFor } from '../reporter-choice.ts';
import { runCommand } from '../run-command.ts';
import { shortId } from '../short-id.ts';
import { withWorkspace } from '../with-workspace.ts';

type RangeFlags = VaultFlags & { readonly from?: number; readonly to?: number };
type MetricsFlags = VaultFlags & { readonly format: 'table' | 'prometheus' };

const EXAMPLES = `
Examples:
  voicesync queue list --vault ~/Vault
  voicesync queue run --vault ~/Vault                 works until nothing is left to do
  voicesync queue first 4f2a1c --vault ~/Vault        puts a job before all others
  voicesync queue first 4f2a1c --from 12:00 --to 15:00 --vault ~/Vault
                                                      and this stretch of it before the rest
Jobs are named by the id that "queue list" shows.
`;

/** `voicesync queue`. */
export function addQueueCommand(program: Command): void {
  const queue = program.command('queue').description('See and steer what is to be transcribed in a vault');
  queue.addHelpText('after', EXAMPLES);

  withVaultOptions(queue.command('list').description('List the jobs in their order'), 'required').action(
    (flags: VaultFlags) => runCommand(() => withWorkspace(flags, list)),
  );

  const run = queue.command('run').description('Transcribe until nothing is left to do');
  withOutputOptions(withVaultOptions(run, 'required'));
  run.action((flags: VaultFlags & OutputFlags) => runCommand(() => runQueue(flags)));

  const add = queue
    .command('add <recording>')
    .description('Queue the transcription of a recording that is in the vault');
  withVaultOptions(withDeliveryOptions(withTranscriptionOptions(add)), 'required');
  add.action((recording: string, flags: VaultFlags & DeliveryFlags & TranscriptionFlags) =>
    runCommand(() => addJob(recording, flags)),
  );

  const steps: [
    name: string,
    description: string,
    step: (workspace: Workspace, jobId: string) => Promise<void>,
  ][] = [
    ['pause', 'Keep a job from running until it is resumed', ({ queue: jobs }, id) => jobs.pause(id)],
    ['resume', 'Let a paused job run again', ({ queue: jobs }, id) => jobs.resume(id)],
    ['cancel', 'Give a job up; what is transcribed stays', ({ queue: jobs }, id) => jobs.cancel(id)],
    ['retry', 'Try a failed job again', ({ queue: jobs }, id) => jobs.retry(id)],
  ];
  for (const [name, description, step] of steps) {
    withVaultOptions(queue.command(`${name} <job...>`).description(description), 'required').action(
      (ids: string[], flags: VaultFlags) =>
        runCommand(() => withWorkspace(flags, (open) => steer(open, ids, step))),
    );
  }

  const first = queue
    .command('first <job>')
    .description('Put a job before all others')
    .addOption(new Option('--from <time>', 'first this stretch of it, from …').argParser(parseClockTime))
    .addOption(new Option('--to <time>', '… to').argParser(parseClockTime));
  withVaultOptions(first, 'required').action((id: string, flags: RangeFlags) =>
    runCommand(() => withWorkspace(flags, (open) => putFirst(open, id, flags))),
  );

  const metrics = queue
    .command('metrics')
    .description('Show what the jobs have cost')
    .addOption(new Option('--format <format>', 'how').choices(['table', 'prometheus']).default('table'));
  withVaultOptions(metrics, 'required').action((flags: MetricsFlags) =>
    runCommand(() => withWorkspace(flags, (open) => showMetrics(open, flags.format))),
  );
}

async function list({ database }: Workspace): Promise<ExitStatus> {
  const jobs = await database.jobs.list();
  const rows = jobs.map((job) => [
    shortId(job.id),
    job.recordingName,
    job.state,
    String(job.attempts),
    job.retryAtMs === null ? '' : timeOfDay(job.retryAtMs),
    job.failure?.code ?? '',
  ]);
  const header = ['Job', 'Recording', 'State', 'Attempts', 'Retry at', 'Reason'];
  process.stdout.write(jobs.length === 0 ? 'Nothing is queued.\n' : `${table(header, rows)}\n`);
  return EXIT.done;
}

async function runQueue(flags: VaultFlags & OutputFlags): Promise<ExitStatus> {
  const reporter = reporterFor(flags, userLanguage(process.env));
  const outcomes = new FileOutcomes();
  const interrupt = new Interrupt();
  const work = async (workspace: Workspace) => {
    for (const job of await workspace.database.jobs.list()) {
      if (!['queued', 'running', 'waiting'].includes(job.state)) continue;
      const { recordingId, id: jobId, recordingName: name } = job;
      outcomes.expect(name, { recordingId, jobId });
      reporter.event({ type: 'recordingAdded', recordingId, jobId, name });
      if (job.state === 'waiting') await workspace.queue.retry(jobId);
    }
    await workspace.queue.start();
    await outcomes.allEnded(interrupt.requested);
  };
  try {
    await withWorkspace(flags, work, (event) => {
      outcomes.note(event);
      reporter.event(event);
    });
  } finally {
    interrupt.release();
    reporter.close();
  }
  const results = outcomes.list();
  reporter.summary(results);
  if (interrupt.isRequested) return EXIT.interrupted;
  return results.every((outcome) => outcome.state === 'done') ? EXIT.done : EXIT.someFailed;
}

async function addJob(
  recordingId: string,
  flags: VaultFlags & DeliveryFlags & TranscriptionFlags,
): Promise<ExitStatus> {
  const options = await jobOptions(flags);
  return await withWorkspace(flags, async ({ database, queue }) => {
    const recording = await database.recordings.findById(recordingId);
    const delivery: Delivery | null =
      flags.out === undefined ? null : deliveryFor(recording.sourcePath, flags);
    const jobId = await queue.addJob(recording.id, options, delivery);
    process.stdout.write(`Queued as ${shortId(jobId)}. "voicesync queue run" transcribes it.\n`);
    return EXIT.done;
  });
}

async function steer(
  workspace: Workspace,
  ids: string[],
  step: (workspace: Workspace, jobId: string) => Promise<void>,
): Promise<ExitStatus> {
  for (const id of ids) {
    const job = await findJob(workspace, id);
    await step(workspace, job.id);
    const { state } = await workspace.database.jobs.get(job.id);
    process.stdout.write(`${shortId(job.id)}  ${job.recordingName}: ${state}\n`);
  }
  return EXIT.done;
}

async function putFirst(workspace: Workspace, id: string, { from, to }: RangeFlags): Promise<ExitStatus> {
  const job = await findJob(workspace, id);
  if ((from === undefined) !== (to === undefined) || (from ?? 0) > (to ?? 0)) {
    throw new AppError('usage.invalid', { problem: '--from and --to go together, the earlier time first' });
  }
  await workspace.queue.putFirst(
    job.id,
    from === undefined || to === undefined ? null : { startMs: from, endMs: to },
  );
  process.stdout.write(`${shortId(job.id)}  ${job.recordingName}: next\n`);
  return EXIT.done;
}

async function showMetrics({ database }: Workspace, format: MetricsFlags['format']): Promise<ExitStatus> {
  const jobs = await database.jobs.list();
  process.stdout.write(format === 'prometheus' ? prometheusText(jobs) : metricsTable(jobs));
  return EXIT.done;
}

function metricsTable(jobs: readonly Job[]): string {
  const rows = jobs.map(({ id, recordingName, state, figures }) => [
    shortId(id),
    recordingName,
    state,
    ...(figures === null
      ? ['', '', '', '', '', '']
      : [
          seconds(figures.queueWaitMs),
          seconds(figures.decodeMs),
          seconds(figures.inferenceMs),
          clockTime(figures.audioMs),
          figures.wallMs === 0 ? '' : timesRealTime(figures.audioMs / figures.wallMs),
          fileSize(figures.peakMemoryBytes),
        ]),
  ]);
  const header = [
    'Job',
    'Recording',
    'State',
    'Waited',
    'Decoding',
    'Inference',
    'Length',
    'Speed',
    'Memory',
  ];
  return `${table(header, rows)}\n`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

async function findJob({ database }: Workspace, text: string): Promise<Job> {
  const wanted = text.toLowerCase();
  const found = (await database.jobs.list()).filter(
    (job) => job.id.startsWith(wanted) || job.id.endsWith(wanted),
  );
  const [job] = found;
  if (wanted === '' || job === undefined) throw new AppError('job.notFound', { id: text });
  if (found.length > 1) throw new AppError('job.ambiguous', { id: text });
  return job;
}
