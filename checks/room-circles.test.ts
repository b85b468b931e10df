import { expect, test } from 'vitest';
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

test('a file and a folder beside it are rooms too, and what only passes through their house is none', () => {
  const modules = [
    module('src/core/media/decode.ts', 'src/core/media/sound/gain.ts', 'src/core/system-errors.ts'),
    module('src/core/media/sound/gain.ts', 'src/core/media/source.ts'),
    module('src/core/system-errors.ts', 'src/contract/errors.ts'),
  ];
  expect(roomCircles({ modules })).toEqual([]);
  const closing = module('src/core/media/source.ts', 'src/core/media/decode.ts');
  expect(roomCircles({ modules: [...modules, closing] })).toEqual([
    'src/core/media/decode.ts → src/core/media/sound/gain.ts',
    'src/core/media/sound/gain.ts → src/core/media/source.ts',
    'src/core/media/source.ts → src/core/media/decode.ts',
  ]);
});
