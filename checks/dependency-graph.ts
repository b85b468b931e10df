import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';

/** The repository's root folder. */
export const REPOSITORY = join(import.meta.dirname, '..');

const Report = z.object({
  modules: z.array(
    z.object({
      source: z.string(),
      dependencies: z.array(z.object({ module: z.string(), resolved: z.string() })),
    }),
  ),
  summary: z.object({
    ruleSetUsed: z.object({ forbidden: z.array(z.object({ name: z.string() })) }),
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

/** The layer check's report on a tree: every module with its imports as written, and every violation. */
export type DependencyGraph = z.infer<typeof Report>;

/** Runs the layer check of this repository, as `npm run layers` does, on the tree in `folder`. */
export async function dependencyGraph(folder: string): Promise<DependencyGraph> {
  const checker = join(REPOSITORY, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const config = join(REPOSITORY, '.dependency-cruiser.mjs');
  const output = await new Promise<string>((resolve, reject) => {
    execFile(
      process.execPath,
      [checker, '--config', config, '--output-type', 'json', '.'],
      { cwd: folder, maxBuffer: 2 ** 28 },
      (error, stdout) => {
        // Its exit status is the number of violations; only empty output means that it could not run.
        if (stdout === '') reject(error ?? new Error('the layer check said nothing'));
        else resolve(stdout);
      },
    );
  });
  return Report.parse(JSON.parse(output));
}
