import '../../offline/offline.ts';
import { parentPort } from 'node:worker_threads';
import { estimateGuesses, type GuessEstimate } from './passphrase-guesses.ts';

// The worker thread of `passphraseStrength`: loading dictionaries, and estimating some passphrases, takes a moment.

/** A request to the thread. It answers in the order of the requests. */
export interface StrengthQuestion {
  readonly passphrase: string;
  readonly own: readonly string[];
}

const port = parentPort;
if (port === null) throw new Error('the strength worker runs as a worker thread');
port.on('message', ({ passphrase, own }: StrengthQuestion) => {
  port.postMessage(estimateGuesses(passphrase, own) satisfies GuessEstimate);
});
