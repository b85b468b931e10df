import {
  type BrowserWindow,
  dialog,
  type FileFilter,
  type MessageBoxOptions,
  type OpenDialogOptions,
} from 'electron';
import type { LeavingAnswer } from '../app/vault/leaving.ts';
import type { ShellDialogs, Undone } from '../app/window/shell.ts';
import type { UnsavedCount } from '../contract/views.ts';
import type { ProgramTexts } from '../messages/program-texts.ts';

/** Messages of the main process, in the user's language. */
export type DialogTexts = ProgramTexts<'dialogs'>;

/** The system's dialogs, over the current window. */
export class Dialogs implements ShellDialogs {
  readonly #window: () => BrowserWindow | null;
  readonly #texts: () => DialogTexts;

  constructor(window: () => BrowserWindow | null, texts: () => DialogTexts) {
    this.#window = window;
    this.#texts = texts;
  }

  async recordings(what: 'files' | 'folder', endings: readonly string[]): Promise<string[]> {
    if (what === 'folder') return await this.#open({ properties: ['openDirectory', 'dontAddToRecent'] });
    const t = this.#texts();
    return await this.#open({
      properties: ['openFile', 'multiSelections', 'dontAddToRecent'],
      filters: [
        { name: t('recordings'), extensions: [...endings] },
        { name: t('allFiles'), extensions: ['*'] },
      ],
    });
  }

  async model(): Promise<string | null> {
    const t = this.#texts();
    const filters = [
      { name: t('models'), extensions: ['bin'] },
      { name: t('allFiles'), extensions: ['*'] },
    ];
    return (await this.#open({ properties: ['openFile', 'dontAddToRecent'], filters }))[0] ?? null;
  }

  async text(endings: readonly string[]): Promise<string | null> {
    const t = this.#texts();
    const filters = [
      { name: t('texts'), extensions: [...endings] },
      { name: t('allFiles'), extensions: ['*'] },
    ];
    return (await this.#open({ properties: ['openFile', 'dontAddToRecent'], filters }))[0] ?? null;
  }

  async template(): Promise<string | null> {
    const t = this.#texts();
    const filters = [
      { name: t('wordTemplates'), extensions: ['dotx', 'docx'] },
      { name: t('allFiles'), extensions: ['*'] },
    ];
    return (await this.#open({ properties: ['openFile', 'dontAddToRecent'], filters }))[0] ?? null;
  }

  async folder(): Promise<string | null> {
    const chosen = await this.#open({ properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'] });
    return chosen[0] ?? null;
  }

  async keyFile(): Promise<string | null> {
    return await this.#save(this.#texts()('recoveryKeyFile'));
  }

  async spokenFile(ending: string): Promise<string | null> {
    return await this.#save(`${this.#texts()('spokenFile')}.${ending}`);
  }

  async reportFile(): Promise<string | null> {
    return await this.#save(this.#texts()('reportFile'));
  }

  async privacyFile(): Promise<string | null> {
    const filters = [
      { name: 'HTML', extensions: ['html'] },
      { name: 'PDF', extensions: ['pdf'] },
      { name: 'TXT', extensions: ['txt'] },
    ];
    return await this.#save(this.#texts()('privacyFile'), filters);
  }

  async certificateFile(): Promise<string | null> {
    const filters = [
      { name: 'TXT', extensions: ['txt'] },
      { name: 'PDF', extensions: ['pdf'] },
    ];
    return await this.#save(this.#texts()('certificateFile'), filters);
  }

  async ruleFile(what: 'open' | 'save'): Promise<string | null> {
    const t = this.#texts();
    if (what === 'save') return await this.#save(t('ruleFile'));
    const filters = [
      { name: t('ruleFiles'), extensions: ['txt', 'tsv'] },
      { name: t('allFiles'), extensions: ['*'] },
    ];
    return (await this.#open({ properties: ['openFile', 'dontAddToRecent'], filters }))[0] ?? null;
  }

  async #save(name: string, filters: FileFilter[] = []): Promise<string | null> {
    const options = { defaultPath: name, filters, properties: ['dontAddToRecent' as const] };
    const window = this.#window();
    const { filePath } = await (window === null
      ? dialog.showSaveDialog(options)
      : dialog.showSaveDialog(window, options));
    return filePath || null;
  }

  async unsaved(
    { letters, passages }: UnsavedCount,
    leaving: { readonly how: 'lock' | 'quit'; readonly mayShow: boolean; readonly problem: string | null },
  ): Promise<LeavingAnswer> {
    const t = this.#texts();
    const { how, mayShow, problem } = leaving;
    const answers: readonly (readonly [LeavingAnswer, string])[] = [
      ['again', t('unsaved.again')],
      ...(mayShow ? ([['elsewhere', t('unsaved.elsewhere')]] as const) : []),
      ['lose', how === 'lock' ? t('unsaved.lockAndLose') : t('unsaved.quitAndLose')],
      ['stay', t('unsaved.stay')],
    ];
    const detail = [problem, t('unsaved.why'), mayShow ? t('unsaved.elsewhereWhy') : null];
    const chosen = await this.#ask({
      type: 'warning',
      message: t('unsaved.what', {
        count: letters,
        passages: t('unsaved.passages', { count: passages }),
      }),
      detail: detail.filter((sentence) => sentence !== null).join('\n\n'),
      buttons: answers.map(([, label]) => label),
      cancelId: answers.length - 1,
    });
    return answers[chosen]?.[0] ?? 'stay';
  }

  async unsavedFile(): Promise<string | null> {
    return await this.#save(this.#texts()('unsaved.file'));
  }

  async quitsOver(undone: Undone): Promise<boolean> {
    const t = this.#texts();
    const question = { message: t(`undone.${undone}.what`), detail: t(`undone.${undone}.why`) };
    const buttons = [t('stayOpen'), t('menu.quit')];
    return (await this.#ask({ type: 'warning', ...question, buttons, cancelId: 0 })) === 1;
  }

  async sealsOverRecording(): Promise<boolean> {
    const t = this.#texts();
    const question = { message: t('recordingStops.what'), detail: t('recordingStops.why') };
    const buttons = [t('recordingStops.goOn'), t('recordingStops.stop')];
    return (await this.#ask({ type: 'warning', ...question, buttons, cancelId: 0 })) === 1;
  }

  /** Which of these devices the window may read; null for none. */
  async pedal(names: readonly string[]): Promise<number | null> {
    const t = this.#texts();
    if (names.length === 0) {
      await this.#ask({
        message: t('pedals.none'),
        detail: t('pedals.noneTodo'),
        buttons: [t('menu.close')],
      });
      return null;
    }
    // Enter presses Cancel: a stray key press opens nothing.
    const buttons = [...names, t('pedals.cancel')];
    const last = names.length;
    const chosen = await this.#ask({
      type: 'question',
      message: t('pedals.which'),
      detail: t('pedals.why'),
      buttons,
      cancelId: last,
      defaultId: last,
    });
    return chosen < last ? chosen : null;
  }

  async failing(): Promise<'library' | 'quit'> {
    const t = this.#texts();
    const options = { type: 'error' as const, message: t('failing'), detail: t('failingTodo') };
    const chosen = await this.#ask({ ...options, buttons: [t('toLibrary'), t('menu.quit')], cancelId: 0 });
    return chosen === 0 ? 'library' : 'quit';
  }

  async failingProgram(): Promise<'restart' | 'stay'> {
    const t = this.#texts();
    const options = { type: 'error' as const, message: t('failingProgram'), detail: t('failingProgramTodo') };
    const chosen = await this.#ask({ ...options, buttons: [t('restart'), t('stayOpen')], cancelId: 1 });
    return chosen === 0 ? 'restart' : 'stay';
  }

  /** Returns the button's index; Enter presses the first. */
  async #ask(options: MessageBoxOptions): Promise<number> {
    const window = this.#window();
    const question = { defaultId: 0, noLink: true, ...options };
    const { response } = await (window === null
      ? dialog.showMessageBox(question)
      : dialog.showMessageBox(window, question));
    return response;
  }

  async #open(options: OpenDialogOptions): Promise<string[]> {
    const window = this.#window();
    const { filePaths } = await (window === null
      ? dialog.showOpenDialog(options)
      : dialog.showOpenDialog(window, options));
    return filePaths;
  }
}
