import { loadavg } from 'node:os';
import { basename, join } from 'node:path';
import { totalErrors } from './align-words.ts';
import { childrenCpuMs } from './children-cpu.ts';
import {
  type FasterWhisper,
  fasterWhisper,
  textOfFasterWhisper,
  transcribeWithFasterWhisper,
} from './faster-whisper.ts';
import { textOfTranscript } from './heard-words.ts';
import type { Claim, Report, Table } from './report.ts';
import type { BenchSettings } from './settings.ts';
import { type JoinedSpeech, joinSpeech } from './speech/joined-speech.ts';
import { type HeardText, scoreOf } from './speech/speech-score.ts';
import { median } from './statistics.ts';
import { type RunEnd, runVoiceSync } from './voicesync.ts';
import { searchFlags, textOfWhisperCli, transcribeWithWhisperCli } from './whisper-cli.ts';
import { makeWorkFolder, type WorkFolder } from './work-folder.ts';

const SECONDS = 300;
const BEAM_SIZES = [5, 1];
/** Least speedup over ffmpeg and whisper-cli. */
const TARGET_WITH_PAUSES = 1.3;
const TARGET_DENSE = 1;
/** Greatest ratio to faster-whisper's time. */
const TARGET_PEER = 1.25;
/** Share of the inference time. */
const TARGET_VOICE_ACTIVITY = 0.03;

/** One run of one program. */
interface Timed {
  readonly wallMs: number;
  /** CPU time of all its processes and threads together; depends less on other load. */
  readonly cpuMs: number;
  readonly heard: HeardText;
}

interface OwnTimed extends Timed {
  /** The part of `wallMs` that the engine spent on the windows. */
  readonly inferenceMs: number;
  /** Time of voice activity detection; null if the job reports none. */
  readonly voiceActivityMs: number | null;
}

/** All programs once, one after the other, so that other load affects each. */
interface Round {
  readonly ours: OwnTimed;
  readonly cli: Timed | null;
  readonly peer: Timed | null;
  readonly load: number;
}

/** One recording with one search, by every program. */
interface Compared {
  readonly name: string;
  readonly targetRatio: number;
  readonly speech: JoinedSpeech;
  readonly rounds: readonly Round[];
}

/**
 * The pipeline's total time with the bundled model, from the start of its process to its end, against ffmpeg followed
 * by whisper-cli, and against faster-whisper if there is one: with the same search in every program, on continuous
 * speech and on a recording half of which is pauses.
 */
export async function benchSpeed(settings: BenchSettings): Promise<Report> {
  using folder = makeWorkFolder();
  const peer = fasterWhisper();
  settings.tell('joining the recordings');
  const { seed } = settings;
  const recordings = [
    {
      ...{ label: 'dense', targetRatio: TARGET_DENSE },
      speech: await joinSpeech(folder, { seconds: SECONDS, pauses: false, seed }),
    },
    {
      ...{ label: 'half pauses', targetRatio: TARGET_WITH_PAUSES },
      speech: await joinSpeech(folder, { seconds: SECONDS, pauses: true, seed }),
    },
  ];
  const all: Compared[] = [];
  for (const { label, targetRatio, speech } of recordings) {
    for (const beamSize of BEAM_SIZES) {
      const name = `${label}, ${beamSize === 1 ? 'greedy' : `beam of ${beamSize}`}`;
      const rounds: Round[] = [];
      for (let number = 1; number <= settings.rounds; number += 1) {
        settings.tell(`${name}: round ${number} of ${settings.rounds}`);
        rounds.push(await oneRound({ speech, beamSize, peer }, folder, settings));
      }
      all.push({ name, targetRatio, speech, rounds });
    }
  }
  return reportOf(all, peer, settings);
}

async function oneRound(
  { speech, beamSize, peer }: { speech: JoinedSpeech; beamSize: number; peer: FasterWhisper | null },
  folder: WorkFolder,
  settings: BenchSettings,
): Promise<Round> {
  const load = loadavg()[0] ?? 0;
  const { threads } = settings;
  const ours = await runOurs(speech.path, beamSize, folder, settings);
  if (settings.isAlone) return { ours, cli: null, peer: null, load };
  const request = { recording: speech.path, folder: folder.makeNew('peer'), language: 'en', threads };
  const cli = await timed(
    () => transcribeWithWhisperCli({ ...request, model: settings.model, flags: searchFlags(beamSize) }),
    () => textOfWhisperCli(request.folder),
  );
  if (peer === null) return { ours, cli, peer: null, load };
  const faster = await timed(
    () => transcribeWithFasterWhisper(peer, { ...request, beamSize }),
    () => textOfFasterWhisper(request.folder, speech.path),
  );
  return { ours, cli, peer: faster, load };
}

async function runOurs(
  recording: string,
  beamSize: number,
  folder: WorkFolder,
  { threads, model }: BenchSettings,
): Promise<OwnTimed> {
  const out = folder.makeNew('out');
  const home = folder.makeNew('home');
  const cpuBefore = childrenCpuMs();
  const end = await runVoiceSync(
    [
      ...['transcribe', recording, '--model', model, '--language', 'en'],
      ...['--threads', String(threads), '--beam-size', String(beamSize)],
      ...['--out', out, '--format', 'txt,docx,json', '--json'],
    ],
    { home },
  );
  const cpuMs = childrenCpuMs() - cpuBefore;
  const heard = textOfTranscript(join(out, `${basename(recording, '.opus')}.json`));
  return { wallMs: end.wallMs, cpuMs, heard, ...figuresOf(end) };
}

