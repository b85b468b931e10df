import { expect, test } from 'vitest';
import { dependencyGraph, REPOSITORY } from './dependency-graph.ts';
import { roomCircles } from './room-circles.ts';

const module = (source: string, ...imports: string[]) => ({
  source,
  dependencies: imports.map((resolved) => ({ module: resolved, resolved })),
});

test('a circle of three rooms is found, with every import that closes it, and tests do not count', () => {
  const modules = [
    module('src/app/jobs/queue.ts', 'src/app/export/deliveries.ts', 'src/core/database/database.ts'),
    module('src/app/export/deliveries.ts', 'src/app/recordings/names/of.ts'),
    module('src/app/recordings/names/of.ts', 'src/app/jobs/queue.ts', 'src/app/vault/vault.ts'),
    module('src/app/vault/vault.test.ts', 'src/app/recordings/names/of.ts'),
    module('src/app/open-app.ts', 'src/app/jobs/queue.ts'),
  ];
  expect(roomCircles({ modules })).toEqual([
    'src/app/jobs/queue.ts → src/app/export/deliveries.ts',
    'src/app/export/deliveries.ts → src/app/recordings/names/of.ts',
    'src/app/recordings/names/of.ts → src/app/jobs/queue.ts',
  ]);
  expect(roomCircles({ modules: modules.slice(1) })).toEqual([]);
});

test('the rooms of the application use each other in one direction', async () => {
  expect(roomCircles(await dependencyGraph(REPOSITORY))).toEqual([]);
}, 120_000);
