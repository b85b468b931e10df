import { join, resolve } from 'node:path';
import { app, dialog, nativeTheme, powerMonitor } from 'electron';
import { APP_SCHEME, answerAppScheme, pageFiles, refusal } from '../app/window/app-scheme.ts';
import { filesHandedOver, handedFiles } from '../app/window/handed-files.ts';
import { answerMedia } from '../app/window/media.ts';
import { detectLocale } from '../contract/locale.ts';
import { DiagnosticLog } from '../core/diagnostics/diagnostic-log.ts';
import { errorFacts } from '../core/diagnostics/error-facts.ts';
import { keepLog } from '../core/diagnostics/keep-log.ts';
import { note } from '../core/diagnostics/note.ts';
import { startOf } from '../core/diagnostics/program-facts.ts';
import { dataFolder } from '../core/folders.ts';
import { programTexts } from '../messages/program-texts.ts';
import { watchOver } from './auto-lock.ts';
import { hardenBeforeReady, hardenedSession } from './hardening.ts';
import { InterfaceStore } from './interface-store.ts';
import { answerWindow } from './ipc.ts';
import { isChosenPedal } from './pedals.ts';
import { PAGE_FOLDER, RunningApp } from './running-app.ts';
import { noteSurroundings, noteUncaughtErrors } from './uncaught-errors.ts';

const log = new DiagnosticLog();
const kept = keepLog(log, startOf('window', null));
let runningApp: RunningApp | null = null;
noteUncaughtErrors(() => {
  if (runningApp === null) giveUp();
  // What goes wrong while that is told is noted no more: it would not end.
  else runningApp.programFailed().catch(() => undefined);
});
hardenBeforeReady(app);
// Window, settings and what Chromium writes belong to the app's data, wherever that was put.
app.setPath('userData', join(dataFolder(), 'window'));
const handed = handedFiles(process.argv, process.cwd(), app.isPackaged ? null : app.getAppPath());
// Not awaited: Electron is ready only after this module has been loaded.
if (app.requestSingleInstanceLock({ files: handed })) app.whenReady().then(start).catch(fail);
else app.exit(0);

async function start(): Promise<void> {
  kept.begin();
  noteSurroundings(app);
  const store = new InterfaceStore();
  nativeTheme.themeSource = store.settings.theme;
  const ownSession = hardenedSession(
    () => false,
    (device) => isChosenPedal(store, device),
  );
  const running = await RunningApp.make(store, join(dataFolder(), 'vault'), ownSession, log);
  runningApp = running;
  const { session, window, events, handlers } = running;

  const files = await pageFiles(PAGE_FOLDER);
  const media = async (recordingId: string, range: string | null) => {
    if (session.phase !== 'open') return refusal(404);
    return await answerMedia(session.work.recordings, recordingId, range);
  };
  ownSession.protocol.handle(APP_SCHEME, (request) => answerAppScheme(request, files, media));
  answerWindow(handlers, () => window.current, {
    sequence: () => events.sequence,
    // Ten hours of transcript take a while to check: a benchmark measures what users get.
    checkOutput: !app.isPackaged && process.env.VOICESYNC_CHECK_ANSWERS !== '0',
  });
  running.drawMenu();
  watchOver({
    lockAfterMinutes: () => store.settings.lockAfterMinutes,
    isInUse: () => running.isInUse,
    lock: () => running.lock(),
    look: () => running.look(),
  });
  followTheSystem(running);
  running.takeFiles(handed);
  await window.show();
}

/** Other starts of the app, files that the system hands over, and the end. */
function followTheSystem(running: RunningApp): void {
  let hasBegunToEnd = false;
  const take = (files: readonly string[]) => {
    // Nobody would see what this one does with them: another takes them once it has ended.
    if (hasBegunToEnd) return app.relaunch({ args: [...ownArguments(), ...files] });
    running.takeFiles(files);
    void running.window.show();
  };
  app.on('second-instance', (_event, _argv, _workingFolder, data) => take(filesHandedOver(data)));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    take([path]);
  });
  app.on('activate', () => {
    if (!hasBegunToEnd) void running.window.show();
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
    // The window goes first: what takes a while is the work that is being paused.
    running.window.current?.hide();
    // A vault that could not be sealed in order is sealed by the end of the process.
    await running.end().catch(() => undefined);
    hasEnded = true;
    kept.end(0);
    app.quit();
  };
  app.on('before-quit', (event) => {
    if (hasEnded) return;
    event.preventDefault();
    if (!isAsked) void end();
  });
  // Nobody is there to answer a question: what can be stored is stored.
  powerMonitor.on('shutdown', (...[event]: { preventDefault?: () => void }[]) => {
    // Its types forget the event, whose default it is to wait for nothing.
    event?.preventDefault?.();
    running.askNothing();
    app.quit();
  });
}

/** What this one was started with, without the files. */
function ownArguments(): string[] {
  return process.argv.slice(1).filter((argument) => !handed.includes(resolve(argument)));
}

function fail(error: unknown): void {
  note({ event: 'uncaught', where: 'main', kind: 'exception', error: errorFacts(error) });
  // The name of an error only: its message could hold a path.
  process.stderr.write(`VoiceSync could not start: ${error instanceof Error ? error.name : 'unknown'}\n`);
  giveUp();
}

/** Tells that the app could not be started, and ends it. */
function giveUp(): void {
  const t = programTexts(detectLocale(app.getLocale()), 'dialogs');
  dialog.showErrorBox(t('notStarted'), t('notStartedTodo', { log: log.folder }));
  kept.end(1);
  app.exit(1);
}
