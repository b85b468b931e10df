import { parentPort } from 'node:worker_threads';
import { estimateGuesses, type GuessEstimate } from './passphrase-guesses.ts';

// The worker thread of `passphraseStrength`: dictionaries take a moment to load, and some passphrases a moment to judge.

/** What is asked of the thread. It answers in the order of the questions. */
export interface StrengthQuestion {
  readonly passphrase: string;
  readonly own: readonly string[];
}

const port = parentPort;
if (port === null) throw new Error('the strength worker runs as a worker thread');
port.on('message', ({ passphrase, own }: StrengthQuestion) => {
  port.postMessage(estimateGuesses(passphrase, own) satisfies GuessEstimate);
});
