import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { AppError } from '../../contract/errors.ts';
import type { Terminal } from './terminal.ts';

/** Asks the user to type `expected`. Throws `usage.notConfirmed` for anything else, or without a terminal. */
export async function confirmByTyping(terminal: Terminal, question: string, expected: string): Promise<void> {
  if ((await ask(terminal, question)).trim() !== expected) throw new AppError('usage.notConfirmed', {});
}

/** Asks for a line on the terminal. Throws `usage.notConfirmed` without one, `usage.interrupted` for Ctrl+C. */
export async function ask(terminal: Terminal, question: string): Promise<string> {
  const { stdin, stderr } = terminal;
  if (!stdin.isTTY) throw new AppError('usage.notConfirmed', {});
  return await answerTo(terminal, question, createInterface({ input: stdin, output: stderr }));
}

/** Asks for a line without echo. Throws `vault.credentialNeeded`, `usage.interrupted`. */
export async function askHidden(terminal: Terminal, question: string): Promise<string> {
  const { stdin, stderr } = terminal;
  if (!stdin.isTTY) throw new AppError('vault.credentialNeeded', {});
  // Readline sets raw mode, so that the terminal echoes nothing, and its own output is discarded.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true });
  // Printed only now: the terminal must not echo an immediate answer.
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
  // Ctrl+C; Ctrl+D, or a closed terminal; SIGTERM.
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
