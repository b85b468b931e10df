import { createInterface } from 'node:readline/promises';
import { AppError } from '../contract/errors.ts';

/** Asks on the terminal until `expected` is typed. Throws `usage.notConfirmed` for anything else, or without a terminal. */
export async function confirmByTyping(question: string, expected: string): Promise<void> {
  if ((await ask(question)).trim() !== expected) throw new AppError('usage.notConfirmed', {});
}

/** Asks for a line on the terminal. Throws `usage.notConfirmed` where there is none. */
export async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY) throw new AppError('usage.notConfirmed', {});
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}
