import type { CaptureView } from '../../contract/capture.ts';
import { isCapturing } from '../../contract/capture-states.ts';
import { AppError } from '../../contract/errors.ts';
import { TEXT_ENDINGS } from '../../contract/existing-text.ts';
import type { AppEvent, Handlers } from '../../contract/ipc.ts';
import { detectLocale, type Locale } from '../../contract/locale.ts';
import type { Location } from '../../contract/location.ts';
import type { PlaceView } from '../../contract/places.ts';
import type { TransportId } from '../../contract/shortcuts.ts';
import { DEFAULT_CHOICE } from '../../contract/starting-choice.ts';
import type { AppState, UnsavedCount } from '../../contract/views.ts';
import type { DiagnosticLog } from '../../core/diagnostics/diagnostic-log.ts';
import { packagedFfmpegFolder } from '../../core/folders.ts';
import type { KeychainSecretStore } from '../../core/vault/vault.ts';
import { describeError } from '../../messages/describe-error.ts';
import { type ProgramTexts, programTexts } from '../../messages/program-texts.ts';
import { automaticCorrectionsHandlers } from '../automatic-corrections/automatic-corrections-handlers.ts';
import { captureHandlers } from '../capture/capture-handlers.ts';
import type { CaptureEvent } from '../capture/captures.ts';
import { diagnosticsHandlers } from '../diagnostics/diagnostics-handlers.ts';
import { editorToolsHandlers } from '../editor-tools/editor-tools-handlers.ts';
import { EventStream } from '../event-stream.ts';
import { citationHandlers } from '../export/citation-handlers.ts';
import { exportHandlers } from '../export/export-handlers.ts';
import { handOverHandlers } from '../hand-over/hand-over-handlers.ts';
import { ChosenHandOver } from '../hand-over/offered-hand-over.ts';
import { jobsHandlers } from '../jobs/jobs-handlers.ts';
import { languagesHandlers } from '../languages/usual-languages.ts';
import { mattersHandlers } from '../matters/matters-handlers.ts';
import type { Models } from '../models/models.ts';
import { modelsHandlers } from '../models/models-handlers.ts';
import { openWindowApp, type WindowApp, type WindowAppParts } from '../open-app.ts';
import { places } from '../places/places.ts';
import { placesHandlers } from '../places/places-handlers.ts';
import { privacyHandlers } from '../privacy/privacy-handlers.ts';
import { pseudonymHandlers } from '../pseudonyms/pseudonym-handlers.ts';
import { readAloudHandlers } from '../read-aloud/read-aloud-handlers.ts';
import { RECORDING_EXTENSIONS } from '../recordings/recording-files.ts';
import { recordingsHandlers } from '../recordings/recordings-handlers.ts';
import { retentionHandlers } from '../retention/retention-handlers.ts';
import type { InterfaceStore } from '../settings/interface-store.ts';
import { forgetPedal } from '../settings/pedals.ts';
import { appState, settingsHandlers } from '../settings/settings-handlers.ts';
import { signOffHandlers } from '../sign-off/sign-off-handlers.ts';
import { speakerHandlers } from '../speakers/speaker-handlers.ts';
import { templatesHandlers } from '../templates/templates-handlers.ts';
import { existingTextHandlers } from '../transcripts/existing-text-handlers.ts';
import { transcriptHandlers } from '../transcripts/transcript-handlers.ts';
import { writeUnsaved } from '../transcripts/unsaved-file.ts';
import { keepingHandlers } from '../vault/keeping-handlers.ts';
import { mayLeave } from '../vault/leaving.ts';
import { placeHandlers } from '../vault/place-handlers.ts';
import { vaultHandlers } from '../vault/vault-handlers.ts';
import { VaultMoves } from '../vault/vault-moves.ts';
import { type SessionParts, VaultSession } from '../vault/vault-session.ts';
import { voiceHandlers } from '../voices/voice-handlers.ts';
import { watchedFoldersHandlers } from '../watched-folders/watched-folders-handlers.ts';
import { Attention } from './attention.ts';
import { PageFailures } from './page-failures.ts';
import type { Shell, Undone } from './shell.ts';

