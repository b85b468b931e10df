import { expect, type Locator } from '@playwright/test';
import { AppPage } from './app-page.ts';

/** The panel of a transcript's speakers. */
export class SpeakersPage extends AppPage {
  get panel(): Locator {
    return this.page.getByRole('region', { name: 'Speakers', exact: true });
  }

  /** The paragraphs that sound like a corrected one. */
  get similar(): Locator {
    return this.page.getByRole('region', { name: /^Sounds like / });
  }

  get rows(): Locator {
    return this.panel.getByRole('list', { name: 'Speakers of this recording' }).getByRole('listitem');
  }

  /** Opens the panel with its shortcut. */
  async open(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+Shift+a');
    await expect(this.panel).toBeFocused();
  }

  /** The speakers that are listed, in order. */
  async names(): Promise<string[]> {
    return await this.rows.locator('p:first-child').allInnerTexts();
  }

  button(name: string | RegExp): Locator {
    return this.panel.getByRole('button', { name, exact: true });
  }

  async rename(speaker: string, name: string): Promise<void> {
    await this.button(`Rename ${speaker}`).click();
    await this.panel.getByLabel(`New name of ${speaker}`).fill(name);
    await this.page.keyboard.press('Enter');
  }

  /** Chooses from a speaker's menu. */
  async choose(speaker: string, item: string): Promise<void> {
    await this.button(`More about ${speaker}`).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** Says that a speaker is another one, too. */
  async isAlso(speaker: string, other: string): Promise<void> {
    await this.choose(speaker, 'This is also…');
    const question = this.panel.getByRole('group', { name: `${speaker} is also:` });
    await question.getByRole('button', { name: other, exact: true }).click();
  }

  /** Tells the speakers apart for another number. */
  async tellApart(mode: 'Automatic' | 'Exactly' | 'At most', people?: number): Promise<void> {
    await this.button('How many speak?').click();
    await this.panel.getByRole('combobox', { name: 'How many speak?' }).selectOption({ label: mode });
    if (people !== undefined)
      await this.panel
        .getByRole('combobox', { name: 'Number of people' })
        .selectOption({ label: people === 1 ? '1 person' : `${people} people` });
    await this.button('Tell apart again').click();
  }

  /** The toast that tells what was done. */
  told(text: string | RegExp): Locator {
    return this.page.getByText(text);
  }
}
