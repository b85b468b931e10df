import { expect, test } from 'vitest';
import type { EngineProcess } from '../../core/engine/engine-process.ts';
import { replayEngine } from '../../core/engine/testing/replaying-engine.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { EventLog } from '../testing/event-log.ts';
import { HEARING_OPTIONS, killedWhileHearing, memo } from '../testing/killed-hearing.ts';
import { heardInOnlyJob } from '../testing/killed-jobs.ts';
import { openEphemeral, PLAIN_IMPORT } from '../testing/test-workspace.ts';

/** Several runs in one test, on a machine that may be busy. */
const SLOW_MS = 180_000;

test(
  'a kill between parts leaves a vault that goes on to the same speakers, and hears no part twice',
  {
    timeout: SLOW_MS,
  },
  () => killedWhileHearing('voices.stored'),
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
    const workspace = await openEphemeral(temporaryFolder(), { emit: log.emit, launchEngine });
    try {
      await workspace.queue.addFile(await memo(), PLAIN_IMPORT, HEARING_OPTIONS, null);
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