/** Dependencies of the app. */
export interface RunningAppParts
  extends Pick<
      WindowAppParts,
      'launchEngine' | 'ffmpegFolder' | 'numbersLocale' | 'documentsFolder' | 'captureDevices'
    >,
    Pick<SessionParts<WindowApp>, 'hashingCost'> {
  readonly shell: Shell;
  readonly store: InterfaceStore;
  /** The vault's usual folder. */
  readonly vaultFolder: string;
  /** The system's keychain; null if there is no real one. */
  readonly keychain: KeychainSecretStore | null;
  readonly log: DiagnosticLog;
  readonly models: Models;
  /** Called with the running recordings whenever one of them changes, behind the curtain too. */
  readonly onCaptures?: (running: readonly CaptureView[]) => void;
}

/** The app while its window may be open: connects vault, page and events. Knows its shell only as a `Shell`. */
export class RunningApp {
  readonly session: VaultSession<WindowApp>;
  readonly events: EventStream;
  readonly handlers: Handlers;
  readonly #parts: RunningAppParts;
  readonly #attention: Attention;
  readonly #moves: VaultMoves;
  readonly #pageFailures = new PageFailures();
  readonly #programFailures = new PageFailures();
  #here: Location | null = null;
  #isPlaying = false;
  #asksNothing = false;
  #isAskedToRestart = false;
  #wasOpen = false;
  #wasCapturing = false;
  /** Files that were passed while the vault was not open. */
  #waitingFiles: string[] = [];
  readonly #chosenHandOver = new ChosenHandOver((offered) =>
    this.#tell({ type: 'handOverOffered', ...offered }),
  );

  /** Makes the app around its one vault. Shows nothing yet. */
  constructor(parts: RunningAppParts) {
    const { shell, store, vaultFolder, keychain, hashingCost } = parts;
    this.#parts = parts;
    this.events = new EventStream((event) => shell.window.send(event));
    this.#attention = new Attention(shell.attention);
    this.session = new VaultSession({
      folder: vaultFolder,
      keychain,
      ...(hashingCost && { hashingCost }),
      begin: (vault) =>
        openWindowApp({
          ...parts,
          vault,
          tell: (event) => this.#tell(event),
          watch: (event) => this.#attention.take(event),
          watchCaptures: (event) => this.#watchCapture(event),
          language: () => this.language,
          quality: () => store.settings.quality,
          printer: (html) => this.#print(html),
        }),
      onChange: () => this.#phaseChanged(),
    });
    this.#moves = new VaultMoves(this.session, {
      onProgress: (progress) => this.events.emit({ type: 'keepingProgress', progress }),
      onEnd: () => void this.tellState(),
    });
    this.handlers = this.#makeHandlers();
  }

  /** The user's language: the chosen one, or the system's. */
  get language(): Locale {
    const { shell, store } = this.#parts;
    return detectLocale(shell.locale, store.settings.language);
  }

  /** Messages outside the window, in the user's language. */
  get texts(): ProgramTexts<'dialogs'> {
    return programTexts(this.language, 'dialogs');
  }

  /** Whether audio plays, or the user waits for an export or backup: then no auto-lock. */
  get isInUse(): boolean {
    const work = this.session.runningWork;
    return (
      this.#isPlaying ||
      work?.export.isWriting === true ||
      work?.vault.isBusy === true ||
      work?.handOvers.isBusy === true
    );
  }

  /** Whether something is lost if the window closes now without a question. */
  get mustAsk(): boolean {
    return !this.#asksNothing && (this.#unsaved !== null || this.#undone !== null);
  }

  /** Locks as the settings say: behind a curtain, or at once. */
  lock(): void {
    if (this.session.phase !== 'open') return;
    const seals = this.#parts.store.settings.alwaysSeal && this.#unsaved === null && !this.#isCapturing;
    // A failure while sealing leaves a locked session anyway, with no window to report it to.
    this.session.lock(seals ? 'seal' : 'curtain').catch(() => undefined);
  }

  /** To be called periodically: retries unsaved typing, and seals what was locked over work once that has ended. */
  look(): void {
    const before = this.#unsaved;
    const wasCapturing = this.#wasCapturing;
    this.#wasCapturing = this.#isCapturing;
    const look = async () => {
      if (this.session.phase === 'open') await this.session.work.unsaved.storeLeft();
      const { alwaysSeal } = this.#parts.store.settings;
      // Only unsaved typing or a recording has kept it from being sealed.
      const wasKept = (before !== null || wasCapturing) && this.#unsaved === null && !this.#isCapturing;
      if (alwaysSeal && wasKept && this.session.isWorkingLocked) await this.session.lock('seal');
      else await this.session.sealIfIdle();
      const isOver = (before !== null && this.#unsaved === null) || (wasCapturing && !this.#isCapturing);
      if (isOver) await this.tellState();
    };
    look().catch(() => undefined);
  }

  /** The computer is about to sleep. */
  suspended(): void {
    this.session.runningWork?.captures.suspended();
  }

  /** The computer is awake again. */
  resumed(): void {
    this.session.runningWork?.captures.resumed();
  }

  /** Whether the app may end: asks the user if something would be lost or left undone. */
  async mayQuit(): Promise<boolean> {
    const { dialogs, window } = this.#parts.shell;
    const may = async () => {
      const undone = this.#undone;
      return (undone === null || (await dialogs.quitsOver(undone))) && (await this.#mayLeave('quit'));
    };
    // If the dialog fails, quitting must still be possible.
    if (this.#asksNothing || (await may().catch(() => true))) {
      this.#asksNothing = true;
      return true;
    }
    await window.show();
    return false;
  }

  /**
   * An unexpected error of the main process: the window shows it, and the app goes on. If that happens
   * repeatedly, the user is asked whether to restart it, which asks about unsaved typing like any other exit.
   */
  async programFailed(): Promise<void> {
    if (!this.#programFailures.note(Date.now())) {
      this.events.emit({ type: 'programFailed' });
      return;
    }
    if (this.#isAskedToRestart) return;
    this.#isAskedToRestart = true;
    const { shell } = this.#parts;
    // If the dialog fails, the app goes on.
    const answer = await shell.dialogs.failingProgram().catch(() => 'stay' as const);
    this.#isAskedToRestart = false;
    if (answer === 'stay' || !(await this.mayQuit())) return;
    shell.relaunch();
    shell.quit();
  }

  /**
   * The page has crashed or was killed: a fresh one shows the stored state at the user's location. If that
   * happens repeatedly, it begins in the library, unless the user quits.
   */
  async pageFailed(): Promise<void> {
    const { shell } = this.#parts;
    this.#isPlaying = false;
    this.session.runningWork?.unsaved.letGo();
    if (this.#pageFailures.note(Date.now())) {
      // The shown location may be what makes it fail.
      this.#here = null;
      this.#followOpenText();
      if ((await shell.dialogs.failing()) === 'quit') return shell.quit();
    }
    shell.window.reload();
  }

  /** Quits without questions from then on: the computer is shutting down. */
  askNothing(): void {
    this.#asksNothing = true;
  }

  /** Accepts files of another start of the app, or of the system: at once, or once the vault is open. */
  takeFiles(paths: readonly string[]): void {
    this.#waitingFiles.push(...paths);
    if (paths.length > 0 && this.session.phase !== 'open') void this.tellState();
    void this.#takeWaitingFiles();
  }

  /**
   * The key that records from any program: stops what is recorded, behind the curtain too; else the window starts a
   * recording, or asks for the passphrase.
   */
  async toggleRecording(): Promise<void> {
    const { captures } = this.session.runningWork ?? {};
    const running = captures?.list().filter(({ state }) => isCapturing(state)) ?? [];
    if (captures !== undefined && running.length > 0) {
      // One that ends by itself at the same moment needs no stop.
      await Promise.allSettled(running.map(({ id }) => captures.stop(id)));
    } else if (this.session.phase === 'open') this.events.emit({ type: 'recordingWished' });
    else await this.#parts.shell.window.show();
  }

  /** A key was pressed that acts on the open text from any program. */
  transportKey(action: TransportId): void {
    if (this.#hasOpenText) this.#tell({ type: 'transportKey', action });
  }

  /** Stops all work and seals the vault. */
  async end(): Promise<void> {
    await this.#moves.stop();
    await this.session.lock('seal');
    this.#attention.rest();
  }

  /** Sends the app's state to the page. */
  async tellState(): Promise<void> {
    this.events.emit({ type: 'stateChanged', state: await this.#state() });
  }

  async #takeWaitingFiles(): Promise<void> {
    if (this.session.phase !== 'open' || this.#waitingFiles.length === 0) return;
    const paths = this.#waitingFiles;
    this.#waitingFiles = [];
    const choice = { matterId: null, choice: DEFAULT_CHOICE };
    try {
      const files = this.#chosenHandOver.takeFrom(paths);
      if (files.length === 0) return;
      const outcome = await this.session.work.intake.bringIn(files, choice);
      this.#tell({ type: 'filesHandedOver', outcome });
    } catch {
      // The vault was sealed before they were in: they wait for its next opening.
      this.#waitingFiles.push(...paths);
    }
  }

  /** Whether sound is being recorded, behind the curtain too. */
  get #isCapturing(): boolean {
    return this.session.runningWork?.captures.isCapturing === true;
  }

  /** Whether a text with its player is on the screen. */
  get #hasOpenText(): boolean {
    const screen = this.#here?.screen;
    return this.session.phase === 'open' && (screen === 'transcript' || screen === 'version');
  }

  /** Other programs have their keys back while there is nothing to play. */
  #followOpenText(): void {
    const { shell } = this.#parts;
    const before = shell.refusedKeys().join();
    shell.wantTransportKeys(this.#hasOpenText);
    if (shell.refusedKeys().join() !== before) void this.tellState();
  }

  get #unsaved(): UnsavedCount | null {
    return this.session.runningWork?.unsaved.count ?? null;
  }

  /** What quitting would leave undone, though the user may believe it done. */
  get #undone(): Undone | null {
    if (this.session.phase === 'moving') return 'moving';
    if (this.session.phase === 'confirmKey') return this.session.vaultExists ? 'recovering' : 'making';
    const work = this.session.runningWork;
    if (work?.captures.isCapturing === true) return 'recording';
    if (work?.isReading === true) return 'reading';
    if (work?.vault.isRenewing === true) return 'renewing';
    if (work?.vault.isBusy === true || work?.handOvers.isBusy === true) return 'keeping';
    return work?.export.isWriting === true ? 'exporting' : null;
  }

  async #mayLeave(how: 'lock' | 'quit'): Promise<boolean> {
    const work = this.session.runningWork;
    if (work === null) return true;
    const { dialogs } = this.#parts.shell;
    const { language } = this;
    return await mayLeave(work.unsaved, {
      ask: (count, error) => {
        const problem = error === null ? null : Object.values(describeError(error, language)).join(' ');
        return dialogs.unsaved(count, { how, mayShow: this.session.phase === 'open', problem });
      },
      saveElsewhere: async () => {
        const file = await dialogs.unsavedFile();
        if (file === null) return false;
        await writeUnsaved(file, work.services.database, work.unsaved.texts, this.texts('unsaved.fileText'));
        return true;
      },
    });
  }

  /** Behind the curtain nothing is printed: no window may hold a transcript. */
  async #print(html: readonly Uint8Array[]): Promise<Uint8Array> {
    if (this.session.phase !== 'open') throw new AppError('vault.sealed', {});
    return await this.#parts.shell.print(html);
  }

  /** Behind the curtain no personal data reaches a window. */
  #tell(event: AppEvent): void {
    if (this.session.phase === 'open') this.events.emit(event);
  }

  /** Recordings warn that the key which would stop them does not work. */
  #tellRecordKey(): void {
    const { captures } = this.session.runningWork ?? {};
    if (captures !== undefined) captures.isShortcutUnavailable = this.#parts.shell.isRecordKeyTaken();
  }

  #watchCapture(event: CaptureEvent): void {
    if (event.type !== 'captureChanged') return;
    const captures = this.session.runningWork?.captures.list() ?? [];
    const running = captures.filter(({ state }) => isCapturing(state));
    this.#attention.capturing(running.length > 0);
    this.#parts.onCaptures?.(running);
  }

  #phaseChanged(): void {
    const isOpen = this.session.phase === 'open';
    const wasOpen = this.#wasOpen;
    this.#wasOpen = isOpen;
    if (isOpen) this.#moves.forgetOutcome();
    this.#followOpenText();
    void this.tellState();
    if (isOpen) void this.#takeWaitingFiles();
    this.#tellRecordKey();
    if (this.session.runningWork === null) this.#attention.rest();
    if (!wasOpen || isOpen) return;
    const { shell } = this.#parts;
    this.session.runningWork?.unsaved.letGo();
    this.#isPlaying = false;
    shell.stopPrinting();
    this.events.forget();
    // The answer to the locking request goes out first.
    setImmediate(() => void shell.window.renew());
  }

  async #state(): Promise<AppState> {
    const { shell, store } = this.#parts;
    return await appState(this.session, store.settings, {
      vaultFolder: this.session.folder,
      moving: this.#moves.moving,
      moved: this.#moves.moved,
      locale: shell.locale,
      version: shell.version,
      pedals: [...store.pedals],
      here: this.#here,
      unsaved: this.#unsaved,
      recording: this.#isCapturing,
      waitingFiles: this.session.phase === 'open' ? 0 : this.#waitingFiles.length,
      refusedKeys: [...shell.refusedKeys()],
    });
  }

  async #places(): Promise<PlaceView[]> {
    const { session } = this;
    const watched = session.phase === 'open' ? await session.work.watchedFolders.list() : [];
    return places({
      vaultFolder: session.folder,
      formerVaults: session.place.formerVaults,
      watched: watched.map(({ path }) => path),
    });
  }

  #makeHandlers(): Handlers {
    const { shell, store, log } = this.#parts;
    const maySeal = async () =>
      (!this.#isCapturing || (await dialogs.sealsOverRecording())) && (await this.#mayLeave('lock'));
    const { dialogs } = shell;
    const open = () => this.session.work;
    const state = () => this.#state();
    return {
      ...settingsHandlers({
        state,
        changeSettings: (changes) => {
          store.change(changes);
          shell.applySettings();
          this.session.runningWork?.setQuality(store.settings.quality);
          this.#tellRecordKey();
          if (changes.spelling === false) void this.session.runningWork?.editorTools.endSpelling();
          void this.tellState();
        },
        forgetPedal: (device) => {
          forgetPedal(store, device);
          void this.tellState();
        },
        begun: () => {
          this.session.runningWork?.unsaved.letGo();
          return this.#pageFailures.takeUntold();
        },
        setHere: (here) => {
          this.#here = here;
          this.#followOpenText();
        },
        setPlaying: (playing) => {
          this.#isPlaying = playing;
        },
        reveal: async (what, id) => shell.showInFolder(await this.#fileToReveal(what, id)),
      }),
      ...vaultHandlers({
        session: this.session,
        state,
        renewedKey: () => {
          const work = this.session.phase === 'open' ? this.session.work : null;
          return work?.vault.isRenewing ? work.vault.renewedKey : null;
        },
        alwaysSeal: () => store.settings.alwaysSeal && !this.#isCapturing,
        maySeal,
        ownNames: async () => (this.session.phase === 'open' ? await this.session.work.matters.names() : []),
        chooseKeyFile: () => dialogs.keyFile(),
        keyFileText: () => this.texts('recoveryKeyText'),
      }),
      ...keepingHandlers({
        session: this.session,
        keeping: () => open().vault,
        state,
        chooseFolder: () => dialogs.folder(),
        backupName: (time) => this.texts('backupFolder', { time }),
        restoredName: (vault, time) => this.texts('restoredFolder', { vault, time }),
        maySeal,
        tell: (event) => this.#tell(event),
      }),
      ...placeHandlers({
        session: this.session,
        moves: this.#moves,
        state,
        chooseFolder: () => dialogs.folder(),
        movedName: () => this.texts('movedFolder'),
        maySeal,
      }),
      ...diagnosticsHandlers({
        log,
        models: this.#parts.models,
        language: () => this.language,
        settings: () => store.settings,
        chooseReportFile: () => dialogs.reportFile(),
        copy: (text) => shell.copy(text),
      }),
      ...privacyHandlers({
        launchEngine: this.#parts.launchEngine,
        ffmpegFolder: this.#parts.ffmpegFolder ?? packagedFfmpegFolder(),
        tryBrowser: (way, target) => shell.tryBrowser(way, target),
        language: () => this.language,
        places: () => this.#places(),
        database: () => (this.session.phase === 'open' ? this.session.work.services.database : null),
        chooseFile: () => dialogs.privacyFile(),
        print: (html) => shell.print(html),
      }),
      ...captureHandlers(open),
      ...editorToolsHandlers(open, () => store.settings.english),
      ...speakerHandlers(open),
      ...voiceHandlers(open),
      ...placesHandlers({
        places: () => this.#places(),
        showInFolder: (path) => shell.showInFolder(path),
      }),
      ...watchedFoldersHandlers(open, () => dialogs.folder()),
      ...automaticCorrectionsHandlers(open, (what) => dialogs.ruleFile(what)),
      ...signOffHandlers(open),
      ...retentionHandlers(open, {
        chooseFile: () => dialogs.certificateFile(),
        print: (html) => shell.print(html),
      }),
      ...pseudonymHandlers(open, () => dialogs.folder()),
      ...recordingsHandlers(
        open,
        (what) => dialogs.recordings(what, RECORDING_EXTENSIONS),
        (paths) => this.#chosenHandOver.takeFrom(paths),
      ),
      ...languagesHandlers(() => open().services.database),
      ...mattersHandlers(open),
      ...handOverHandlers(open, {
        chooseFolder: () => dialogs.folder(),
        chooseFile: async (endings) => (await dialogs.recordings('files', endings))[0] ?? null,
        tell: (event) => this.#tell(event),
        chosen: this.#chosenHandOver,
      }),
      ...jobsHandlers(open),
      ...modelsHandlers(open, {
        chooseModel: () => dialogs.model(),
        copy: (text) => shell.copy(text),
        language: () => this.language,
      }),
      ...readAloudHandlers(open, (format) => dialogs.spokenFile(format)),
      ...existingTextHandlers(open, () => dialogs.text(TEXT_ENDINGS)),
      ...transcriptHandlers(open),
      ...exportHandlers(open, () => dialogs.folder()),
      ...citationHandlers(open, (text) => shell.copy(text)),
      ...templatesHandlers(open, () => dialogs.template()),
    };
  }

  async #fileToReveal(what: 'source' | 'export' | 'vault', id: string | null): Promise<string> {
    if (what === 'vault') return this.session.folder;
    if (id === null) throw new AppError('usage.invalid', { problem: 'id' });
    const work = this.session.work;
    return what === 'export' ? work.export.lastFileOf(id) : await work.recordings.sourceOf(id);
  }
}
