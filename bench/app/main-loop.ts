import type { RunningApp } from '../../e2e/running-app.ts';

/** How late the main process's event loop was while something was done, in milliseconds. */
export interface LoopDelay {
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Measures the main process's event loop delay, with a resolution of 1 ms, while `action` runs. */
export async function watchMainLoop(app: RunningApp, action: () => Promise<void>): Promise<LoopDelay> {
  const watch = await app.electron.evaluateHandle(() => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    return delay;
  });
  await action();
  const nanoseconds = await watch.evaluate((delay) => {
    delay.disable();
    return { p99: delay.percentile(99), max: delay.max };
  });
  await watch.dispose();
  return { p99Ms: nanoseconds.p99 / 1e6, maxMs: nanoseconds.max / 1e6 };
}
