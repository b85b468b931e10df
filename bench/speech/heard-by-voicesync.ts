import { basename, join } from 'node:path';
import { textOfTranscript } from '../heard-words.ts';
import type { BenchSettings } from '../settings.ts';
import { runVoiceSync } from '../voicesync.ts';
import type { WorkFolder } from '../work-folder.ts';
import type { HeardText } from './speech-score.ts';

/**
 * The command line's transcript of a recording with the chosen model and no language given. Each run has a home
 * of its own: no state of earlier runs may help.
 */
export async function heardByVoiceSync(
  path: string,
  folder: WorkFolder,
  { threads, model }: BenchSettings,
): Promise<HeardText> {
  const home = folder.makeNew('home');
  const out = folder.makeNew('out');
  await runVoiceSync(
    [
      ...['transcribe', path, '--model', model, '--language', 'auto'],
      ...['--threads', String(threads), '--out', out, '--format', 'json', '--json'],
    ],
    { home },
  );
  return textOfTranscript(join(out, `${basename(path).replace(/\.[^.]+$/, '')}.json`));
}
