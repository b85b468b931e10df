import { expect, type Locator } from '@playwright/test';
import { AppPage } from './app-page.ts';

/** More tab stops than any screen has. */
const MOST_STOPS = 80;

/** Keyboard navigation: goes from tab stop to tab stop, and checks the focus. */
export class Keyboard extends AppPage {
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Goes with Tab, or back with Shift+Tab, until the target has the focus; the focus must be visible at every stop. */
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

  /** Focuses a button or another control and presses it. */
  async use(target: Locator, how: 'Enter' | 'Space' = 'Enter'): Promise<void> {
    await this.tabTo(target);
    await this.press(how);
  }

  /** Some element has the focus: it is never lost to the body. */
  async expectHeld(): Promise<void> {
    const isHeld = () => this.page.evaluate(() => document.activeElement !== document.body);
    await expect.poll(isHeld, 'the keyboard is somewhere').toBe(true);
  }

  /** The focus is visible; returns the focused element's description. */
  async expectVisible(): Promise<string> {
    const { what, fault } = await this.page.evaluate(stopNow);
    expect(fault, what).toBeNull();
    return what;
  }
}

/** Runs in the page: what has the focus, and why that is not visible; null if it is. */
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
