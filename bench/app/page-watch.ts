import type { Page } from '@playwright/test';

/** Timings by the page's own clock during an action, in milliseconds. */
export interface WatchedPage {
  /** Times from one frame to the next, as `requestAnimationFrame` reports them. */
  readonly framesMs: readonly number[];
  /** Long animation frames: above 50 ms from their start until they were painted. */
  readonly longFramesMs: readonly number[];
  /** Long tasks: above 50 ms on the page's main thread. */
  readonly longTasksMs: readonly number[];
  /** From an input event to the next paint, of the slow ones: above 16 ms, in steps of 8. */
  readonly inputsMs: readonly number[];
}

/** Watches the page's frames, tasks and input events while `action` drives it from outside. */
export async function watchPage(page: Page, action: () => Promise<void>): Promise<WatchedPage> {
  const watch = await page.evaluateHandle(startWatch);
  await action();
  const seen = await watch.evaluate((running) => running.stop());
  await watch.dispose();
  return seen;
}

/** Runs in the page. */
function startWatch(): { stop(): Promise<WatchedPage> } {
  const seen = { framesMs: [0], longFramesMs: [0], longTasksMs: [0], inputsMs: [0] };
  for (const list of Object.values(seen)) list.pop();
  const lists: Record<string, number[]> = {
    'long-animation-frame': seen.longFramesMs,
    longtask: seen.longTasksMs,
    event: seen.inputsMs,
  };
  const take = (entries: PerformanceEntryList) => {
    for (const { entryType, duration } of entries) lists[entryType]?.push(duration);
  };
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  observer.observe({ type: 'long-animation-frame' });
  observer.observe({ type: 'longtask' });
  // The DOM's types lack the threshold.
  const inputs = { type: 'event', durationThreshold: 16 };
  observer.observe(inputs);
  let last: number | null = null;
  let isOn = true;
  const frame = (now: number) => {
    if (last !== null) seen.framesMs.push(now - last);
    last = now;
    if (isOn) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  return {
    async stop() {
      // The last action is painted by then.
      await new Promise((resolve) => setTimeout(resolve, 300));
      isOn = false;
      take(observer.takeRecords());
      observer.disconnect();
      return seen;
    },
  };
}

/**
 * Waits in the page for the first event of a type, and then until `isThere` finds something on the
 * screen. Call before the event is sent; `drawnMs` returns the milliseconds from the event to the frame that shows it.
 * @param isThere runs in the page, with `detail`, at every DOM mutation; it must be self-contained.
 */
export async function watchAppearance<T>(
  page: Page,
  eventType: 'drop' | 'keydown',
  isThere: (detail: T) => boolean,
  detail: T,
): Promise<{ drawnMs(): Promise<number> }> {
  // Inlined into the expression: the page's content security policy forbids `eval`.
  const watch = await page.evaluateHandle<{ drawn: Promise<number> }>(
    `(${startAppearance})(${JSON.stringify(eventType)}, ${isThere}, ${JSON.stringify(detail)})`,
  );
  return { drawnMs: () => watch.evaluate(({ drawn }) => drawn) };
}

/** Runs in the page. */
function startAppearance(
  type: string,
  isThere: (detail: unknown) => boolean,
  detail: unknown,
): { drawn: Promise<number> } {
  const drawn = new Promise<number>((resolve) => {
    const begin = ({ timeStamp }: Event) => {
      const look = () => {
        if (!isThere(detail)) return;
        changes.disconnect();
        // The frame is painted once the next task runs.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - timeStamp);
          port2.postMessage(null);
        });
      };
      const changes = new MutationObserver(look);
      changes.observe(document.body, { subtree: true, childList: true, characterData: true });
    };
    addEventListener(type, begin, { capture: true, once: true });
  });
  return { drawn };
}
