import type { HeardWord } from '../heard-words.ts';

/**
 * Words as a pass might have heard them: `said` at their times, in seconds, e.g. `no@1 no@1.5`; each lasts 0.3 s. One that
 * ends with `!doubtful` is flagged as improbable.
 */
export function heard(said: string): HeardWord[] {
  return said
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const [text = '', seconds = '0'] = word.split('@');
      const startMs = Math.round(Number(seconds.replace('!doubtful', '')) * 1000);
      const flags = seconds.endsWith('!doubtful') ? (['improbable'] as const) : [];
      return { text, startMs, endMs: startMs + 300, confidence: 0.9, gap: ' ', language: 'en', flags };
    });
}
