import { showable } from '../contract/untrusted-text.ts';

/** Makes names from outside harmless, line by line. */
export function harmless(text: string): string {
  return text.split('\n').map(showable).join('\n');
}
