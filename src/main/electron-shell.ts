import { app, clipboard, nativeTheme, shell } from 'electron';
import { paperOf } from '../app/export/paper.ts';
import { PdfPrinting } from '../app/export/pdf-printing.ts';
import type { InterfaceStore } from '../app/settings/interface-store.ts';
import { platform } from '../app/settings/settings-handlers.ts';
import type { Shell } from '../app/window/shell.ts';
import { type ShortcutKeys, shortcutKeys, TRANSPORT_IDS, type TransportId } from '../contract/shortcuts.ts';
import { SystemAttention } from './attention.ts';
import { tryBrowser } from './browser-attempts.ts';
import type { Dialogs, DialogTexts } from './dialogs.ts';
import { GlobalKeys } from './global-keys.ts';
import { installMenu } from './menu.ts';
import { PrintingWindows } from './pdf-printing.ts';
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
  /** A key that acts on the open text from any program was pressed. */
  readonly onTransportKey: (id: TransportId) => void;
}

/** The running app's interface to Electron. */
export function electronShell(parts: ElectronShellParts): Shell {
  const { window, dialogs, store, texts, onRecordKey, onTransportKey } = parts;
  const recordKey = new GlobalKeys<'recordAnywhere'>(onRecordKey);
  const transportKeys = new GlobalKeys<TransportId>(onTransportKey);
  let isRecordKeyTaken = false;
  let isTransportWanted = false;
  let refusedKeys: readonly TransportId[] = [];
  const takeTransportKeys = (keys: ShortcutKeys) => {
    // Taken once even if they are not wanted yet: the settings tell what can be had.
    refusedKeys = transportKeys.take(TRANSPORT_IDS.map((id) => [id, keys[id]]));
    if (!isTransportWanted) transportKeys.release();
  };
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
    tryBrowser,
    copy: (text) => clipboard.writeText(text),
    showInFolder: (path) => shell.showItemInFolder(path),
    applySettings: () => {
      const { theme, shortcuts } = store.settings;
      nativeTheme.themeSource = theme;
      const keys = shortcutKeys(shortcuts, platform());
      installMenu(app.isPackaged, texts(), keys);
      isRecordKeyTaken = recordKey.take([['recordAnywhere', keys.recordAnywhere]]).length > 0;
      takeTransportKeys(keys);
    },
    isRecordKeyTaken: () => isRecordKeyTaken,
    wantTransportKeys: (isWanted) => {
      if (isWanted === isTransportWanted) return;
      isTransportWanted = isWanted;
      takeTransportKeys(shortcutKeys(store.settings.shortcuts, platform()));
    },
    refusedKeys: () => refusedKeys,
    quit: () => app.quit(),
    relaunch: () => app.relaunch(),
  };
}
