import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { prepareDestination } from '../../app/export/destination.ts';
import { freeHandOverFile } from '../../app/hand-over/hand-over-name.ts';
import { HAND_OVER_ENDING } from '../../app/hand-over/hand-overs.ts';
import { AppError, isAppError } from '../../contract/errors.ts';
import { LanguageChoice } from '../../contract/job.ts';
import { isOfficeError } from '../contract/office-errors.ts';
import { ExchangeVault } from '../exchange/exchange-vault.ts';
import type { SentHandOver, SentRecording } from './client-state.db.ts';
import { Desk, type DeskParts, stampedFile } from './desk.ts';

/**
 * What goes between desktop and office as sealed hand-over files: matters of the desktop are transcribed and go back with their texts,
 * and finished recordings are packed for it. Opened, they lie in an ephemeral vault and in memory.
 */
export class DeskHandOvers {
  readonly #parts: DeskParts;
  readonly #desk: Desk;
  readonly #passphrase: string;

  /** `passphrase` is that of the hand-overs. */
  constructor(parts: DeskParts, passphrase: string) {
    this.#parts = parts;
    this.#desk = new Desk(parts);
    this.#passphrase = passphrase;
  }

  /**
   * Sends the recordings of a matter that have no text yet, unless this very file was sent before. Throws the errors of the hand-over and of the
   * office.
   */
  async send(path: string): Promise<void> {
    const { folder, tell } = this.#parts;
    const { file, stamp } = await stampedFile(path);
    const name = basename(file);
    if ((folder.state.handOver({ file, stamp })?.state ?? 'sending') !== 'sending') {
      tell({ type: 'alreadySent', name });
      return;
    }
    await using vault = await ExchangeVault.openEphemeral();
    const { matterId } = await vault.app.handOvers.receive({ file, passphrase: this.#passphrase });
    folder.state.beginHandOver({ file, stamp });
    const language = await this.#languageOf(vault, matterId);
    const wanted = (await vault.recordingsOf(matterId)).filter(({ hasText }) => !hasText);
    for (const { id, name: recordingName } of wanted) {
      const original = await vault.originalOf(id);
      if (original === null) {
        tell({ type: 'joined', name: recordingName });
        continue;
      }
      const noted = { file, stamp, name: recordingName, modifiedMs: 0, handOverRecording: id };
      const known = folder.state.begin(noted, Date.now());
      if (known.state === 'sending') await this.#desk.sendAs(known, original, language);
      await rm(original);
    }
    folder.state.sentHandOver(file);
    if (wanted.length === 0) tell({ type: 'nothingToTranscribe', name });
  }

  /** Goes on with hand-overs that an earlier run had begun to send; those that are gone or others now are given up. */
  async goOn(): Promise<void> {
    const { state } = this.#parts.folder;
    for (const { file, stamp } of state.handOvers('sending')) {
      const now = await stampedFile(file).catch(() => null);
      if (now?.stamp === stamp) await this.send(file);
      else this.#giveUp(file);
    }
  }

  /**
   * Writes each matter whose recordings have all ended, with their texts, into a folder. Returns how many recordings are still
   * waited for. Throws the errors of the hand-over and of the office.
   */
  async returnInto(out: string): Promise<number> {
    const { state } = this.#parts.folder;
    let waiting = 0;
    for (const handOver of state.handOvers('sent')) {
      const { done, waiting: open } = await this.#ended(state.ofHandOver(handOver));
      waiting += open;
      if (open > 0) continue;
      if (done.length > 0) await this.#return(handOver, done, out);
      state.returned(handOver.file);
    }
    return waiting;
  }

  /**
   * Packs the finished recordings that were not fetched yet into one new file, as a matter of its name; nothing with
   * `waitForAll` while one is not finished. Returns how many are still waited for. Throws `handOver.exists`, and `file.notFound` where a recording is not where it was
   * sent from.
   */
  async packInto(target: string, waitForAll = false): Promise<number> {
    const { state } = this.#parts.folder;
    const file = resolve(target);
    const begun = state.list(['sent']).filter((recording) => recording.target === file);
    if (begun.length > 0 && existsSync(file)) {
      // Written whole, and then interrupted before it was noted.
      this.#packed(begun, file);
      return 0;
    }
    if (existsSync(file)) throw new AppError('handOver.exists', { file });
    const open = state.list(['sent']).filter(({ handOverRecording }) => handOverRecording === null);
    const { done, waiting } = await this.#ended(open);
    if (done.length === 0 || (waitForAll && waiting > 0)) return waiting;
    await prepareDestination(dirname(file));
    await using vault = await ExchangeVault.openEphemeral();
    const matterId = await vault.addMatter(basename(file).slice(0, -HAND_OVER_ENDING.length));
    const packed: SentRecording[] = [];
    for (const recording of done) if (await this.#added(vault, matterId, recording)) packed.push(recording);
    if (packed.length === 0) return waiting;
    state.packInto(
      packed.map(({ id }) => id),
      file,
    );
    await vault.app.handOvers.handOver({ matterId, file, passphrase: this.#passphrase, withVoices: false });
    this.#packed(packed, file);
    return waiting;
  }

  async #return(handOver: SentHandOver, done: readonly SentRecording[], out: string): Promise<void> {
    const { state } = this.#parts.folder;
    const { file, target: noted } = handOver;
    // Written whole, and then interrupted before it was noted.
    if (noted !== null && existsSync(noted)) return this.#packed(done, noted);
    await prepareDestination(out);
    await using vault = await ExchangeVault.openEphemeral();
    const { matterId } = await vault.app.handOvers.receive({ file, passphrase: this.#passphrase });
    for (const recording of done) {
      const text = await this.#desk.textOf(recording);
      if (text !== null) await vault.addText(recording.handOverRecording ?? '', recording.jobId ?? '', text);
    }
    // Its name is free now: if it is there after an interruption, it is this one.
    const target = noted ?? freeHandOverFile(resolve(out), basename(file).slice(0, -HAND_OVER_ENDING.length));
    state.returnAs(file, target);
    await vault.app.handOvers.handOver({
      ...{ matterId, file: target, passphrase: this.#passphrase, withVoices: false },
    });
    this.#packed(done, target);
  }

  /** Reads a recording in from where it was sent from, with its text; false if it cannot be, which is told. */
  async #added(vault: ExchangeVault, matterId: string, recording: SentRecording): Promise<boolean> {
    const text = await this.#desk.textOf(recording);
    if (text === null) return false;
    try {
      const { file, jobId } = recording;
      const recordingId = await vault.addRecording(file, matterId, text.settings.speakers);
      await vault.addText(recordingId, jobId ?? '', text).catch(async (error: unknown) => {
        await vault.app.recordings.erase(recordingId);
        throw error;
      });
      return true;
    } catch (error) {
      if (!isAppError(error) && !isOfficeError(error)) throw error;
      this.#parts.tell({ type: 'problem', name: recording.name, error });
      return false;
    }
  }

  #packed(recordings: readonly SentRecording[], file: string): void {
    this.#parts.folder.state.fetched(recordings.map(({ id }) => id));
    this.#parts.tell({ type: 'packed', recordings: recordings.length, file });
  }

  async #ended(recordings: readonly SentRecording[]): Promise<{ done: SentRecording[]; waiting: number }> {
    const done: SentRecording[] = [];
    let waiting = 0;
    for (const recording of recordings) {
      if (recording.state === 'failed') continue;
      const outcome = await this.#desk.outcomeOf(recording);
      if (outcome === 'waiting') waiting += 1;
      if (outcome === 'done') done.push(recording);
    }
    return { done, waiting };
  }

  /** The matter's own language, where it has one. */
  async #languageOf({ app }: ExchangeVault, matterId: string): Promise<DeskParts['language']> {
    const matter = (await app.matters.list()).find(({ id }) => id === matterId);
    return LanguageChoice.safeParse(matter?.options.language).data ?? this.#parts.language;
  }

  #giveUp(file: string): void {
    this.#parts.folder.state.returned(file);
    this.#parts.tell({ type: 'failed', name: basename(file), code: 'file.notFound' });
  }
}
