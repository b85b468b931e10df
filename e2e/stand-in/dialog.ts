import { spawnSync } from 'node:child_process';
import type { Dialog, MessageBoxOptions, OpenDialogOptions, SaveDialogOptions } from 'electron';
import { wantsHeaded } from './chromium.ts';
import { namingMissing } from './missing.ts';

/** Options come last, after the window if one is named. */
const optionsOf = <T>(args: unknown[]): T => (args.at(-1) ?? {}) as T;

/**
 * Asks by zenity if there is a display. Otherwise it throws with the dialog's name: specs replace these functions, as
 * they do in Electron.
 */
function ask(kind: string, args: readonly string[]): { answered: boolean; answer: string } {
  const { status, stdout, error } = wantsHeaded()
    ? spawnSync('zenity', args, { encoding: 'utf8' })
    : { status: null, stdout: '', error: new Error('There is no display.') };
  if (error) throw new Error(`Nobody answers dialog.${kind}: ${error.message}`);
  return { answered: status === 0, answer: stdout.trim() };
}

/** The system's dialogs. */
export const dialog = namingMissing('dialog', {
  showOpenDialog: async (...args: unknown[]) => {
    const { properties = [], title = '' } = optionsOf<OpenDialogOptions>(args);
    const folder = properties.includes('openDirectory') ? ['--directory'] : [];
    const several = properties.includes('multiSelections') ? ['--multiple', '--separator=\n'] : [];
    const { answered, answer } = ask('showOpenDialog', [
      '--file-selection',
      `--title=${title}`,
      ...folder,
      ...several,
    ]);
    return { canceled: !answered, filePaths: answered ? answer.split('\n') : [] };
  },
  showSaveDialog: async (...args: unknown[]) => {
    const { defaultPath = '', title = '' } = optionsOf<SaveDialogOptions>(args);
    const { answered, answer } = ask('showSaveDialog', [
      ...['--file-selection', '--save', '--confirm-overwrite'],
      ...[`--title=${title}`, `--filename=${defaultPath}`],
    ]);
    return { canceled: !answered, filePath: answer };
  },
  showMessageBox: async (...args: unknown[]) => {
    const { message, detail = '', buttons = [] } = optionsOf<MessageBoxOptions>(args);
    const { answered } = ask('showMessageBox', [
      '--question',
      '--no-markup',
      `--text=${message}\n\n${detail}`,
    ]);
    return { response: answered ? 0 : Math.max(0, buttons.length - 1), checkboxChecked: false };
  },
  showErrorBox: (title: string, content: string) => {
    process.stderr.write(`${title}\n${content}\n`);
  },
} satisfies Partial<Dialog>);
