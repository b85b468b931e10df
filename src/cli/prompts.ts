import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { AppError } from '../contract/errors.ts';

/** Has `expected` typed on the terminal. Throws `usage.notConfirmed` for anything else, or without a terminal. */
export async function confirmByTyping(question: string, expected: string): Promise<void> {
  if ((await ask(question)).trim() !== expected) throw new AppError('usage.notConfirmed', {});
}

/** Asks for a line on the terminal. Throws `usage.notConfirmed` where there is none, `usage.interrupted` for Ctrl+C. */
export async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY) throw new AppError('usage.notConfirmed', {});
  return await answerTo(question, createInterface({ input: process.stdin, output: process.stderr }));
}

/** Asks for a line that nobody may read over the shoulder. Throws `vault.credentialNeeded`, `usage.interrupted`. */
export async function askHidden(question: string): Promise<string> {
  if (!process.stdin.isTTY) throw new AppError('vault.credentialNeeded', {});
  // Readline takes the terminal over, so that it echoes nothing itself, and draws what is typed into the void.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  // Asked only now: whoever answers at once must not be echoed by the terminal itself.
  process.stderr.write(question);
  try {
    return await answerTo('', lines);
  } finally {
    process.stderr.write('\n');
  }
}

async function answerTo(question: string, lines: Interface): Promise<string> {
  const interrupted = Promise.withResolvers<never>();
  const giveUp = () => interrupted.reject(new AppError('usage.interrupted', {}));
  // Ctrl+C; Ctrl+D, or a terminal that has gone; a polite kill.
  lines.once('SIGINT', giveUp).once('close', giveUp);
  process.once('SIGTERM', giveUp);
  try {
    const answer = new Promise<string>((resolve) => lines.question(question, resolve));
    return await Promise.race([answer, interrupted.promise]);
  } finally {
    process.off('SIGTERM', giveUp);
    lines.close();
  }
}
