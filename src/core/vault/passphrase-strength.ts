import { hostname, userInfo } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Mutex } from 'async-mutex';
import type { PassphraseStrength } from '../../contract/passphrase.ts';
import type { GuessEstimate } from './passphrase-guesses.ts';
import type { StrengthQuestion } from './passphrase-strength-worker.ts';

/** The thread's module. Named only here: a bundle puts it elsewhere. */
const WORKER_URL = new URL('./passphrase-strength-worker.ts', import.meta.url);

/**
 * Guesses per second of a determined attacker: 200 of the fastest graphics cards of 2025. A guess fills 256 MiB three
 * times and reads it (`HASHING_COST`), some 2 GB of memory traffic, and such a card moves 1 TB/s: 500 guesses.
 */
const GUESSES_A_SECOND = 100_000;
const SECONDS = { day: 86_400, year: 31_557_600 } as const;

/** Words of the product, which are on the screen while a passphrase is chosen. */
const PROGRAM_WORDS = [
  'VoiceSync',
  'voice',
  'sync',
  'vault',
  'passphrase',
  'transcript',
  'recording',
  'tresor',
];

/** The thread ends when idle for so long: typing asks again sooner; the dictionaries take memory. */
const IDLE_MS = 20_000;

const oneAtATime = new Mutex();
let worker: Worker | null = null;
let idleTimer: NodeJS.Timeout | null = null;

/**
 * How strong a passphrase is against an attacker with a copy of the vault, by the median time of guessing it. Names of
 * this computer and its user and those in `own` (e.g. of matters) count as known to them. Runs in a thread of its own,
 * which ends when idle (`IDLE_MS`).
 */
export function passphraseStrength(
  passphrase: string,
  own: readonly string[] = [],
): Promise<PassphraseStrength> {
  return oneAtATime.runExclusive(async () => {
    const names = [...PROGRAM_WORDS, ...namesOfComputer(), ...own];
    const { guessesLog10, weakness } = await asked({ passphrase, own: names });
    return { time: guessingTime(guessesLog10), weakness };
  });
}

/** The time of half the guesses. */
function guessingTime(guessesLog10: number): PassphraseStrength['time'] {
  const seconds = 10 ** guessesLog10 / 2 / GUESSES_A_SECOND;
  if (seconds < 30 * SECONDS.day) return 'hours';
  if (seconds < 2 * SECONDS.year) return 'months';
  if (seconds < 200 * SECONDS.year) return 'years';
  return 'centuries';
}

function namesOfComputer(): string[] {
  try {
    return [hostname(), userInfo().username];
  } catch {
    // A user without an entry in the system's user database has no name.
    return [hostname()];
  }
}

async function asked(question: StrengthQuestion): Promise<GuessEstimate> {
  if (idleTimer !== null) clearTimeout(idleTimer);
  worker ??= new Worker(WORKER_URL, { name: 'passphrase strength', execArgv: [] });
  const thread = worker;
  thread.ref();
  try {
    const answer = answerOf(thread);
    thread.postMessage(question);
    return await answer;
  } catch (error) {
    worker = null;
    throw error;
  } finally {
    // The process may exit without waiting for it.
    thread.unref();
    idleTimer = setTimeout(endWorker, IDLE_MS).unref();
  }
}

function answerOf(thread: Worker): Promise<GuessEstimate> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      thread.off('message', onAnswer).off('error', onFailure).off('exit', onExit);
    };
    const onAnswer = (answer: GuessEstimate) => {
      settle();
      resolve(answer);
    };
    const onFailure = (cause: unknown) => {
      settle();
      reject(cause);
    };
    const onExit = () => onFailure(new Error('the strength thread ended'));
    thread.on('message', onAnswer).on('error', onFailure).on('exit', onExit);
  });
}

function endWorker(): void {
  const idle = worker;
  worker = null;
  void idle?.terminate();
}
