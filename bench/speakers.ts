import { basename } from 'node:path';
import type { Claim, Report, Table } from './report.ts';
import type { BenchSettings } from './settings.ts';
import {
  type DiarizationError,
  diarizationError,
  errorRate,
  overlapShare,
} from './speakers/diarization-error.ts';
import { type HeardSpeakers, heardSpeakers } from './speakers/heard-speakers.ts';
import {
  type ReferencedRecording,
  recordingsWithSpeakers,
  speakersIn,
} from './speakers/referenced-recordings.ts';
import { type WordSpeakers, wordSpeakers } from './speakers/word-speakers.ts';

const COLLAR_MS = 250;
const TARGET_ERROR = 0.06;
const TARGET_WORDS = 0.98;

/** From this share of overlapped speech on, a recording is a meeting, of which less is expected. */
const MEETING_OVERLAP = 0.1;

/**
 * What the better of two simpler designs (the table) reached in two clips of AMI meetings: error rates without and with collar.
 */
const MEETING_TARGETS: Readonly<Record<string, readonly [number, number]>> = {
  'pyannote-audio--trn00': [0.392, 0.234],
  'pyannote-audio--tst00': [0.468, 0.451],
};

/** What was found in one recording. */
interface Scored extends Pick<HeardSpeakers, 'audioMs' | 'hearingMs' | 'clusteringMs'> {
  readonly recording: ReferencedRecording;
  readonly exact: DiarizationError;
  readonly withCollar: DiarizationError;
  readonly found: number;
  readonly words: WordSpeakers;
}

/**
 * Who speaks when in the recordings of `VOICESYNC_SPEECH` that have an RTTM, subfolders included, else in the fixtures':
 * error rates, speakers, words with the right speaker, and what it costs.
 */
export async function benchSpeakers(settings: BenchSettings): Promise<Report> {
  const recordings = recordingsWithSpeakers().slice(0, settings.limit ?? undefined);
  const scored: Scored[] = [];
  for (const [index, recording] of recordings.entries()) {
    settings.tell(`${index + 1} of ${recordings.length}: ${recording.name}`);
    scored.push(await score(recording, settings));
  }
  return reportOf(scored, settings);
}

async function score(recording: ReferencedRecording, settings: BenchSettings): Promise<Scored> {
  const heard = await heardSpeakers(recording.path, settings);
  const { turns, words, audioMs, hearingMs, clusteringMs } = heard;
  const exact = diarizationError(recording.turns, turns, 0);
  return {
    ...{ recording, exact, withCollar: diarizationError(recording.turns, turns, COLLAR_MS) },
    ...{ found: speakersIn(turns), words: wordSpeakers(recording.turns, words, exact.mapping) },
    ...{ audioMs, hearingMs, clusteringMs },
  };
}

function reportOf(scored: readonly Scored[], settings: BenchSettings): Report {
  const talks = scored.filter((one) => !isMeeting(one));
  return {
    title: `Who speaks: ${scored.length} recordings, ${basename(settings.model)}, threads: ${settings.threads}`,
    tables: [errorTable(scored), wordTable(scored), costTable(scored)],
    notes: [
      'VoiceSync: nothing said about the number of speakers or the language, all else as it comes.',
      'Error rate: missed, invented and confused time of all the time that is spoken, overlapped speech counted for each who speaks; in brackets their shares.',
      `Collar: what is nearer than ${COLLAR_MS} ms to a start or end of the reference is left out.`,
      'Words by who speaks in their middle; those in pauses of the reference count nowhere.',
      'Cost: the time that passes while the engine computes for it on one thread, which other programs lengthen, and processor time of the clustering.',
    ],
    claims: [...talks.flatMap(talkClaims), ...scored.flatMap(meetingClaims)],
  };
}

function isMeeting({ recording }: Scored): boolean {
  return overlapShare(recording.turns) >= MEETING_OVERLAP;
}