async function timed(run: () => Promise<{ wallMs: number }>, text: () => HeardText): Promise<Timed> {
  const cpuBefore = childrenCpuMs();
  const { wallMs } = await run();
  return { wallMs, cpuMs: childrenCpuMs() - cpuBefore, heard: text() };
}

function figuresOf(run: RunEnd): Pick<OwnTimed, 'inferenceMs' | 'voiceActivityMs'> {
  const ended = run.events.map(({ event }) => event).find((event) => event.type === 'jobEnded');
  if (ended?.type !== 'jobEnded' || ended.figures === null) throw new Error('the job told no figures');
  const { figures } = ended;
  const vadMs: unknown = 'vadMs' in figures ? figures.vadMs : null;
  return { inferenceMs: figures.inferenceMs, voiceActivityMs: typeof vadMs === 'number' ? vadMs : null };
}

function reportOf(
  all: readonly Compared[],
  peer: FasterWhisper | null,
  { threads, model, isAlone }: BenchSettings,
): Report {
  const minutes = Math.round((all[0]?.speech.seconds ?? 0) / 6) / 10;
  return {
    title: `Speed on ${minutes} minutes with ${basename(model)}, threads: ${threads}`,
    tables: all.map(tableOf),
    notes: [
      `VoiceSync: an ephemeral vault, --beam-size 5 or 1, TXT, DOCX and JSON. whisper-cli: ffmpeg to 16 kHz mono, then ${searchFlags(5).join(' ')} or ${searchFlags(1).join(' ')}, text and JSON. --language en on every side.`,
      ...(isAlone ? ['VoiceSync alone.'] : []),
      ...(peer === null && !isAlone ? ['No faster-whisper: VOICESYNC_PEER_PYTHON is not set.'] : []),
      ...(peer === null ? [] : ['faster-whisper: int8, beam_size 5 or 1, all else as it comes.']),
      ...voiceActivityNotes(all),
    ],
    claims: all.flatMap(claimsOf),
  };
}

function tableOf({ name, speech, rounds }: Compared): Table {
  const errors = (timedRun: Timed | null | undefined) => {
    if (timedRun === null || timedRun === undefined || speech.reference === null) return '–';
    const score = scoreOf({ language: 'en', reference: speech.reference }, timedRun.heard);
    return `${((100 * totalErrors(score.errors)) / score.said).toFixed(1)} %`;
  };
  const cells = (timedRun: Timed | null) =>
    timedRun === null ? ['–', '–'] : [seconds(timedRun.wallMs), seconds(timedRun.cpuMs)];
  const middle = (values: readonly (number | null)[]) => {
    const known = values.filter((value) => value !== null);
    return known.length === 0 ? null : median(known);
  };
  const middleCells = (side: 'ours' | 'cli' | 'peer') =>
    (['wallMs', 'cpuMs'] as const).map((key) => {
      const value = middle(rounds.map((round) => round[side]?.[key] ?? null));
      return value === null ? '–' : seconds(value);
    });
  const last = rounds.at(-1);
  return {
    title: `${name}: seconds from start to end, and of processor time`,
    header: ['round', 'VoiceSync', 'CPU', 'engine', 'whisper-cli', 'CPU', 'faster-whisper', 'CPU', 'load'],
    rows: [
      ...rounds.map(({ ours, cli, peer, load }, index) => [
        ...[String(index + 1), ...cells(ours), seconds(ours.inferenceMs)],
        ...[...cells(cli), ...cells(peer), load.toFixed(1)],
      ]),
      [
        ...['median', ...middleCells('ours'), seconds(median(rounds.map(({ ours }) => ours.inferenceMs)))],
        ...[...middleCells('cli'), ...middleCells('peer')],
        median(rounds.map(({ load }) => load)).toFixed(1),
      ],
      ['wrong words', errors(last?.ours), '', '', errors(last?.cli), '', errors(last?.peer), '', ''],
    ],
  };
}

function claimsOf({ name, targetRatio, rounds }: Compared): Claim[] {
  const ratios = rounds.flatMap(({ ours, cli }) => (cli === null ? [] : [cli.wallMs / ours.wallMs]));
  const peers = rounds.flatMap(({ ours, peer }) => (peer === null ? [] : [ours.wallMs / peer.wallMs]));
  const shares = rounds.flatMap(({ ours }) => voiceActivityShare(ours) ?? []);
  return [
    ...ratios.slice(0, 1).map(() => ({
      what: `${name}: times as fast as ffmpeg + whisper-cli, median`,
      target: `at least ${targetRatio.toFixed(1)}`,
      measured: median(ratios).toFixed(2),
      isKept: median(ratios) >= targetRatio,
    })),
    ...peers.slice(0, 1).map(() => ({
      what: `${name}: times as long as faster-whisper, median`,
      target: `at most ${TARGET_PEER}`,
      measured: median(peers).toFixed(2),
      isKept: median(peers) <= TARGET_PEER,
    })),
    ...shares.slice(0, 1).map(() => ({
      what: `${name}: voice activity, of the time of inference`,
      target: `at most ${TARGET_VOICE_ACTIVITY * 100} %`,
      measured: `${(median(shares) * 100).toFixed(1)} %`,
      isKept: median(shares) <= TARGET_VOICE_ACTIVITY,
    })),
  ];
}

function voiceActivityShare({ voiceActivityMs, inferenceMs }: OwnTimed): number | null {
  return voiceActivityMs === null ? null : voiceActivityMs / inferenceMs;
}

function voiceActivityNotes(all: readonly Compared[]): string[] {
  const isTold = all.some(({ rounds }) => rounds.some(({ ours }) => ours.voiceActivityMs !== null));
  return isTold ? [] : ['The job does not tell what finding speech took.'];
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}
