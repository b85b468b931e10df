import { basename, dirname, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { openSound, type RawSound, StreamDevices } from '../../app/capture/stream-devices.ts';
import type { DeliveryWish } from '../../app/export/deliveries.ts';
import { prepareDestination } from '../../app/export/destination.ts';
import { jobOptionsFor } from '../../app/jobs/job-options.ts';
import { Models } from '../../app/models/models.ts';
import type { VaultApp } from '../../app/open-app.ts';
import type { CaptureOptions, CaptureView } from '../../contract/capture.ts';
import { isCapturing } from '../../contract/capture-states.ts';
import { shortClockTime } from '../../contract/clock-times.ts';
import { AppError, errorOf } from '../../contract/errors.ts';
import { DELIVERED_RECORDING_CHOICE } from '../../contract/recording-choice.ts';
import { choiceFrom, wishFrom } from '../arguments/job-options.ts';
import { matterNamed } from '../arguments/matter-named.ts';
import {
  type DeliveryFlags,
  type OutputFlags,
  qualityOption,
  type RawFlags,
  type RunFlags,
  type TranscriptionFlags,
  type VaultFlags,
  withDeliveryOptions,
  withExamples,
  withOutputOptions,
  withRawOptions,
  withTranscriptionOptions,
  withVaultOptions,
} from '../arguments/options.ts';
import { inTemplate, keptTemplate, templateFrom } from '../arguments/template-file.ts';
import { UsageProblem } from '../arguments/usage-problem.ts';
import { explain, type RunCommand } from '../explain.ts';
import { CaptureReporter } from '../reporters/capture-reporter.ts';
import { reporterFor } from '../reporters/reporter-choice.ts';
import { type JobRun, runJobs } from '../run-jobs.ts';
import { EXIT, type ExitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';

type Flags = TranscriptionFlags &
  DeliveryFlags &
  VaultFlags &
  OutputFlags &
  RunFlags &
  RawFlags & {
    readonly in?: string;
    readonly name?: string;
    readonly matter?: string;
    readonly live: boolean;
    readonly final: boolean;
  };

/** Sound that is held while the vault is opened: a program that records cannot wait. */
const HELD_BYTES = 16 * 1024 * 1024;

/** Sets a marker. Node has its debugger at the other signal that users may send. */
const MARKER_SIGNAL = 'SIGUSR2';

/** `voicesync record`. */
export function addRecordCommand(program: Command, run: RunCommand): void {
  const command = program
    .command('record')
    .description('Record sound from a pipe or a file, with its words as they are said')
    .option('--in <file>', 'a WAV, or - for what comes through a pipe (default: -)')
    .option('--name <name>', 'what the recording is called (default: the file, or the time)')
    .option('--matter <name>', 'the matter in the vault that the recording belongs to')
    .option('--no-live', 'no words while it is recorded')
    .option('--no-final', 'no transcript of the whole: the live text stays as it is');
  withRawOptions(command);
  withDeliveryOptions(command);
  withTranscriptionOptions(command).addOption(qualityOption());
  withVaultOptions(command, 'optional');
  withOutputOptions(command);
  withExamples(command, [
    [
      'record --vault ~/Vault --passphrase-file pass.txt < dictation.wav',
      'as if it were spoken into a microphone',
    ],
    ['record --raw s16le --rate 16000 --language en', 'plain samples through a pipe'],
  ]);
  command.addHelpText(
    'after',
    '\nOf two channels the first is the microphone, the second what the computer plays. Ctrl+C stops and keeps\nwhat was said, pressed again it ends at once; SIGUSR2 sets a marker. Exit status as of transcribe.',
  );
  command.action((flags: Flags) => run((terminal) => record(terminal, flags)));
}

async function record(terminal: Terminal, flags: Flags): Promise<ExitStatus> {
  const { say, stdin } = terminal;
  const file = flags.in === undefined || flags.in === '-' ? null : flags.in;
  refuse(terminal, flags, file);
  const template = await templateFrom(flags);
  const wanted = { ...wishFrom(flags, terminal), folder: folderFor(flags, file) };
  const models = await jobOptionsFor(new Models(), choiceFrom(flags), []);
  // An unwritable output is refused before the passphrase prompt.
  await prepareDestination(wanted.folder);
  const from = file ?? stdin.pipe(new PassThrough({ highWaterMark: HELD_BYTES }));
  const sound = await openSound(from, file ?? say('standardInput'), rawSound(flags));
  let captures: VaultApp['captures'] | null = null;
  const devices = new StreamDevices(sound, async (captureId) => captures?.caughtUp(captureId));
  const { quiet = false, json = false } = flags;
  const reporter = new CaptureReporter(terminal, reporterFor(terminal, flags), {
    ...{ quiet, json, liveText: flags.live },
  });
  let isWell = true;
  const status = await runJobs(
    terminal,
    flags,
    async (run) => {
      const { app } = run;
      captures = app.captures;
      const wish = inTemplate(wanted, await keptTemplate(app, template));
      const named = file === null ? null : basename(file);
      const options: CaptureOptions = {
        matterId: flags.matter === undefined ? null : await matterNamed(app, flags.matter),
        name: flags.name ?? named,
        ...{ deviceId: null, systemAudio: sound.channels > 1, choice: choiceFrom(flags) },
        ...{ liveText: flags.live, finalTranscript: flags.final },
        processing: DELIVERED_RECORDING_CHOICE.processing,
      };
      const start = () => app.captures.start(options, flags.final ? wish : null);
      const captured = await capture(terminal, run, { devices, reporter, file }, start);
      for (const problem of captured.problems) explain(terminal, problem);
      isWell = captured.problems.length === 0;
      // A final transcript that fails writes the live text itself.
      if (!flags.final && !(await deliverLiveText(terminal, run, captured.view, wish))) isWell = false;
    },
    { expectedModel: models.model.path, captureDevices: devices, reporter },
  );
  return status === EXIT.done && !isWell ? EXIT.someFailed : status;
}

function refuse({ stdin }: Terminal, flags: Flags, file: string | null): void {
  const { raw, rate, channels, live, final, vault, matter } = flags;
  if (file === null && stdin.isTTY) throw new UsageProblem(({ say }) => say('usage.inputMissing'));
  const isDescribed = rate !== undefined || channels !== undefined;
  if (raw === undefined ? isDescribed : rate === undefined) {
    throw new UsageProblem(({ say }) => say('usage.rawRate'));
  }
  if (!live && !final && vault === undefined) throw new UsageProblem(({ say }) => say('usage.nothingKept'));
  if (matter !== undefined && vault === undefined)
    throw new UsageProblem(({ say }) => say('usage.matterVault'));
}

function rawSound({ raw, rate = 0, channels = 1 }: RawFlags): RawSound | null {
  return raw === undefined ? null : { encoding: raw, sampleRate: rate, channels };
}

/** Beside the file, or where the command is called. */
function folderFor({ out }: Flags, file: string | null): string {
  return resolve(out ?? (file === null ? '.' : dirname(file)));
}

/** What a capture ended with. */
interface Captured {
  readonly view: CaptureView;
  readonly problems: readonly AppError[];
}

/** Captures until the sound ends, or the user stops it, or it fails; what there is of it is kept. */
async function capture(
  terminal: Terminal,
  { app, outcomes, interrupt }: JobRun,
  { devices, reporter, file }: { devices: StreamDevices; reporter: CaptureReporter; file: string | null },
  start: () => Promise<CaptureView>,
): Promise<Captured> {
  const { say, signals } = terminal;
  const { captures } = app;
  const stop = Promise.withResolvers<void>();
  const problems: AppError[] = [];
  const stopListening = captures.listen((event) => {
    reporter.capture(event);
    if (event.type === 'captureChanged' && !isCapturing(event.capture.state)) stop.resolve();
  });
  const endDiversion = interrupt.divert(() => {
    reporter.notice(say('recordingStops'));
    stop.resolve();
  });
  devices.ended.then(stop.resolve, (error: unknown) => {
    problems.push(error instanceof AppError ? error : new AppError('disk.failed', {}, { cause: error }));
    stop.resolve();
  });
  let mark = () => undefined as unknown;
  const onMarker = () => void mark();
  signals.on(MARKER_SIGNAL, onMarker);
  try {
    const begun = await start();
    const { recordingId } = begun;
    /** Whether there is a final transcript to be waited for. */
    const awaitFinal = async () => {
      const job = (await app.jobs.pending(recordingId))[0];
      if (job === undefined) return false;
      outcomes.expect(file === null ? begun.name : resolve(file), { recordingId, jobId: job.id });
      return true;
    };
    const isAwaited = await awaitFinal();
    mark = async () => {
      const marker = await captures.mark(begun.id, '').catch(() => null);
      if (marker !== null) reporter.notice(say('marked', { time: shortClockTime(marker.atMs) }));
    };
    reporter.notice(say('recording', { source: file ?? say('standardInput') }));
    await stop.promise;
    const running = captures.list().find(({ id }) => id === begun.id) ?? begun;
    const view = isCapturing(running.state) ? await captures.stop(begun.id) : running;
    // One that could not be queued at the beginning is queued at the end.
    if (!isAwaited) await awaitFinal();
    reporter.end();
    reporter.notice(say('recorded', { name: view.name, length: shortClockTime(view.durationMs) }));
    if (view.failure !== null) problems.push(errorOf(view.failure));
    if (devices.isSilent) problems.push(new AppError('capture.onlySilence', {}));
    return { view, problems };
  } finally {
    signals.off(MARKER_SIGNAL, onMarker);
    endDiversion();
    stopListening();
  }
}

/** Writes the live text, where no other is wanted; false if it could not be. */
async function deliverLiveText(
  terminal: Terminal,
  { app, reporter }: JobRun,
  { recordingId, name }: CaptureView,
  wish: DeliveryWish,
): Promise<boolean> {
  let isWritten = true;
  await app.recordings.imports.settled(recordingId, 'channels');
  await app.export.deliverTogether([await app.recordings.get(recordingId)], wish, {
    written: (path) => reporter.notice(terminal.say('written', { path })),
    beforeZero: () => undefined,
    failed: (error) => {
      isWritten = false;
      explain(terminal, error, name);
    },
  });
  return isWritten;
}
