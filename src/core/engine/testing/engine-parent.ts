/** A process that is killed while its engine works: prints the engine's pid once a window is being transcribed. */
import { Engine } from '../engine.ts';
import { forkEngine } from '../engine-process.ts';
import { childrenOf } from './processes.ts';

const engine = new Engine(forkEngine);
const model = process.argv[2] ?? '';
await engine.load(model);
const [pid] = childrenOf(process.pid, /engine\/main\.ts/);
process.send?.({ pid });
const parameters = {
  language: 'en',
  translate: false,
  prompt: '',
  threads: 1,
  seed: 0,
  strategy: 'beam',
  breadth: 8,
  temperature: 0,
  temperatureStep: 0.2,
  entropyThreshold: 2.4,
  logProbThreshold: -1,
  noSpeechThreshold: 0.6,
} as const;
for (;;) await engine.transcribe(model, new Int16Array(30 * 16_000), parameters);
