import { type Command, Option } from 'commander';
import { jobOptionsFor } from '../../app/jobs/job-options.ts';
import { prometheusText } from '../../app/jobs/metrics.ts';
import { Models } from '../../app/models/models.ts';
import type { VaultApp } from '../../app/open-app.ts';
import { choiceFrom, wishFrom } from '../arguments/job-options.ts';
import {
  type DeliveryFlags,
  type ListingFlags,
  type OutputFlags,
  parseClockTime,
  qualityOption,
  type RequiredVaultFlags,
  type RunFlags,
  type TranscriptionFlags,
  withDeliveryOptions,
  withExamples,
  withJsonOption,
  withOutputOptions,
  withTranscriptionOptions,
  withVaultOptions,
} from '../arguments/options.ts';
import { inTemplate, keptTemplate, templateFrom } from '../arguments/template-file.ts';
import { UsageProblem } from '../arguments/usage-problem.ts';
import type { RunCommand } from '../explain.ts';
import { jobListing } from '../listings/job-listing.ts';
import { jobTable, metricsTable } from '../printed/job-tables.ts';
import { shortId } from '../printed/short-id.ts';
import { runJobs } from '../run-jobs.ts';
import { withVault } from '../session.ts';
import { EXIT, type ExitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';

type AddFlags = RequiredVaultFlags & DeliveryFlags & TranscriptionFlags;
type RunQueueFlags = RequiredVaultFlags & OutputFlags & RunFlags;
type RangeFlags = RequiredVaultFlags & { readonly from?: number; readonly to?: number };
type MetricsFlags = RequiredVaultFlags & { readonly format: 'table' | 'prometheus' };

interface Step {
  readonly name: string;
  readonly description: string;
  readonly take: (queue: VaultApp['jobs']['queue'], jobId: string) => Promise<void>;
}

const STEPS: readonly Step[] = [
  {
    name: 'pause',
    description: 'Keep jobs from running until they are resumed',
    take: (queue, id) => queue.pause(id),
  },
  { name: 'resume', description: 'Let paused jobs run again', take: (queue, id) => queue.resume(id) },
  {
    name: 'cancel',
    description: 'Give jobs up; what is transcribed stays',
    take: (queue, id) => queue.cancel(id),
  },
  { name: 'retry', description: 'Try failed jobs again', take: (queue, id) => queue.retry(id) },
];

/** `voicesync queue`. */
export function addQueueCommand(program: Command, run: RunCommand): void {
  const queue = program.command('queue').description('See and steer what is to be transcribed in a vault');
  addListing(queue, run);
  addRunning(queue, run);
  addSteering(queue, run);
  withExamples(queue, [
    ['queue list --vault ~/Vault'],
    ['queue run --vault ~/Vault', 'works until nothing is left to do'],
    ['queue first 4f2a1c00 --vault ~/Vault', 'puts a job before all others'],
  ]);
  queue.addHelpText('after', 'Jobs are named by the id that "queue list" shows, or by its last characters.');
}

function addListing(queue: Command, run: RunCommand): void {
  const list = withVaultOptions(
    queue.command('list').description('List the jobs in their order'),
    'required',
  );
  withExamples(withJsonOption(list), [['queue list --vault ~/Vault']]);
  list.action((flags: RequiredVaultFlags & ListingFlags) =>
    run((terminal) => withVault(terminal, flags, (open) => listJobs(terminal, open, flags))),
  );

  const metrics = queue
    .command('metrics')
    .description('Show what the jobs have cost')
    .addOption(
      new Option('--format <format>', 'how to show it').choices(['table', 'prometheus']).default('table'),
    );
  withExamples(withVaultOptions(metrics, 'required'), [
    ['queue metrics --vault ~/Vault'],
    ['queue metrics --format prometheus --vault ~/Vault', 'without names, for a monitoring system'],
  ]);
  metrics.action((flags: MetricsFlags) =>
    run((terminal) => withVault(terminal, flags, (open) => showMetrics(terminal, open, flags.format))),
  );
}

function addRunning(queue: Command, run: RunCommand): void {
  const work = queue
    .command('run')
    .description('Transcribe until nothing is left to do')
    .addOption(qualityOption());
  withExamples(withOutputOptions(withVaultOptions(work, 'required')), [
    ['queue run --vault ~/Vault'],
    ['queue run --vault ~/Vault --passphrase-file pass.txt --json', 'for another program'],
  ]);
  work.action((flags: RunQueueFlags) => run((terminal) => runQueue(terminal, flags)));

  const add = queue
    .command('add <recording>')
    .description('Queue the transcription of a recording that is in the vault');
  withVaultOptions(withDeliveryOptions(withTranscriptionOptions(add)), 'required');
  withExamples(add, [
    ['queue add 4f2a1c00 --language es --vault ~/Vault', 'transcribes it (again), into the vault only'],
    ['queue add 4f2a1c00 --out transcripts --vault ~/Vault', 'and writes it as files when it is done'],
  ]);
  add.action((recording: string, flags: AddFlags) => run((terminal) => addJob(terminal, recording, flags)));
}

function addSteering(queue: Command, run: RunCommand): void {
  for (const { name, description, take } of STEPS) {
    const step = withVaultOptions(queue.command(`${name} <job...>`).description(description), 'required');
    withExamples(step, [[`queue ${name} 4f2a1c00 --vault ~/Vault`]]);
    step.action((ids: string[], flags: RequiredVaultFlags) =>
      run((terminal) => withVault(terminal, flags, (open) => steer(terminal, open, ids, take))),
    );
  }
  const first = queue
    .command('first <job>')
    .description('Put a job before all others')
    .addOption(
      new Option('--from <time>', 'first this stretch of it, from 12:34 or 1:02:03').argParser(
        parseClockTime,
      ),
    )
    .addOption(new Option('--to <time>', 'up to this time').argParser(parseClockTime));
  withExamples(withVaultOptions(first, 'required'), [
    ['queue first 4f2a1c00 --vault ~/Vault'],
    [
      'queue first 4f2a1c00 --from 12:00 --to 15:00 --vault ~/Vault',
      'and this stretch of it before the rest',
    ],
  ]);
  first.action((id: string, flags: RangeFlags) =>
    run((terminal) => {
      const range = rangeOf(flags);
      return withVault(terminal, flags, (open) => putFirst(terminal, open, id, range));
    }),
  );
}

async function listJobs(terminal: Terminal, { jobs }: VaultApp, { json }: ListingFlags): Promise<ExitStatus> {
  const all = await jobs.list();
  if (json) terminal.printJson(jobListing(all, terminal.language));
  else terminal.print(all.length === 0 ? terminal.say('nothingQueued') : jobTable(all, terminal));
  return EXIT.done;
}

async function showMetrics(
  terminal: Terminal,
  { jobs, captures }: VaultApp,
  format: MetricsFlags['format'],
): Promise<ExitStatus> {
  const all = await jobs.list();
  if (format === 'prometheus') terminal.stdout.write(prometheusText(all, await captures.stored()));
  else terminal.print(all.length === 0 ? terminal.say('nothingQueued') : metricsTable(all, terminal));
  return EXIT.done;
}

async function runQueue(terminal: Terminal, flags: RunQueueFlags): Promise<ExitStatus> {
  return await runJobs(terminal, flags, async ({ app, outcomes, reporter, waiting }) => {
    if (waiting.length === 0) reporter.notice(terminal.say('nothingToDo'));
    for (const { id: jobId, recordingId, recordingName, state } of waiting) {
      outcomes.expect(recordingName, { recordingId, jobId });
      // A user who runs the queue by hand does not want to wait for retry times.
      if (state === 'waiting') await app.jobs.queue.retry(jobId);
    }
  });
}

async function addJob(terminal: Terminal, id: string, flags: AddFlags): Promise<ExitStatus> {
  const choice = choiceFrom(flags);
  // Options that the model lacks are refused before the passphrase prompt.
  await jobOptionsFor(new Models(), choice, []);
  const wish = flags.out === undefined ? null : wishFrom(flags, terminal);
  const template = await templateFrom(flags);
  return await withVault(terminal, flags, async ({ recordings, jobs, templates }) => {
    const kept = await keptTemplate({ templates }, template);
    const styled = wish === null ? null : inTemplate(wish, kept);
    const jobId = await jobs.add(await recordings.find(id), choice, styled);
    terminal.print(terminal.say('queuedAs', { id: shortId(jobId), vault: flags.vault }));
    if (wish === null) terminal.tell(terminal.say('notDelivered'));
    return EXIT.done;
  });
}

async function steer(
  terminal: Terminal,
  { jobs }: VaultApp,
  ids: string[],
  take: Step['take'],
): Promise<ExitStatus> {
  for (const text of ids) {
    const { id, recordingName } = await jobs.find(text);
    await take(jobs.queue, id);
    const { state } = await jobs.get(id);
    terminal.print(
      `${shortId(id)}  ${terminal.say('ended', { name: recordingName, state: terminal.say(`jobStates.${state}`) })}`,
    );
  }
  return EXIT.done;
}

type Range = { readonly startMs: number; readonly endMs: number } | null;

function rangeOf({ from, to }: RangeFlags): Range {
  if (from === undefined && to === undefined) return null;
  if (from === undefined || to === undefined || from >= to) {
    throw new UsageProblem(({ say }) => say('usage.range'));
  }
  return { startMs: from, endMs: to };
}

async function putFirst(
  terminal: Terminal,
  { jobs }: VaultApp,
  text: string,
  range: Range,
): Promise<ExitStatus> {
  const { id, recordingName } = await jobs.find(text);
  await jobs.queue.putFirst(id, range);
  terminal.print(`${shortId(id)}  ${terminal.say('isNext', { name: recordingName })}`);
  return EXIT.done;
}
