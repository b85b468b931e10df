import { dirname, join } from 'node:path';
import { app, clipboard, nativeTheme, type Session, shell } from 'electron';
import { diagnosticsHandlers } from '../app/diagnostics/diagnostics-handlers.ts';
import { EventStream } from '../app/event-stream.ts';
import { exportHandlers } from '../app/export/export-handlers.ts';
import { paperOf } from '../app/export/paper.ts';
import { DEFAULT_CHOICE } from '../app/jobs/job-options.ts';
import { jobsHandlers } from '../app/jobs/jobs-handlers.ts';
import { mattersHandlers } from '../app/matters/matters-handlers.ts';
import { Models } from '../app/models/models.ts';
import { modelsHandlers } from '../app/models/models-handlers.ts';
import { openWindowApp, type WindowApp } from '../app/open-app.ts';
import { sourceToReveal } from '../app/recordings/recording-views.ts';
import { recordingsHandlers } from '../app/recordings/recordings-handlers.ts';
import { appState, platform, settingsHandlers } from '../app/settings/settings-handlers.ts';
import { transcriptHandlers } from '../app/transcripts/transcript-handlers.ts';
import { writeUnsaved } from '../app/transcripts/unsaved-file.ts';
import { mayLeave } from '../app/vault/leaving.ts';
import { vaultHandlers } from '../app/vault/vault-handlers.ts';
import { VaultSession } from '../app/vault/vault-session.ts';
import { PageFailures } from '../app/window/page-failures.ts';
import { AppError } from '../contract/errors.ts';
import type { AppEvent, Handlers } from '../contract/ipc.ts';
import { detectLocale, type Locale, numbersLocale } from '../contract/locale.ts';
import type { Location } from '../contract/location.ts';
import { shortcutKeys } from '../contract/shortcuts.ts';
import type { AppState, UnsavedCount } from '../contract/views.ts';
import type { DiagnosticLog } from '../core/diagnostics/diagnostic-log.ts';
import { resourcesFolder } from '../core/folders.ts';
import { describeError } from '../messages/describe-error.ts';
import { programTexts } from '../messages/program-texts.ts';
import { Attention } from './attention.ts';
import { Dialogs, type DialogTexts, type Undone } from './dialogs.ts';
import { launchUtilityEngine } from './engine-launcher.ts';
import type { InterfaceStore } from './interface-store.ts';
import { tellWindow } from './ipc.ts';
import { installMenu } from './menu.ts';
import { PdfPrinting } from './pdf-printing.ts';
import { forgetPedal, offerPedals } from './pedals.ts';
import { systemKeychain } from './system-keychain.ts';
import { AppWindow } from './window.ts';

/** The app while it runs: session, window and events, tied together. */
export class RunningApp {
  readonly session: VaultSession<WindowApp>;
  readonly window: AppWindow;
  readonly events: EventStream;
  readonly handlers: Handlers;
  readonly #store: InterfaceStore;
  readonly #vaultFolder: string;
  readonly #attention: Attention;
  readonly #printing: PdfPrinting;
  readonly #dialogs: Dialogs;
  readonly #models = new Models();
  readonly #log: DiagnosticLog;
  readonly #failures = new PageFailures();
  readonly #programFailures = new PageFailures();
  #here: Location | null = null;
  #isPlaying = false;
  #asksNothing = false;
  #isAskedToRestart = false;
  #wasOpen = false;
  /** Files that were handed over while nobody could take them. */
  #waitingFiles: string[] = [];

