import { join } from 'node:path';
import { app, dialog, nativeTheme, powerMonitor } from 'electron';
import { dataFolder } from '../core/folders.ts';
import type { Handlers } from './answer-request.ts';
import { APP_SCHEME, answerAppScheme, pageFiles, refusal } from './app-scheme.ts';
import { launchUtilityEngine } from './engine-launcher.ts';
import { EventStream } from './event-stream.ts';
import { appHandlers, appState } from './handlers/app-handlers.ts';
import { vaultHandlers } from './handlers/vault-handlers.ts';
import { hardenBeforeReady, hardenedSession, refusedArgument } from './hardening.ts';
import { InterfaceStore } from './interface-store.ts';
import { answerWindow, tellWindow } from './ipc.ts';
import { installMenu } from './menu.ts';
import { OpenVault } from './open-vault.ts';
import { systemKeychain } from './session/system-keychain.ts';
import { VaultSession } from './session/vault-session.ts';
import { AppWindow } from './window.ts';

const PAGE_FOLDER = join(import.meta.dirname, '..', 'renderer');

const refused = refusedArgument(app.isPackaged, process.argv);
if (refused !== null) {
  process.stderr.write(`VoiceSync does not start with ${refused}: it would switch its own protection off.\n`);
  app.exit(2);
}
hardenBeforeReady(app);
app.setPath('userData', join(dataFolder(), 'window'));
// Not awaited: Electron is ready only after this module has been loaded.
if (app.requestSingleInstanceLock()) app.whenReady().then(start, () => app.exit(1));
else app.exit(0);

async function start(): Promise<void> {
  const vaultFolder = join(dataFolder(), 'vault');
  const store = new InterfaceStore();
  nativeTheme.themeSource = store.settings.theme;
  const ownSession = hardenedSession(() => false);
  const files = await pageFiles(PAGE_FOLDER);
  ownSession.protocol.handle(APP_SCHEME, (request) =>
    answerAppScheme(request, files, async () => refusal(404)),
  );
  installMenu(app.isPackaged);

  const window = new AppWindow(ownSession, store, () => nativeTheme.shouldUseDarkColors);
  const events = new EventStream((event) => tellWindow(window.current, event));
  const session = new VaultSession({
    folder: vaultFolder,
    keychain: await systemKeychain(join(app.getPath('userData'), 'keychain')),
    begin: (vault) =>
      OpenVault.begin(vault, {
        launchEngine: launchUtilityEngine,
        emit: (event) => events.emit({ type: 'core', event }),
        language: app.getLocale().startsWith('es') ? 'es' : 'en',
      }),
    onChange: () => void tellState(),
  });
  const state = () => appState(session, store, vaultFolder);
  const tellState = async () => events.emit({ type: 'stateChanged', state: await state() });
  const handlers = {
    ...appHandlers({ state, store, tellState: () => void tellState(), setPlaying: () => undefined }),
    ...vaultHandlers({
      session,
      vaultFolder,
      state,
      alwaysSeal: () => store.settings.alwaysSeal,
      chooseKeyFile: async () => {
        const { filePath } = await dialog.showSaveDialog({ defaultPath: 'VoiceSync recovery key.txt' });
        return filePath || null;
      },
    }),
  } as Handlers;
  answerWindow(handlers, () => window.current, {
    sequence: () => events.sequence,
    checkOutput: !app.isPackaged,
  });
  powerMonitor.on('lock-screen', () => void session.lock('curtain'));
  app.on('window-all-closed', () => app.quit());
  await window.show();
}
