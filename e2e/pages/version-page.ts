import type { Locator } from '@playwright/test';
import { AppPage } from './app-page.ts';

/** The list of a transcript's versions, and one of them opened. */
export class VersionPage extends AppPage {
  /** The versions in the list, the newest first. */
  get rows(): Locator {
    return this.page.getByRole('dialog', { name: 'Versions' }).getByRole('listitem').getByRole('button');
  }

  get banner(): Locator {
    return this.page.getByRole('status').filter({ hasText: 'You are looking at' });
  }

  /** The text of the opened version. */
  get text(): Locator {
    return this.page.getByRole('textbox', { name: /^Version \d+ of .*, to read only$/ });
  }

  /** The number of differences, or which one is selected. */
  get places(): Locator {
    return this.page.getByRole('toolbar', { name: 'Version tools' }).getByRole('status');
  }

  /** The marks of the differences. */
  get marks(): Locator {
    return this.text.locator('.vs-differs, .vs-missing');
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }
}
