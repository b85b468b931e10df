import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { type EgressEnd, PROCESS_WAYS, type ProcessWay } from '../../contract/egress.ts';
import { Listener } from '../../offline/listener.ts';
import { BundledVoice } from './voice-thread.ts';

test('the voice’s thread opens no connection in any way, and speaking reaches nobody', async () => {
  const listener = await Listener.open();
  const voice = new BundledVoice();
  try {
    const moduleAt = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
    const worker = new Worker(
      `const { parentPort } = require('node:worker_threads');
       import(${moduleAt('./voice-worker.ts')})
         .then(() => import(${moduleAt('../../offline/attempts.ts')}))
         .then(({ attemptAll }) => attemptAll(${JSON.stringify(listener.target)}))
         .then((ends) => parentPort.postMessage(ends));`,
      { eval: true },
    );
    const [ends] = (await once(worker, 'message')) as [Record<ProcessWay, EgressEnd>];
    await worker.terminate();
    // The event of a failed WebSocket names no reason.
    const open = PROCESS_WAYS.filter((way) => ends[way].how !== 'blocked' && way !== 'nodeWebSocket');
    expect(open).toEqual([]);
    expect(ends.nodeWebSocket.how).toBe('error');
    expect((await voice.speak('Nobody hears this but you.', 1)).samples.length).toBeGreaterThan(8000);
    expect(listener.arrived).toBe(0);
  } finally {
    await voice.close();
    listener.close();
  }
});
