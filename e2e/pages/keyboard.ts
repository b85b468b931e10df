import { expect, type Locator } from '@playwright/test';
import { AppPage } from './app-page.ts';

/** More stops than any screen has. */
const MOST_STOPS = 80;

/** Someone without a mouse: goes from stop to stop, and looks where the keyboard is. */
export class Keyboard extends AppPage {
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Goes with Tab, or back with Shift+Tab, until something has the keyboard; every stop on the way must be visible. */
  async tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await expect(target).toBeVisible();
    const passed: string[] = [];
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press(key);
      passed.push(await this.expectVisible());
    }
    throw new Error(`The keyboard does not come there. It passed: ${passed.join(' | ')}`);
  }

  /** Goes to a button or another control and presses it. */
  async use(target: Locator, how: 'Enter' | 'Space' = 'Enter'): Promise<void> {
    await this.tabTo(target);
    await this.press(how);
  }

  /** The keyboard is somewhere: never lost to the page as a whole. */
  async expectHeld(): Promise<void> {
    const isHeld = () => this.page.evaluate(() => document.activeElement !== document.body);
    await expect.poll(isHeld, 'the keyboard is somewhere').toBe(true);
  }

  /** Where the keyboard is can be seen; gives what is there. */
  async expectVisible(): Promise<string> {
    const { what, fault } = await this.page.evaluate(stopNow);
    expect(fault, what).toBeNull();
    return what;
  }
}

/** Runs in the page: what has the keyboard, and why that cannot be seen; null where it can. */
function stopNow(): { what: string; fault: string | null } {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) {
    return { what: 'the page', fault: 'the keyboard is lost' };
  }
  const name = element.getAttribute('aria-label') ?? element.innerText.slice(0, 60);
  const what = `${element.getAttribute('role') ?? element.tagName.toLowerCase()} “${name}”`;
  const box = element.getBoundingClientRect();
  const isOnScreen =
    box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0;
  if (!isOnScreen) return { what, fault: 'it is not on the screen' };
  const style = getComputedStyle(element);
  const hasOutline = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1;
  const isText = element.matches(
    'textarea, [contenteditable=true], input:not([type=range], [type=checkbox], [type=radio])',
  );
  const isMenuLine = element.matches('[role^=menu], [role=option]');
  const isMarked = isMenuLine && style.backgroundColor !== 'rgba(0, 0, 0, 0)';
  return { what, fault: hasOutline || isText || isMarked ? null : 'nothing marks it' };
}
