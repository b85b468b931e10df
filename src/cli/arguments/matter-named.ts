import type { VaultApp } from '../../app/open-app.ts';
import { UsageProblem } from './usage-problem.ts';

/** The id of the matter of this name, blind to case, or of this id. Throws a usage problem if there is none. */
export async function matterNamed({ matters }: Pick<VaultApp, 'matters'>, name: string): Promise<string> {
  const wanted = name.normalize('NFC').toLowerCase();
  const matter = (await matters.list()).find(
    (one) => one.name.normalize('NFC').toLowerCase() === wanted || one.id === wanted,
  );
  if (matter === undefined) throw new UsageProblem(({ say }) => say('usage.noMatter', { name }));
  return matter.id;
}
