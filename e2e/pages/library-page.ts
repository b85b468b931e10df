import { basename } from 'node:path';
import { expect, type Locator } from '@playwright/test';
import { AppPage } from './app-page.ts';

/** How long transcribing a short recording may take on a busy machine. */
const TRANSCRIBING_MS = 200_000;

/** The list of recordings. */
export class LibraryPage extends AppPage {
  get list(): Locator {
    return this.page.getByRole('grid', { name: 'Recordings', exact: true });
  }

  get search(): Locator {
    return this.page.getByRole('searchbox', { name: 'Search every transcript' });
  }

  get hits(): Locator {
    return this.page.getByRole('grid', { name: 'Found in transcripts' }).getByRole('row');
  }

  /** The row of a recording, by its name. */
  row(name: string): Locator {
    return this.list.getByRole('row').filter({ hasText: name });
  }

  progress(name: string): Locator {
    return this.row(name).getByRole('progressbar', { name: `Progress of ${name}` });
  }

  /** A button on a row. */
  button(name: string, label: string): Locator {
    return this.row(name).getByRole('button', { name: label, exact: true });
  }

  /** Chooses an action from a row's menu. */
  async choose(name: string, action: string): Promise<void> {
    await this.button(name, 'Actions').click();
    const item = this.page.getByRole('menuitem', { name: action });
    await item
      .or(this.page.getByRole('menuitemcheckbox', { name: action }))
      .first()
      .click();
  }

  /** Drops files on the window; returns the names of their rows, once those are there. */
  async drop(...paths: string[]): Promise<string[]> {
    await this.app.dropFiles(paths);
    const names = paths.map((path) => basename(path));
    for (const name of names) await expect(this.row(name)).toBeVisible();
    return names;
  }

  async expectDone(name: string): Promise<void> {
    await expect(this.doneMark(name)).toBeVisible({ timeout: TRANSCRIBING_MS });
  }

  doneMark(name: string): Locator {
    return this.row(name).getByRole('img', { name: /^Transcribed/ });
  }

  /** Drops files and waits until each is transcribed. */
  async transcribe(...paths: string[]): Promise<string[]> {
    const names = await this.drop(...paths);
    for (const name of names) await this.expectDone(name);
    return names;
  }

  /** Opens a transcript and presses a key in the same task, before its text can be loaded. */
  async openAndPress(name: string, key: Pick<KeyboardEventInit, 'key' | 'code' | 'ctrlKey'>): Promise<void> {
    const opener = this.row(name).getByRole('button', { name, exact: true });
    await opener.evaluate(async (button: HTMLElement, pressed) => {
      button.click();
      // React renders within microtasks; the text comes from another process. Now and then the code is loaded first.
      for (let turn = 1; document.querySelector('.vs-screen') === null; turn += 1) {
        await (turn % 1000 === 0 ? new Promise((resolve) => setTimeout(resolve)) : Promise.resolve());
      }
      const event = new KeyboardEvent('keydown', { ...pressed, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
    }, key);
  }

  async open(name: string): Promise<void> {
    await this.button(name, name).click();
  }

  /** Opens a screen by the side navigation. */
  async goTo(name: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name }).click();
  }

  /** Opens the form of the matter that is shown. */
  async editMatter(name: string): Promise<void> {
    await this.page
      .getByRole('main')
      .getByRole('button', { name: `Edit ${name}` })
      .click();
  }
}