function errorTable(scored: readonly Scored[]): Table {
  const rates = (errors: readonly DiarizationError[]) => {
    const sumOf = (key: 'missedMs' | 'falseAlarmMs' | 'confusedMs' | 'speechMs') =>
      errors.reduce((sum, error) => sum + error[key], 0);
    const share = (key: 'missedMs' | 'falseAlarmMs' | 'confusedMs') =>
      ((100 * sumOf(key)) / Math.max(1, sumOf('speechMs'))).toFixed(1);
    return [
      percent(errorRate(errors)),
      `${share('missedMs')} + ${share('falseAlarmMs')} + ${share('confusedMs')}`,
    ];
  };
  const row = (name: string, group: readonly Scored[], [found, said]: readonly [number, number]) => [
    ...[name, seconds(group.reduce((sum, { audioMs }) => sum + audioMs, 0))],
    ...rates(group.map(({ exact }) => exact)),
    ...rates(group.map(({ withCollar }) => withCollar)),
    ...[`${found}/${said}`],
  ];
  const right = scored.filter(({ found, recording }) => found === speakersIn(recording.turns)).length;
  return {
    title: 'Diarization error rate (missed + invented + confused), and speakers found of those who speak',
    header: ['recording', 'seconds', 'exact', '', `collar ${COLLAR_MS} ms`, '', 'speakers'],
    rows: [
      ...scored.map((one) => row(one.recording.name, [one], [one.found, speakersIn(one.recording.turns)])),
      row('together; recordings with the right number', scored, [right, scored.length]),
    ],
  };
}

function wordTable(scored: readonly Scored[]): Table {
  return {
    title: 'Words with the right speaker',
    header: ['recording', 'where one speaks', '', 'where several speak', '', 'in pauses'],
    rows: scored.map(({ recording, words }) => [
      recording.name,
      ...[`${words.singleRight} of ${words.single}`, percent(words.singleRight / Math.max(1, words.single))],
      `${words.overlappedRight} of ${words.overlapped}`,
      percent(words.overlappedRight / Math.max(1, words.overlapped)),
      String(words.outside),
    ]),
  };
}

function costTable(scored: readonly Scored[]): Table {
  return {
    title: 'Seconds of one thread, and their share of the length of the recording',
    header: ['recording', 'hearing', 'clustering', 'share'],
    rows: scored.map((one) => [
      ...[one.recording.name, seconds(one.hearingMs), (one.clusteringMs / 1000).toFixed(2)],
      costShare([one]).toFixed(3),
    ]),
  };
}

function talkClaims({ recording, withCollar, found, words }: Scored): Claim[] {
  const said = speakersIn(recording.turns);
  const rate = errorRate([withCollar]);
  const share = words.singleRight / Math.max(1, words.single);
  return [
    {
      what: `${recording.name}: error rate, collar ${COLLAR_MS} ms`,
      target: `at most ${percent(TARGET_ERROR)}`,
      measured: percent(rate),
      isKept: rate <= TARGET_ERROR,
    },
    {
      what: `${recording.name}: speakers`,
      target: String(said),
      measured: String(found),
      isKept: found === said,
    },
    {
      what: `${recording.name}: words with the right speaker where one speaks`,
      target: `at least ${percent(TARGET_WORDS)}`,
      measured: percent(share),
      isKept: share >= TARGET_WORDS,
    },
  ];
}

function meetingClaims({ recording, exact, withCollar }: Scored): Claim[] {
  const targets = MEETING_TARGETS[recording.name];
  if (targets === undefined) return [];
  const [exactRate, collarRate] = [errorRate([exact]), errorRate([withCollar])];
  return [
    {
      what: `${recording.name}: error rate, exact and with collar`,
      target: `under ${percent(targets[0])} and ${percent(targets[1])}`,
      measured: `${percent(exactRate)} and ${percent(collarRate)}`,
      isKept: exactRate < targets[0] && collarRate < targets[1],
    },
  ];
}

function costShare(scored: readonly Scored[]): number {
  const sumOf = (key: 'hearingMs' | 'clusteringMs' | 'audioMs') =>
    scored.reduce((sum, one) => sum + one[key], 0);
  return (sumOf('hearingMs') + sumOf('clusteringMs')) / Math.max(1, sumOf('audioMs'));
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}
