import { expect, type Locator } from '@playwright/test';
import { AppPage } from './app-page.ts';

/** The formats by what the dialog calls them. */
export const FORMATS = {
  docx: 'Word (DOCX)',
  txt: 'Plain text (TXT)',
  srt: 'Subtitles (SRT)',
  vtt: 'Web subtitles (VTT)',
  json: 'Data (JSON)',
} as const;

/** A format that the dialog offers. */
export type Format = keyof typeof FORMATS;

/** The export of recordings, over the screen. */
export class ExportDialog extends AppPage {
  get dialog(): Locator {
    return this.page.getByRole('dialog', { name: /^Export/ });
  }

  get preview(): Locator {
    return this.dialog.getByRole('tabpanel');
  }

  /** Chooses exactly these formats. */
  async choose(...formats: readonly Format[]): Promise<void> {
    const [first] = formats;
    // One must always be left.
    if (first !== undefined) await this.checkbox(first).setChecked(true);
    for (const format of Object.keys(FORMATS) as Format[]) {
      await this.checkbox(format).setChecked(formats.includes(format));
    }
  }

  /** Chooses a folder, for which the system's dialog is answered, and writes so many files. */
  async write(folder: string, count: number): Promise<void> {
    await this.app.electron.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
    }, folder);
    await this.dialog.getByRole('button', { name: 'Choose a folder' }).click();
    await expect(this.dialog.getByText(folder)).toBeVisible();
    const files = count === 1 ? '1 file' : `${count} files`;
    await this.dialog.getByRole('button', { name: `Export ${files}` }).click();
    const written = count === 1 ? '1 file was written.' : `${count} files were written.`;
    await expect(this.dialog.getByText(written)).toBeVisible({ timeout: 30_000 });
    await this.dialog.getByRole('button', { name: 'Done' }).click();
    await expect(this.dialog).toBeHidden();
  }

  private checkbox(format: Format): Locator {
    return this.dialog.getByRole('checkbox', { name: FORMATS[format] });
  }
}
