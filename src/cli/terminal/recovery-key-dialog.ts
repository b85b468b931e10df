import { randomInt } from 'node:crypto';
import { isTypedBack } from '../../app/vault/typed-groups.ts';
import { ask } from './prompts.ts';
import type { Terminal } from './terminal.ts';

/** Groups per line: 13 groups in one line are misread. */
const GROUPS_A_LINE = 5;

/**
 * Shows a recovery key in numbered groups and, on a terminal, asks for two of them, to confirm that it was written
 * down. Without a terminal the key goes to stdout for the calling program.
 */
export async function confirmRecoveryKey(terminal: Terminal, recoveryKey: string): Promise<void> {
  const { say } = terminal;
  if (!terminal.stdin.isTTY) {
    terminal.stdout.write(`${recoveryKey}\n`);
    return;
  }
  const groups = recoveryKey.split('-');
  terminal.tell(`\n${say('keyIntroduction')}\n`);
  for (let start = 0; start < groups.length; start += GROUPS_A_LINE) {
    const line = groups
      .slice(start, start + GROUPS_A_LINE)
      .map((group, index) => `${String(start + index + 1).padStart(2)}: ${group}`);
    terminal.tell(`  ${line.join('   ')}`);
  }
  terminal.tell('');
  const first = randomInt(groups.length);
  const second = (first + 1 + randomInt(groups.length - 1)) % groups.length;
  for (const index of [first, second]) {
    const typed = () => ask(terminal, say('typeGroupBack', { group: index + 1 }));
    while (!isTypedBack(recoveryKey, { index, text: await typed() })) terminal.tell(say('groupWrong'));
  }
  terminal.tell(say('keyConfirmed'));
}