  private constructor(parts: {
    readonly store: InterfaceStore;
    readonly vaultFolder: string;
    readonly ownSession: Session;
    readonly keychain: Awaited<ReturnType<typeof systemKeychain>>;
    readonly log: DiagnosticLog;
  }) {
    const { store, vaultFolder, ownSession, keychain, log } = parts;
    this.#log = log;
    this.#store = store;
    this.#vaultFolder = vaultFolder;
    this.window = new AppWindow(ownSession, store, {
      isDark: () => nativeTheme.shouldUseDarkColors,
      onFailure: () => void this.#pageFailed(),
      mustAsk: () => this.#mustAsk(),
      onSessionEnd: () => void this.end().catch(() => undefined),
    });
    this.events = new EventStream((event) => tellWindow(this.window.current, event));
    const texts = () => this.texts();
    this.#attention = new Attention({
      window: () => this.window.current,
      texts,
      show: () => void this.window.show(),
    });
    this.#printing = new PdfPrinting(paperOf(app.getLocaleCountryCode()));
    this.session = new VaultSession({
      folder: vaultFolder,
      keychain,
      begin: (vault) =>
        openWindowApp({
          vault,
          models: this.#models,
          launchEngine: launchUtilityEngine,
          ffmpegFolder: join(resourcesFolder(), 'ffmpeg'),
          tell: (event) => this.#tell(event),
          watch: (event) => this.#attention.take(event),
          language: () => this.#language(),
          numbersLocale: () => numbersLocale(process.env) ?? app.getSystemLocale(),
          documentsFolder: app.getPath('documents'),
          printer: (html) => this.#print(html),
        }),
      onChange: () => this.#phaseChanged(),
    });
    this.#dialogs = new Dialogs(() => this.window.current, texts);
    const choose = (names: readonly string[]) => this.#dialogs.pedal(names);
    offerPedals(ownSession, store, choose, () => void this.#tellState());
    this.handlers = this.#makeHandlers(this.#dialogs);
  }

  /** Makes the app around its one vault. Nothing is shown yet. */
  static async make(
    store: InterfaceStore,
    vaultFolder: string,
    ownSession: Session,
    log: DiagnosticLog,
  ): Promise<RunningApp> {
    const keychain = await systemKeychain(join(app.getPath('userData'), 'keychain'));
    return new RunningApp({ store, vaultFolder, ownSession, keychain, log });
  }

  /** What the main process says, in the user's language. */
  texts(): DialogTexts {
    return programTexts(this.#language(), 'dialogs');
  }

  /** Puts the menu up, in the user's language and with their keys. */
  drawMenu(): void {
    const { shortcuts } = this.#store.settings;
    installMenu(app.isPackaged, this.texts(), shortcutKeys(shortcuts, platform()));
  }

  /** Whether somebody listens, or waits for what they export: then nobody is away. */
  get isInUse(): boolean {
    return this.#isPlaying || this.session.runningWork?.export.isWriting === true;
  }

  /** Locks as the settings say: behind a curtain, or at once. */
  lock(): void {
    if (this.session.phase !== 'open') return;
    const seals = this.#store.settings.alwaysSeal && this.#unsaved === null;
    // What fails while sealing leaves a locked session all the same; there is nobody to tell.
    this.session.lock(seals ? 'seal' : 'curtain').catch(() => undefined);
  }

  /** To be called from time to time: what is unsaved is tried again, and what was locked over work may be sealed by now. */
  look(): void {
    const before = this.#unsaved;
    const look = async () => {
      if (this.session.phase === 'open') await this.session.work.unsaved.storeLeft();
      const { alwaysSeal } = this.#store.settings;
      // Only what was unsaved has kept it from being sealed.
      if (alwaysSeal && before !== null && this.#unsaved === null && this.session.isWorkingLocked)
        await this.session.lock('seal');
      else await this.session.sealIfIdle();
      if (before !== null && this.#unsaved === null) await this.#tellState();
    };
    look().catch(() => undefined);
  }

  /** Whether the app may end: the user is asked where something would be lost or left undone. */
  async mayQuit(): Promise<boolean> {
    const may = async () => {
      const undone = this.#undone;
      return (undone === null || (await this.#dialogs.quitsOver(undone))) && (await this.#mayLeave('quit'));
    };
    // Where nobody can be asked, quitting must still be possible.
    if (this.#asksNothing || (await may().catch(() => true))) {
      this.#asksNothing = true;
      return true;
    }
    await this.window.show();
    return false;
  }

  /**
   * Something in the main process has failed that nobody foresaw: the user is told, and the app goes on. Where that happens
   * again and again they are asked whether to start it anew, which asks about what was typed like any other way out.
   */
  async programFailed(): Promise<void> {
    if (!this.#programFailures.note(Date.now())) {
      this.events.emit({ type: 'programFailed' });
      return;
    }
    if (this.#isAskedToRestart) return;
    this.#isAskedToRestart = true;
    // Where nobody can be asked, it goes on.
    const answer = await this.#dialogs.failingProgram().catch(() => 'stay' as const);
    this.#isAskedToRestart = false;
    if (answer === 'stay' || !(await this.mayQuit())) return;
    app.relaunch();
    app.quit();
  }

  /** From now on nothing is asked on the way out: the computer is shut down. */
  askNothing(): void {
    this.#asksNothing = true;
  }

  /** Takes files of another start of the app, or of the system: at once, or once the vault is open. */
  takeFiles(paths: readonly string[]): void {
    this.#waitingFiles.push(...paths);
    if (paths.length > 0 && this.session.phase !== 'open') void this.#tellState();
    void this.#takeWaitingFiles();
  }

  /** Stops all work and seals the vault. */
  async end(): Promise<void> {
    await this.session.lock('seal');
    this.#attention.rest();
  }

  async #takeWaitingFiles(): Promise<void> {
    if (this.session.phase !== 'open' || this.#waitingFiles.length === 0) return;
    const paths = this.#waitingFiles;
    this.#waitingFiles = [];
    const choice = { matterId: null, choice: DEFAULT_CHOICE };
    try {
      const outcome = await this.session.work.intake.bringIn(paths, choice);
      this.#tell({ type: 'filesHandedOver', outcome });
    } catch {
      // The vault was sealed before they were in: they wait for the next time.
      this.#waitingFiles.push(...paths);
    }
  }

  /** What the user had confirmed is in the vault: a fresh page shows it again, where they were. */
  async #pageFailed(): Promise<void> {
    this.#isPlaying = false;
    this.session.runningWork?.unsaved.letGo();
    if (this.#failures.note(Date.now())) {
      // It may be what was shown that makes it fail.
      this.#here = null;
      if ((await this.#dialogs.failing()) === 'quit') return app.quit();
    }
    this.window.reload();
  }

  get #unsaved(): UnsavedCount | null {
    return this.session.runningWork?.unsaved.count ?? null;
  }

  /** What quitting now would leave undone, of which the user may think otherwise. */
  get #undone(): Undone | null {
    if (this.session.phase === 'confirmKey') return this.session.vaultExists ? 'recovering' : 'making';
    const work = this.session.runningWork;
    if (work?.isReading === true) return 'reading';
    return work?.export.isWriting === true ? 'exporting' : null;
  }

  #mustAsk(): boolean {
    return !this.#asksNothing && (this.#unsaved !== null || this.#undone !== null);
  }

  async #mayLeave(how: 'lock' | 'quit'): Promise<boolean> {
    const work = this.session.runningWork;
    if (work === null) return true;
    const language = this.#language();
    return await mayLeave(work.unsaved, {
      ask: (count, error) => {
        const problem = error === null ? null : Object.values(describeError(error, language)).join(' ');
        return this.#dialogs.unsaved(count, { how, mayShow: this.session.phase === 'open', problem });
      },
      saveElsewhere: async () => {
        const file = await this.#dialogs.unsavedFile();
        if (file === null) return false;
        await writeUnsaved(
          file,
          work.services.database,
          work.unsaved.texts,
          this.texts()('unsaved.fileText'),
        );
        return true;
      },
    });
  }

  /** Behind the curtain nothing is printed: no window may hold a transcript. */
  async #print(html: readonly Uint8Array[]): Promise<Uint8Array> {
    if (this.session.phase !== 'open') throw new AppError('vault.sealed', {});
    return await this.#printing.print(html);
  }

  /** Behind the curtain nothing that tells about people reaches a window. */
  #tell(event: AppEvent): void {
    if (this.session.phase === 'open') this.events.emit(event);
  }

  #phaseChanged(): void {
    const isOpen = this.session.phase === 'open';
    const wasOpen = this.#wasOpen;
    this.#wasOpen = isOpen;
    void this.#tellState();
    if (isOpen) void this.#takeWaitingFiles();
    if (this.session.runningWork === null) this.#attention.rest();
    if (!wasOpen || isOpen) return;
    this.session.runningWork?.unsaved.letGo();
    this.#isPlaying = false;
    this.#printing.stop();
    this.events.forget();
    // The answer to whoever asked for it goes out first.
    if (this.window.current !== null) setImmediate(() => void this.window.renew());
  }

  async #state(): Promise<AppState> {
    return await appState(this.session, this.#store.settings, {
      vaultFolder: this.#vaultFolder,
      locale: app.getLocale(),
      version: app.getVersion(),
      pedals: [...this.#store.pedals],
      here: this.#here,
      unsaved: this.#unsaved,
      waitingFiles: this.session.phase === 'open' ? 0 : this.#waitingFiles.length,
    });
  }

  async #tellState(): Promise<void> {
    this.events.emit({ type: 'stateChanged', state: await this.#state() });
  }

  #language(): Locale {
    return detectLocale(app.getLocale(), this.#store.settings.language);
  }

  #makeHandlers(dialogs: Dialogs): Handlers {
    const open = () => this.session.work;
    const state = () => this.#state();
    return {
      ...settingsHandlers({
        state,
        changeSettings: (changes) => {
          this.#store.change(changes);
          nativeTheme.themeSource = this.#store.settings.theme;
          this.drawMenu();
          void this.#tellState();
        },
        forgetPedal: (device) => {
          forgetPedal(this.#store, device);
          void this.#tellState();
        },
        begun: () => {
          this.session.runningWork?.unsaved.letGo();
          return this.#failures.takeUntold();
        },
        setHere: (here) => {
          this.#here = here;
        },
        setPlaying: (playing) => {
          this.#isPlaying = playing;
        },
        reveal: (what, id) => this.#reveal(what, id),
      }),
      ...vaultHandlers({
        session: this.session,
        vaultFolder: this.#vaultFolder,
        state,
        alwaysSeal: () => this.#store.settings.alwaysSeal,
        maySeal: () => this.#mayLeave('lock'),
        ownNames: async () => (this.session.phase === 'open' ? await this.session.work.matters.names() : []),
        chooseKeyFile: () => dialogs.keyFile(),
        keyFileText: () => this.texts()('recoveryKeyText'),
      }),
      ...diagnosticsHandlers({
        log: this.#log,
        models: this.#models,
        language: () => this.#language(),
        settings: () => this.#store.settings,
        chooseReportFile: () => dialogs.reportFile(),
        copy: (text) => clipboard.writeText(text),
      }),
      ...recordingsHandlers(open, (what) => dialogs.recordings(what)),
      ...mattersHandlers(open),
      ...jobsHandlers(open),
      ...modelsHandlers(open, () => dialogs.model()),
      ...transcriptHandlers(open),
      ...exportHandlers(open, () => dialogs.exportFolder()),
    };
  }

  async #reveal(what: 'source' | 'export' | 'vault', id: string | null): Promise<void> {
    if (what === 'vault') return shell.showItemInFolder(this.#vaultFolder);
    if (id === null) throw new AppError('usage.invalid', { problem: 'id' });
    const work = this.session.work;
    if (what === 'export') return shell.showItemInFolder(work.export.lastFileOf(id));
    shell.showItemInFolder(await sourceToReveal(work.services.database, id));
  }
}

/** Where the built page lies, seen from the main process's bundle. */
export const PAGE_FOLDER = join(dirname(import.meta.dirname), 'renderer');
