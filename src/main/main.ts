import { dirname, join, resolve } from 'node:path';
import { app, dialog, nativeTheme, powerMonitor, type Session } from 'electron';
import { ProgramLog } from '../app/diagnostics/program-log.ts';
import { Models } from '../app/models/models.ts';
import { appFolders } from '../app/settings/app-folders.ts';
import { InterfaceStore } from '../app/settings/interface-store.ts';
import { isChosenPedal } from '../app/settings/pedals.ts';
import { keychainFiles } from '../app/vault/keychain-files.ts';
import { settleVaultPlace } from '../app/vault/open-vault.ts';
import { APP_SCHEME, answerAppScheme, pageFiles, refusal } from '../app/window/app-scheme.ts';
import { filesHandedOver, handedFiles } from '../app/window/handed-files.ts';
import { answerMedia } from '../app/window/media.ts';
import { RunningApp } from '../app/window/running-app.ts';
import { detectLocale, numbersLocale } from '../contract/locale.ts';
import { programTexts } from '../messages/program-texts.ts';
import { watchOver } from './auto-lock.ts';
import { CaptureAccess } from './capture-access.ts';
import { CaptureSigns } from './capture-signs.ts';
import { CaptureWindow } from './capture-window.ts';
import { Dialogs } from './dialogs.ts';
import { electronShell } from './electron-shell.ts';
import { launchUtilityEngine } from './engine-launcher.ts';
import { hardenBeforeReady, hardenedSession } from './hardening.ts';
import { interfaceFile } from './interface-file.ts';
import { answerWindow } from './ipc.ts';
import { offerPedals } from './pedals.ts';
import { systemCipher } from './system-keychain.ts';
import { AppWindow } from './window.ts';

/** Folder of the built page, relative to the main process's bundle. */
const PAGE_FOLDER = join(dirname(import.meta.dirname), 'renderer');

const folders = appFolders();
const programLog = new ProgramLog();
let runningApp: RunningApp | null = null;
programLog.noteUncaughtErrors(() => {
  if (runningApp === null) giveUp();
  // Errors while reporting are not reported: that would not end.
  else runningApp.programFailed().catch(() => undefined);
});
hardenBeforeReady(app);
app.setPath('userData', folders.window);
const handed = handedFiles(process.argv, process.cwd(), app.isPackaged ? null : app.getAppPath());
// Not awaited: Electron is ready only after this module has been loaded.
if (app.requestSingleInstanceLock({ files: handed })) app.whenReady().then(start).catch(fail);
else app.exit(0);

async function start(): Promise<void> {
  programLog.begin();
  noteSurroundings();
  // What cannot be settled now, as without its disk, waits for the next start.
  await settleVaultPlace().catch(() => undefined);
  const store = new InterfaceStore(interfaceFile());
  nativeTheme.themeSource = store.settings.theme;
  const access = new CaptureAccess();
  const ownSession = hardenedSession(access, (device) => isChosenPedal(store, device));
  const { running, window, applySettings } = await makeApp(store, ownSession, access);
  runningApp = running;
  const { session, events, handlers } = running;

  const files = await pageFiles(PAGE_FOLDER);
  const media = async (recordingId: string, range: string | null) => {
    if (session.phase !== 'open') return refusal(404);
    return await answerMedia(session.work.recordings, recordingId, range);
  };
  ownSession.protocol.handle(APP_SCHEME, (request) => answerAppScheme(request, files, media));
  answerWindow(handlers, () => window.current, {
    sequence: () => events.sequence,
    // Checking ten hours of transcript takes a while: a benchmark measures what users get.
    checkOutput: !app.isPackaged && process.env.VOICESYNC_CHECK_ANSWERS !== '0',
  });
  applySettings();
  watchOver({
    lockAfterMinutes: () => store.settings.lockAfterMinutes,
    isInUse: () => running.isInUse,
    lock: () => running.lock(),
    look: () => running.look(),
  });
  followTheSystem(running, window);
  running.takeFiles(handed);
  await window.show();
}

