import { showable } from '../../contract/untrusted-text.ts';

/** Sanitises untrusted names, line by line. */
export function harmless(text: string): string {
  return text.split('\n').map(showable).join('\n');
}
