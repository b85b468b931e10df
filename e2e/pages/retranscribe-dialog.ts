import { expect, type Locator } from '@playwright/test';
import { AppPage } from './app-page.ts';

/** How long retranscribing a passage may take on a busy machine. */
const TRANSCRIBING_MS = 60_000;

/** Retranscription: the dialog that asks for the range and options, and its result. */
export class RetranscribeDialog extends AppPage {
  get dialog(): Locator {
    return this.page.getByRole('dialog', { name: 'Transcribe again' });
  }

  /** A range to retranscribe. */
  choice(name: string | RegExp): Locator {
    return this.dialog.getByRole('radio', { name });
  }

  get language(): Locator {
    return this.dialog.getByLabel('Spoken language');
  }

  async begin(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Transcribe again' }).click();
    await expect(this.dialog).toBeHidden();
  }

  /** The toast about the new text, and where the earlier one is. */
  async expectDone(): Promise<void> {
    await expect(this.page.getByText(/transcribed again\. The earlier text is version \d+/)).toBeVisible({
      timeout: TRANSCRIBING_MS,
    });
  }
}
