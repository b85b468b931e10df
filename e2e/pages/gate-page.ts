import { expect, type Locator } from '@playwright/test';
import { AppPage } from './app-page.ts';

/** The screens before the vault: creation, unlocking, and recovery by key. */
export class GatePage extends AppPage {
  get passphrase(): Locator {
    return this.page.getByLabel('Passphrase', { exact: true });
  }

  get newPassphrase(): Locator {
    return this.page.getByLabel('New passphrase', { exact: true });
  }

  get repeated(): Locator {
    return this.page.getByLabel('The same once more', { exact: true });
  }

  get error(): Locator {
    return this.page.getByRole('alert').filter({ hasText: /\S/ });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  heading(name: string): Locator {
    return this.page.getByRole('heading', { name, exact: true });
  }

  /** Types a new passphrase twice and goes on to the recovery key. */
  async beginVault(passphrase: string): Promise<void> {
    await this.newPassphrase.fill(passphrase);
    await this.repeated.fill(passphrase);
    await this.button('Continue').click();
    await expect(this.heading('Your recovery key')).toBeVisible();
  }

  /** The groups of the recovery key on the screen. */
  async recoveryKey(): Promise<string[]> {
    const groups = this.page.getByRole('listitem').getByRole('code');
    await expect(groups).toHaveCount(13);
    return await groups.allTextContents();
  }

  /** Types the two groups that are asked for; `change` makes mistakes. */
  async typeBack(groups: readonly string[], change = (group: string) => group): Promise<void> {
    const fields = this.page.getByRole('textbox', { name: /^Group \d+$/ });
    await expect(fields).toHaveCount(2);
    for (const field of await fields.all()) {
      const label = await field.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent ?? '');
      await field.fill(change(groups[Number(label.replace(/\D/g, '')) - 1] ?? ''));
    }
  }

  /** From the first screen into the empty library. Returns the recovery key. */
  async makeVault(passphrase: string): Promise<string> {
    await this.beginVault(passphrase);
    const groups = await this.recoveryKey();
    await this.button('I have it in a safe place').click();
    await this.typeBack(groups);
    await this.button('Make the vault').click();
    await this.expectOpen();
    return groups.join('-');
  }

  async unlock(passphrase: string): Promise<void> {
    await this.passphrase.fill(passphrase);
    await this.button('Unlock').click();
    await this.expectOpen();
  }

  /** Every screen has a header. Deriving a key is slow on a busy machine. */
  async expectOpen(): Promise<void> {
    await expect(this.page.locator('header').first()).toBeVisible({ timeout: 60_000 });
  }

  async expectLocked(): Promise<void> {
    await expect(this.heading('Unlock the vault')).toBeVisible({ timeout: 60_000 });
  }
}
