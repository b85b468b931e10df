import { createInterface, type Interface } from 'node:readline';
import { AppError } from '../contract/errors.ts';

/** Asks on the terminal until `expected` is typed. Throws `usage.notConfirmed` for anything else, or without a terminal. */
export async function confirmByTyping(question: string, expected: string): Promise<void> {
  if ((await ask(question)).trim() !== expected) throw new AppError('usage.notConfirmed', {});
}

/** Asks for a line on the terminal. Throws `usage.notConfirmed` where there is none, `job.interrupted` for Ctrl+C. */
export async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY) throw new AppError('usage.notConfirmed', {});
  return await answerTo(question, createInterface({ input: process.stdin, output: process.stderr }));
}

/** Asks for a line that nobody may read over the shoulder. Throws `vault.credentialNeeded`, `job.interrupted`. */
export async function askHidden(question: string): Promise<string> {
  if (!process.stdin.isTTY) throw new AppError('vault.credentialNeeded', {});
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: true });
  // Readline would echo what is typed; it writes every key through this method, which stays silent after the question.
  const silent = lines as unknown as { _writeToOutput(text: string): void };
  silent._writeToOutput = () => undefined;
  process.stderr.write(question);
  try {
    return await answerTo('', lines);
  } finally {
    process.stderr.write('\n');
  }
}

async function answerTo(question: string, lines: Interface): Promise<string> {
  try {
    return await new Promise<string>((resolve, reject) => {
      const giveUp = () => reject(new AppError('job.interrupted', {}));
      // Ctrl+C, and Ctrl+D or a terminal that has gone.
      lines.once('SIGINT', giveUp).once('close', giveUp);
      lines.question(question, resolve);
    });
  } finally {
    lines.close();
  }
}
