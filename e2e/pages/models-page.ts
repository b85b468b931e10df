import { expect, type Locator } from '@playwright/test';
import { AppPage } from './app-page.ts';
import { LibraryPage } from './library-page.ts';

/** A measurement is one window of the real engine; the machine may be busy. */
const MEASURING = { timeout: 200_000 };

/** The speech models. */
export class ModelsPage extends AppPage {
  /** An installed model, by its name. */
  row(name: string): Locator {
    return this.page.locator(`[data-model="${name}"]`);
  }

  get advice(): Locator {
    return this.page.getByRole('region', { name: 'A larger model for this computer' });
  }

  async open(): Promise<void> {
    await new LibraryPage(this.app).goTo('Speech models');
    await expect(this.page.getByRole('heading', { name: 'Speech models', level: 1 })).toBeVisible();
  }

  async measure(name: string): Promise<void> {
    await this.row(name)
      .getByRole('button', { name: `Measure the speed of ${name}` })
      .click();
  }

  async expectMeasured(name: string): Promise<void> {
    await expect(this.row(name)).toContainText(/1 hour of speech in about .+ here · Measured on/, MEASURING);
  }
}
