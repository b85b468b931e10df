import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { EngineProcess } from '../../core/engine/engine-process.ts';
import { replayEngine } from '../../core/engine/testing/replaying-engine.ts';
import type { FaultPoint } from '../../core/fault-points.ts';
import { EventLog } from '../testing/event-log.ts';
import { heardInOnlyJob, orderFor, runToEnd } from '../testing/killed-jobs.ts';
import { ChildRun, timesReached } from '../testing/killed-run.ts';
import { make, RECORDINGS } from '../testing/short-recordings.ts';
import { testFolder } from '../testing/test-folder.ts';
import { openEphemeral, PLAIN_IMPORT, SAMPLE_OPTIONS } from '../testing/test-workspace.ts';

/** Several runs in one test, on a machine that may be busy. */
const SLOW_MS = 180_000;

/** One speaker is asked for, so that the text of a single reader has labels. */
const OPTIONS = { ...SAMPLE_OPTIONS, speakerCount: { speakers: 1, isLimit: false } };

async function memo(): Promise<string> {
  return await make(join(await testFolder(), 'memo.flac'), '-t', '9', '-i', RECORDINGS.memo);
}

test.each([
  'voices.heard',
  'voices.stored',
  'speakers.kept',
  'speakers.labelled',
] as const satisfies FaultPoint[])(
  'a kill at %s leaves a vault that goes on to the same speakers, and hears no part twice that is stored',
  { timeout: SLOW_MS },
  async (point) => {
    const order = { ...(await orderFor(await memo())), options: OPTIONS };
    expect(await new ChildRun({ ...order, killAt: { point, count: 1 } }).finished()).toBe(false);
    expect(await new ChildRun(order).finished()).toBe(true);

    const heard = await runToEnd(order.vault, new EventLog());
    expect(heard.length).toBeGreaterThan(0);
    expect(heard.filter((line) => !line.includes(' Speaker 1 '))).toEqual([]);
    expect(timesReached(order.log, 'voices.heard')).toBe(point === 'voices.heard' ? 2 : 1);
  },
);

/** An engine that hears no voices: it says so, or dies of being asked. */
function deafEngine(failure: 'modelUnusable' | 'dies'): EngineProcess {
  const engine = replayEngine();
  const listeners: ((message: unknown) => void)[] = [];
  return {
    ...engine,
    send(request) {
      if (request.type !== 'speakerActivity') engine.send(request);
      else if (failure === 'dies') engine.kill();
      else for (const tell of listeners) tell({ type: 'failure', id: request.id, reason: failure });
    },
    onMessage(listener) {
      listeners.push(listener);
      engine.onMessage(listener);
    },
  };
}

test.each([
  ['modelUnusable', 'engine.voicesUnusable'],
  ['dies', 'engine.crashed'],
] as const)(
  'a recording whose voices cannot be heard (%s) gets its text without speakers, and the job says so',
  { timeout: SLOW_MS },
  async (failure, code) => {
    const log = new EventLog();
    const launchEngine = () => deafEngine(failure);
    const workspace = await openEphemeral(await testFolder(), { emit: log.emit, launchEngine });
    try {
      await workspace.queue.addFile(await memo(), PLAIN_IMPORT, OPTIONS, null);
      await workspace.queue.start();
      await workspace.queue.idle();
      const heard = await heardInOnlyJob(workspace);
      expect(heard.length).toBeGreaterThan(0);
      expect(heard.filter((line) => line.includes('Speaker'))).toEqual([]);
      expect(log.all('jobHindered').at(-1)?.failure.code).toBe(code);
    } finally {
      await workspace.close();
    }
  },
);
