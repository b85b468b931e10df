import { expect, type Locator } from '@playwright/test';
import { AppPage } from './app-page.ts';

/** The formats' names in the dialog. */
export const FORMATS = {
  txt: 'Plain text (TXT)',
  docx: 'Word (DOCX)',
  pdf: 'Print (PDF)',
  srt: 'Subtitles (SRT)',
  vtt: 'Web subtitles (VTT)',
  json: 'Data (JSON)',
  md: 'Markdown (MD)',
  html: 'Web page (HTML)',
  csv: 'Table (CSV)',
  otr: 'oTranscribe (OTR)',
  rttm: 'Speakers (RTTM)',
  eaf: 'ELAN (EAF)',
  textgrid: 'Praat (TextGrid)',
} as const;

/** A format that the dialog offers. */
export type Format = keyof typeof FORMATS;

/** Those that are shown on request, by the name of their group. */
const GROUPS = {
  'More formats': ['md', 'html', 'csv', 'otr'],
  'For research': ['rttm', 'eaf', 'textgrid'],
} as const satisfies Readonly<Record<string, readonly Format[]>>;

/** The dialog that exports recordings. */
export class ExportDialog extends AppPage {
  get dialog(): Locator {
    return this.page.getByRole('dialog', { name: /^Export/ });
  }

  get preview(): Locator {
    return this.dialog.getByRole('tabpanel');
  }

  /** A part that is included or not, by its name. */
  part(name: 'Times' | 'Speakers' | 'Marks in the text' | 'Provenance'): Locator {
    // A format may begin with the same word: Speakers (RTTM).
    return this.dialog.getByRole('checkbox', { name: new RegExp(`^${name}(?! \\()`) });
  }

  /** A field of the subtitles' layout, by its label; shows the fields. */
  async measure(label: string): Promise<Locator> {
    const shape = this.dialog.getByRole('button', { name: /^Shape of subtitles/ });
    if ((await shape.getAttribute('aria-expanded')) === 'false') await shape.click();
    return this.dialog.getByRole('spinbutton', { name: label });
  }

  format(format: Format): Locator {
    return this.dialog.getByRole('checkbox', { name: FORMATS[format] });
  }

  /** Shows the preview of a chosen format. */
  async show(format: Format): Promise<void> {
    await this.dialog.getByRole('tab', { name: new RegExp(`^${format}$`, 'i') }).click();
  }

  /** Chooses exactly these formats. */
  async choose(...formats: readonly Format[]): Promise<void> {
    const groups = Object.entries(GROUPS).map(([name, members]) => ({
      button: this.dialog.getByRole('button', { name }),
      isWanted: members.some((member) => formats.includes(member)),
    }));
    for (const { button } of groups) {
      if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
    }
    const [first] = formats;
    // One must always be checked.
    if (first !== undefined) await this.format(first).setChecked(true);
    for (const format of Object.keys(FORMATS) as Format[]) {
      await this.format(format).setChecked(formats.includes(format));
    }
    for (const { button, isWanted } of groups) if (!isWanted) await button.click();
  }

  /** Sets the answer of the system's folder dialog. */
  async answerFolder(folder: string): Promise<void> {
    await this.app.electron.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
    }, folder);
  }

  /** Chooses a folder. */
  async chooseFolder(folder: string): Promise<void> {
    await this.answerFolder(folder);
    await this.dialog.getByRole('button', { name: 'Choose a folder' }).click();
    await expect(this.dialog.getByText(folder, { exact: true })).toBeVisible();
  }

  /** Chooses a folder and writes so many files. */
  async write(folder: string, count: number): Promise<void> {
    await this.chooseFolder(folder);
    await this.writeThere(count);
  }

  /** Writes so many files into the folder that is set. */
  async writeThere(count: number): Promise<void> {
    const files = count === 1 ? '1 file' : `${count} files`;
    await this.dialog.getByRole('button', { name: `Export ${files}` }).click();
    const written = count === 1 ? '1 file was written.' : `${count} files were written.`;
    await expect(this.dialog.getByText(written)).toBeVisible({ timeout: 60_000 });
  }

  async done(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Done' }).click();
    await expect(this.dialog).toBeHidden();
  }
}
