import { expect, type Locator } from '@playwright/test';
import { AppPage } from './app-page.ts';

/** The settings' list of keys and pedals, and the dialog that changes the keys of one action. */
export class KeysPage extends AppPage {
  /** Opens the list as the palette does. */
  async open(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+k');
    await this.page.getByRole('combobox').fill('Keys and pedals');
    await this.page.keyboard.press('Enter');
    await expect(this.page.getByRole('heading', { name: 'Keys and pedals' })).toBeInViewport();
  }

  /** The line of an action. */
  row(action: string): Locator {
    return this.page.getByRole('listitem').filter({ has: this.page.getByText(action, { exact: true }) });
  }

  dialog(action: string): Locator {
    return this.page.getByRole('dialog', { name: `Keys: ${action}` });
  }

  /** Opens an action’s dialog. */
  async change(action: string): Promise<Locator> {
    await this.page.getByRole('button', { name: `Change the keys: ${action}`, exact: true }).click();
    const dialog = this.dialog(action);
    await expect(dialog.getByText('Press the new key, the combination or the pedal.')).toBeVisible();
    return dialog;
  }

  /** Assigns an action a key alone or beside its others, by keyboard. */
  async give(action: string, key: string): Promise<void> {
    const dialog = await this.change(action);
    await this.page.keyboard.press(key);
    await expect(dialog.getByRole('button', { name: /^(Add|Use) / }).first()).toBeFocused();
    await this.page.keyboard.press('Enter');
    await expect(dialog.getByRole('button', { name: 'Done' })).toBeFocused();
    await this.page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
  }
}
