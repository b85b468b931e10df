import { randomInt } from 'node:crypto';
import { ask } from './confirm.ts';

/** Groups a line: 13 groups in one line are read wrongly. */
const GROUPS_A_LINE = 5;

/**
 * Shows a recovery key in numbered groups and, on a terminal, has two of them typed back, so that it was really written
 * down. Without a terminal the key goes to stdout for the program that asked.
 */
export async function confirmRecoveryKey(recoveryKey: string): Promise<void> {
  if (!process.stdin.isTTY) {
    process.stdout.write(`${recoveryKey}\n`);
    return;
  }
  const groups = recoveryKey.split('-');
  process.stderr.write(
    '\nThe recovery key opens the vault when the passphrase is lost. Write it down on paper:\n\n',
  );
  for (let start = 0; start < groups.length; start += GROUPS_A_LINE) {
    const line = groups
      .slice(start, start + GROUPS_A_LINE)
      .map((group, index) => `${start + index + 1}: ${group}`);
    process.stderr.write(`  ${line.join('   ')}\n`);
  }
  process.stderr.write('\n');
  const first = randomInt(groups.length);
  const second = (first + 1 + randomInt(groups.length - 1)) % groups.length;
  for (const index of [first, second]) {
    while ((await ask(`Type group ${index + 1} back: `)).trim().toUpperCase() !== groups[index]) {
      process.stderr.write('That is not what stands there. Look again.\n');
    }
  }
}
