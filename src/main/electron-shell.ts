import { app, clipboard, nativeTheme, shell } from 'electron';
import { paperOf } from '../app/export/paper.ts';
import { PdfPrinting } from '../app/export/pdf-printing.ts';
import type { InterfaceStore } from '../app/settings/interface-store.ts';
import { platform } from '../app/settings/settings-handlers.ts';
import type { Shell } from '../app/window/shell.ts';
import { shortcutKeys } from '../contract/shortcuts.ts';
import { SystemAttention } from './attention.ts';
import type { Dialogs, DialogTexts } from './dialogs.ts';
import { installMenu } from './menu.ts';
import { PrintingWindows } from './pdf-printing.ts';
import { RecordKey } from './record-key.ts';
import type { AppWindow } from './window.ts';

/** Parts of the shell. */
export interface ElectronShellParts {
  readonly window: AppWindow;
  readonly dialogs: Dialogs;
  readonly store: InterfaceStore;
  /** Messages outside of the window, in the user's language. */
  readonly texts: () => DialogTexts;
  /** The key that records from any program was pressed. */
  readonly onRecordKey: () => void;
}

/** The running app's interface to Electron. */
export function electronShell({ window, dialogs, store, texts, onRecordKey }: ElectronShellParts): Shell {
  const recordKey = new RecordKey(onRecordKey);
  const printing = new PrintingWindows(paperOf(app.getLocaleCountryCode()));
  const printer = new PdfPrinting((html) => printing.begin(html));
  return {
    version: app.getVersion(),
    locale: app.getLocale(),
    window,
    dialogs,
    attention: new SystemAttention(
      () => window.current,
      texts,
      () => void window.show(),
    ),
    print: (html) => printer.print(html),
    stopPrinting: () => printer.stop(),
    copy: (text) => clipboard.writeText(text),
    showInFolder: (path) => shell.showItemInFolder(path),
    applySettings: () => {
      const { theme, shortcuts } = store.settings;
      nativeTheme.themeSource = theme;
      const keys = shortcutKeys(shortcuts, platform());
      installMenu(app.isPackaged, texts(), keys);
      recordKey.register(keys.recordAnywhere);
    },
    isRecordKeyTaken: () => recordKey.isTaken,
    quit: () => app.quit(),
    relaunch: () => app.relaunch(),
  };
}
