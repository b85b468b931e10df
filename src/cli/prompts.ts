import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { AppError } from '../contract/errors.ts';
import type { Terminal } from './terminal.ts';

/** Has `expected` typed on the terminal. Throws `usage.notConfirmed` for anything else, or without a terminal. */
export async function confirmByTyping(terminal: Terminal, question: string, expected: string): Promise<void> {
  if ((await ask(terminal, question)).trim() !== expected) throw new AppError('usage.notConfirmed', {});
}

/** Asks for a line on the terminal. Throws `usage.notConfirmed` where there is none, `usage.interrupted` for Ctrl+C. */
export async function ask(terminal: Terminal, question: string): Promise<string> {
  const { stdin, stderr } = terminal;
  if (!stdin.isTTY) throw new AppError('usage.notConfirmed', {});
  return await answerTo(terminal, question, createInterface({ input: stdin, output: stderr }));
}

/** Asks for a line that nobody may read over the shoulder. Throws `vault.credentialNeeded`, `usage.interrupted`. */
export async function askHidden(terminal: Terminal, question: string): Promise<string> {
  const { stdin, stderr } = terminal;
  if (!stdin.isTTY) throw new AppError('vault.credentialNeeded', {});
  // Readline takes the terminal over, so that it echoes nothing itself, and draws what is typed into the void.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true });
  // Asked only now: whoever answers at once must not be echoed by the terminal itself.
  stderr.write(question);
  try {
    return await answerTo(terminal, '', lines);
  } finally {
    stderr.write('\n');
  }
}

async function answerTo({ signals }: Terminal, question: string, lines: Interface): Promise<string> {
  const interrupted = Promise.withResolvers<never>();
  const giveUp = () => interrupted.reject(new AppError('usage.interrupted', {}));
  // Ctrl+C; Ctrl+D, or a terminal that has gone; a polite kill.
  lines.once('SIGINT', giveUp).once('close', giveUp);
  signals.once('SIGTERM', giveUp);
  try {
    const answer = new Promise<string>((resolve) => lines.question(question, resolve));
    return await Promise.race([answer, interrupted.promise]);
  } finally {
    signals.off('SIGTERM', giveUp);
    lines.close();
  }
}
