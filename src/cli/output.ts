import { showable } from '../contract/untrusted-text.ts';
import { systemErrorCode } from '../core/system-errors.ts';

/** A line of what was asked for, on stdout. Line breaks in it stay; other control characters cannot reach the terminal. */
export function print(text: string): void {
  process.stdout.write(`${harmless(text)}\n`);
}

/** A line about the work, on stderr. */
export function tell(text: string): void {
  process.stderr.write(`${harmless(text)}\n`);
}

/** One JSON object a line, on stdout. */
export function printJson(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** A reader that has seen enough (`… | head`) is no reason to stop working, or to fail. */
export function endureClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (systemErrorCode(error) !== 'EPIPE') throw error;
    });
  }
}

/** Makes names from outside harmless, line by line. */
export function harmless(text: string): string {
  return text.split('\n').map(showable).join('\n');
}