/** The app on Electron. */
async function makeApp(store: InterfaceStore, ownSession: Session, access: CaptureAccess) {
  const cipher = await systemCipher();
  const onGone = programLog.pageGone.bind(programLog);
  const captureWindow = new CaptureWindow({ session: ownSession, access, onGone });
  const window = new AppWindow(ownSession, store, {
    isDark: () => nativeTheme.shouldUseDarkColors,
    onGone,
    // Else the app would go on without a window.
    onClosed: () => captureWindow.close(),
    onFailure: () => void running.pageFailed(),
    mustAsk: () => running.mustAsk,
    onSessionEnd: () => void running.end().catch(() => undefined),
  });
  const texts = () => running.texts;
  const dialogs = new Dialogs(() => window.current, texts);
  const onRecordKey = () => void running.toggleRecording().catch(() => undefined);
  const show = () => void window.show();
  const signs = new CaptureSigns({ window: () => window.current, texts, show, stop: onRecordKey });
  const shell = electronShell({
    ...{ window, dialogs, store, texts, onRecordKey },
    onTransportKey: (id) => running.transportKey(id),
  });
  const running: RunningApp = new RunningApp({
    shell,
    store,
    vaultFolder: folders.vault,
    keychain: cipher === null ? null : keychainFiles(folders.keychain, cipher),
    log: programLog.log,
    models: new Models(),
    launchEngine: launchUtilityEngine,
    ffmpegFolder: folders.ffmpeg,
    numbersLocale: () => numbersLocale(process.env) ?? app.getSystemLocale(),
    documentsFolder: app.getPath('documents'),
    captureDevices: captureWindow,
    onCaptures: (captures) => signs.show(captures),
  });
  const choose = (names: readonly string[]) => dialogs.pedal(names);
  offerPedals(ownSession, store, choose, () => void running.tellState());
  return { running, window, applySettings: shell.applySettings };
}

/** Logs events of the other processes and the machine. */
function noteSurroundings(): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    programLog.helperGone(type, reason, exitCode);
  });
  for (const change of ['suspend', 'resume', 'shutdown'] as const) {
    powerMonitor.on(change as 'suspend', () => programLog.powerChanged(change));
  }
}

/** Handles other starts of the app, files from the system, and quitting. */
function followTheSystem(running: RunningApp, window: AppWindow): void {
  let hasBegunToEnd = false;
  powerMonitor.on('suspend', () => running.suspended());
  powerMonitor.on('resume', () => running.resumed());
  const take = (files: readonly string[]) => {
    // This instance is quitting: a new one imports them once it has ended.
    if (hasBegunToEnd) return app.relaunch({ args: [...argumentsWithoutFiles(), ...files] });
    running.takeFiles(files);
    void window.show();
  };
  app.on('second-instance', (_event, _argv, _workingFolder, data) => take(filesHandedOver(data)));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    take([path]);
  });
  app.on('activate', () => {
    if (!hasBegunToEnd) void window.show();
  });
  app.on('window-all-closed', () => app.quit());
  let isAsked = false;
  let hasEnded = false;
  const end = async () => {
    isAsked = true;
    if (!(await running.mayQuit())) {
      isAsked = false;
      return;
    }
    hasBegunToEnd = true;
    // The window is hidden first: pausing the jobs takes a while.
    window.current?.hide();
    // A vault that could not be sealed is sealed by the end of the process.
    await running.end().catch(() => undefined);
    hasEnded = true;
    programLog.end(0);
    app.quit();
  };
  app.on('before-quit', (event) => {
    if (hasEnded) return;
    event.preventDefault();
    if (!isAsked) void end();
  });
  // No question can be asked: what can be stored is stored.
  powerMonitor.on('shutdown', (...[event]: { preventDefault?: () => void }[]) => {
    // The types lack the event, whose default is not to wait.
    event?.preventDefault?.();
    running.askNothing();
    app.quit();
  });
}

/** This instance's arguments, without the files. */
function argumentsWithoutFiles(): string[] {
  return process.argv.slice(1).filter((argument) => !handed.includes(resolve(argument)));
}

function fail(error: unknown): void {
  programLog.startFailed(error);
  // The name of an error only: its message could hold a path.
  process.stderr.write(`VoiceSync could not start: ${error instanceof Error ? error.name : 'unknown'}\n`);
  giveUp();
}

/** Shows that the app could not be started, and quits. */
function giveUp(): void {
  const t = programTexts(detectLocale(app.getLocale()), 'dialogs');
  dialog.showErrorBox(t('notStarted'), t('notStartedTodo', { log: programLog.log.folder }));
  programLog.end(1);
  app.exit(1);
}
