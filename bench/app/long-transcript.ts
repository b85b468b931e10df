import type { Page } from '@playwright/test';
import { GatePage } from '../../e2e/pages/gate-page.ts';
import { RunningApp } from '../../e2e/running-app.ts';
import { PASSPHRASE } from './drop.ts';
import { LONG_NAME } from './long-recording.ts';
import { type LoopDelay, watchMainLoop } from './main-loop.ts';
import { type WatchedPage, watchAppearance, watchPage } from './page-watch.ts';
import { settled } from './settled.ts';

/** Measurements of one action in the window. */
export interface Measured {
  readonly page: WatchedPage;
  readonly main: LoopDelay;
}

/** One start of the app on the long transcript. */
export interface LongRun {
  /** From the key to the drawn paragraph: the first opening since the start, and the second. */
  readonly openedMs: readonly [first: number, second: number];
  readonly opening: Measured;
  readonly scrolling: Measured;
  readonly typing: Measured;
}

const WHEEL_STEPS = 350;
const WHEEL_PIXELS = 1000;
const PAGES = 60;
const FAR_PLACES = 40;
const TYPED = ' the witness went back to the blue door and counted seven boxes on the left';

/** Starts the app on a data folder with the long recording, opens it twice, scrolls through it and types in its middle. */
export async function measureLongTranscript(home: string): Promise<LongRun> {
  const app = await RunningApp.start({}, home);
  try {
    await new GatePage(app).unlock(PASSPHRASE);
    const { page } = app;
    const both = async (action: () => Promise<void>): Promise<Measured> => {
      let seen: WatchedPage | undefined;
      const main = await watchMainLoop(app, async () => {
        seen = await watchPage(page, action);
      });
      return { page: seen as WatchedPage, main };
    };
    await settled(page);
    let first = 0;
    const opening = await both(async () => {
      first = await open(page);
      await settled(page);
    });
    const scrolling = await both(() => scroll(page));
    await page.keyboard.press('Alt+ArrowLeft');
    await settled(page);
    const second = await open(page);
    await settled(page);
    const typing = await both(() => type(page));
    return { openedMs: [first, second], opening, scrolling, typing };
  } finally {
    await app.quit();
  }
}

/** Opens the only row by Enter. Returns the milliseconds from the key until a paragraph is drawn and can be edited. */
async function open(page: Page): Promise<number> {
  await page.getByRole('row').filter({ hasText: LONG_NAME }).focus();
  const text = await watchAppearance(page, 'keydown', isTextThere, null);
  await page.keyboard.press('Enter');
  return await text.drawnMs();
}

/** Runs in the page. */
function isTextThere(): boolean {
  const text = document.querySelector<HTMLElement>('.cm-content[contenteditable=true]');
  return text !== null && (text.querySelector('.cm-line')?.textContent ?? '').length > 40;
}

async function scroll(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+Home');
  await page.locator('.cm-scroller').hover();
  for (let step = 0; step < WHEEL_STEPS; step += 1) await page.mouse.wheel(0, WHEEL_PIXELS);
  await page.keyboard.press('ControlOrMeta+Home');
  for (let step = 0; step < PAGES; step += 1) await page.keyboard.press('PageDown');
  // As if the scroll bar's thumb were dragged far away and back.
  await page.evaluate(async (places) => {
    const scroller = document.querySelector('.cm-scroller');
    if (scroller === null) return;
    for (let place = 0; place < places; place += 1) {
      const share = ((place * 0.618) % 1) * (place % 2 === 0 ? 1 : 0.5);
      scroller.scrollTop = share * scroller.scrollHeight;
      for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
    }
  }, FAR_PLACES);
}

async function type(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const scroller = document.querySelector('.cm-scroller');
    if (scroller !== null) scroller.scrollTop = scroller.scrollHeight / 2;
    for (let frame = 0; frame < 10; frame += 1) await new Promise(requestAnimationFrame);
  });
  const lines = page.locator('.cm-line');
  await lines.nth(Math.floor((await lines.count()) / 2)).click();
  await page.keyboard.type(TYPED, { delay: 45 });
  for (let count = 0; count < 6; count += 1) await page.keyboard.press('Backspace', { delay: 45 });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.type(' again', { delay: 45 });
  for (const key of ['z', 'z', 'Shift+z', 'z']) {
    await page.keyboard.press(`ControlOrMeta+${key}`);
    await settled(page);
  }
}
