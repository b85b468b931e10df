import { expect } from '@playwright/test';
import { AppPage } from './app-page.ts';
import { LibraryPage } from './library-page.ts';

/** The settings, and the list of their sections. */
export class SettingsPage extends AppPage {
  /** Opens the settings, at a section if one is named: in the list at the left, or in the choice of a narrow window. */
  async open(section?: string): Promise<void> {
    await new LibraryPage(this.app).goTo('Settings');
    await expect(this.page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
    if (section !== undefined) await this.choose(section);
  }

  /** Chooses a section of the open settings. */
  async choose(section: string): Promise<void> {
    const choice = this.page.getByRole('combobox', { name: 'Section', exact: true });
    if (await choice.isVisible()) await choice.selectOption(section);
    else await this.page.getByRole('tab', { name: section, exact: true }).click();
    await this.expectSection(section);
  }

  async expectSection(section: string): Promise<void> {
    await expect(this.page.getByRole('tabpanel', { name: section, exact: true })).toBeVisible();
  }

  /** The names of all sections, in their order. */
  async sections(): Promise<readonly string[]> {
    return await this.page
      .getByRole('combobox', { name: 'Section', exact: true, includeHidden: true })
      .getByRole('option', { includeHidden: true })
      .allTextContents();
  }
}
