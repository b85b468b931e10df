import { basename, join } from 'node:path';
import { alignReference } from './align-words.ts';
import { decodeToWav } from './audio-files.ts';
import { childrenCpuMs } from './children-cpu.ts';
import { comparableWords } from './comparable-words.ts';
import type { Report } from './report.ts';
import { runSuccessfully } from './run-process.ts';
import type { BenchSettings } from './settings.ts';
import { joined, readWav, SAMPLE_RATE, writeWav } from './sounds/wav-file.ts';
import { recordingsWithSpeakers } from './speakers/referenced-recordings.ts';
import { readSpeechList, speechFolder } from './speech/speech-list.ts';
import { isScored, isWithoutSpeech, languageCode } from './speech/speech-score.ts';
import { makeWorkFolder, type WorkFolder } from './work-folder.ts';

/** The office divides recordings from 20 minutes on, */
const LENGTH_S = 21 * 60;
/** into windows of this length. */
const WINDOW_MINUTES = 10;
const MOST_DIFFERENT = 0.001;

const PROGRAM = join(import.meta.dirname, '..', 'src', 'office', 'simulation', 'measure-flow.ts');

/** What `measure-flow.ts` prints, as far as it is compared. */
interface Measured {
  readonly windows: number;
  readonly document: { readonly segments: readonly { readonly text: string }[] };
  readonly cpuMs: number;
}

/**
 * What dividing a long recording does to its text, and what it costs: 21 minutes of conversations and other English speech, as an office's
 * worker transcribes them undivided and as a flow. Null if `VOICESYNC_SPEECH` names no folder.
 */
export async function benchOfficeFlows(settings: BenchSettings): Promise<Report | null> {
  const source = speechFolder();
  if (source === null) return null;
  using folder = makeWorkFolder();
  const recording = await longRecording(source, folder);
  const measured = async (minutes: readonly string[]): Promise<Measured> => {
    const cpuBefore = childrenCpuMs();
    const arguments_ = [PROGRAM, settings.model, recording.path, ...minutes];
    const { stdout } = await runSuccessfully(process.execPath, arguments_);
    return { ...JSON.parse(stdout), cpuMs: childrenCpuMs() - cpuBefore };
  };
  settings.tell('undivided');
  const whole = await measured([]);
  settings.tell('divided');
  const flow = await measured([String(WINDOW_MINUTES)]);
  const words = wordsOf(whole);
  const different = alignReference(words, wordsOf(flow)).filter(({ kind }) => kind !== 'same').length;
  const isSame = JSON.stringify(whole.document) === JSON.stringify(flow.document);
  return {
    title: `Long recordings in the office, ${basename(settings.model)}`,
    tables: [
      {
        title: 'One worker, the same recording',
        header: ['', 'windows', 'words', 'processor seconds'],
        rows: [
          ['undivided', '–', String(words.length), seconds(whole.cpuMs)],
          ['flow', String(flow.windows), String(wordsOf(flow).length), seconds(flow.cpuMs)],
        ],
      },
    ],
    notes: [
      `${Math.round(recording.seconds / 60)} minutes of ${recording.pieces} recordings, one after the other.`,
      `Segments, times, confidences, speakers and languages of both documents are ${isSame ? 'the same' : 'not all the same'}.`,
    ],
    claims: [
      {
        what: 'words that differ from those of the undivided run',
        target: `at most ${(100 * MOST_DIFFERENT).toFixed(1)} %`,
        measured: `${((100 * different) / Math.max(1, words.length)).toFixed(2)} % (${different})`,
        isKept: words.length > 0 && different <= MOST_DIFFERENT * words.length,
      },
    ],
  };
}

/** Conversations first, then what else is said in English, each once, until it is long enough; begun again if it is not. */
async function longRecording(source: string, folder: WorkFolder) {
  const english = readSpeechList(source).filter(
    (one) => isScored(one) && !isWithoutSpeech(one) && languageCode(one) === 'en',
  );
  const paths = [...recordingsWithSpeakers(), ...english].map(({ path }) => path);
  const pieces: Float32Array[] = [];
  const wav = join(folder.path, 'piece.wav');
  for (let length = 0; length < LENGTH_S * SAMPLE_RATE; ) {
    await decodeToWav(paths[pieces.length % paths.length] ?? '', wav);
    const piece = readWav(wav);
    pieces.push(piece);
    length += piece.length;
  }
  const samples = joined(pieces);
  const path = join(folder.path, 'long.wav');
  writeWav(path, samples);
  return { path, seconds: samples.length / SAMPLE_RATE, pieces: pieces.length };
}

function wordsOf({ document }: Measured): string[] {
  return comparableWords(document.segments.map(({ text }) => text).join(' '));
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(0);
}
