import { basename, join } from 'node:path';
import { textOfTranscript } from '../heard-words.ts';
import { BUNDLED_MODEL_PATH, runVoiceSync } from '../voicesync.ts';
import type { WorkFolder } from '../work-folder.ts';
import type { HeardText } from './speech-score.ts';

/**
 * What the command line hears in a recording with the bundled model and no word about its language. Each run has a home
 * of its own: what was heard before must not help.
 */
export async function heardByVoiceSync(
  path: string,
  folder: WorkFolder,
  { threads }: { readonly threads: number },
): Promise<HeardText> {
  const home = folder.makeNew('home');
  const out = folder.makeNew('out');
  await runVoiceSync(
    [
      ...['transcribe', path, '--model', BUNDLED_MODEL_PATH, '--language', 'auto'],
      ...['--threads', String(threads), '--out', out, '--format', 'json', '--json'],
    ],
    { home },
  );
  return textOfTranscript(join(out, `${basename(path).replace(/\.[^.]+$/, '')}.json`));
}
