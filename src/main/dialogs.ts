import { type BrowserWindow, dialog, type MessageBoxOptions, type OpenDialogOptions } from 'electron';
import type { LeavingAnswer } from '../app/vault/leaving.ts';
import type { ShellDialogs, Undone } from '../app/window/shell.ts';
import type { UnsavedCount } from '../contract/views.ts';
import type { Words } from './words.ts';

/** The system's dialogs, over the window of the moment. */
export class Dialogs implements ShellDialogs {
  readonly #window: () => BrowserWindow | null;
  readonly #words: () => Words;

  constructor(window: () => BrowserWindow | null, words: () => Words) {
    this.#window = window;
    this.#words = words;
  }

  async recordings(what: 'files' | 'folder', endings: readonly string[]): Promise<string[]> {
    if (what === 'folder') return await this.#open({ properties: ['openDirectory', 'dontAddToRecent'] });
    const { recordings, allFiles } = this.#words();
    return await this.#open({
      properties: ['openFile', 'multiSelections', 'dontAddToRecent'],
      filters: [
        { name: recordings, extensions: [...endings] },
        { name: allFiles, extensions: ['*'] },
      ],
    });
  }

  async model(): Promise<string | null> {
    const { models, allFiles } = this.#words();
    const filters = [
      { name: models, extensions: ['bin'] },
      { name: allFiles, extensions: ['*'] },
    ];
    return (await this.#open({ properties: ['openFile', 'dontAddToRecent'], filters }))[0] ?? null;
  }

  async exportFolder(): Promise<string | null> {
    const chosen = await this.#open({ properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'] });
    return chosen[0] ?? null;
  }

  async keyFile(): Promise<string | null> {
    return await this.#save(this.#words().recoveryKeyFile);
  }

  async reportFile(): Promise<string | null> {
    return await this.#save(this.#words().reportFile);
  }

  async #save(name: string): Promise<string | null> {
    const options = { defaultPath: name, properties: ['dontAddToRecent' as const] };
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
    const { unsaved } = this.#words();
    const { how, mayShow, problem } = leaving;
    const answers: readonly (readonly [LeavingAnswer, string])[] = [
      ['again', unsaved.again],
      ...(mayShow ? ([['elsewhere', unsaved.elsewhere]] as const) : []),
      ['lose', how === 'lock' ? unsaved.lockAndLose : unsaved.quitAndLose],
      ['stay', unsaved.stay],
    ];
    const detail = [problem, unsaved.why, mayShow ? unsaved.elsewhereWhy : null];
    const chosen = await this.#ask({
      type: 'warning',
      message: unsaved.what(letters, passages),
      detail: detail.filter((sentence) => sentence !== null).join('\n\n'),
      buttons: answers.map(([, label]) => label),
      cancelId: answers.length - 1,
    });
    return answers[chosen]?.[0] ?? 'stay';
  }

  async unsavedFile(): Promise<string | null> {
    return await this.#save(this.#words().unsaved.file);
  }

  async quitsOver(undone: Undone): Promise<boolean> {
    const { undone: words, stayOpen, menu } = this.#words();
    const { what, why } = words[undone];
    const buttons = [stayOpen, menu.quit];
    return (await this.#ask({ type: 'warning', message: what, detail: why, buttons, cancelId: 0 })) === 1;
  }

  /** Which of these devices the window may listen to; null for none. */
  async pedal(names: readonly string[]): Promise<number | null> {
    const { pedals, menu } = this.#words();
    if (names.length === 0) {
      await this.#ask({ message: pedals.none, detail: pedals.noneTodo, buttons: [menu.close] });
      return null;
    }
    const { which: message, why: detail, cancel } = pedals;
    // Cancel is what Enter presses: nothing is opened by a key that was meant for something else.
    const buttons = [...names, cancel];
    const last = names.length;
    const chosen = await this.#ask({
      type: 'question',
      message,
      detail,
      buttons,
      cancelId: last,
      defaultId: last,
    });
    return chosen < last ? chosen : null;
  }

  async failing(): Promise<'library' | 'quit'> {
    const { failing, failingTodo, toLibrary, menu } = this.#words();
    const options = { type: 'error' as const, message: failing, detail: failingTodo };
    const chosen = await this.#ask({ ...options, buttons: [toLibrary, menu.quit], cancelId: 0 });
    return chosen === 0 ? 'library' : 'quit';
  }

  async failingProgram(): Promise<'restart' | 'stay'> {
    const { failingProgram, failingProgramTodo, restart, stayOpen } = this.#words();
    const options = { type: 'error' as const, message: failingProgram, detail: failingProgramTodo };
    const chosen = await this.#ask({ ...options, buttons: [restart, stayOpen], cancelId: 1 });
    return chosen === 0 ? 'restart' : 'stay';
  }

  /** Gives the number of the button; the first is the one that Enter presses. */
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
