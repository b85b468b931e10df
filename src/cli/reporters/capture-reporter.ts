import type { CaptureEvent } from '../../app/capture/captures.ts';
import type { FileOutcome } from '../../app/jobs/file-outcomes.ts';
import type { CaptureView, CaptureWarning } from '../../contract/capture.ts';
import { isCapturing } from '../../contract/capture-states.ts';
import { shortClockTime } from '../../contract/clock-times.ts';
import type { CoreEvent } from '../../contract/events.ts';
import type { LeftOut } from '../../contract/left-out.ts';
import { displayWidth } from '../printed/display-width.ts';
import { harmless } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Reporter } from './reporter.ts';

/** What is shown of a capture. */
export interface CaptureReporterOptions {
  readonly quiet: boolean;
  readonly json: boolean;
  /** The words on stdout are those of the live text, and not those of the final transcript. */
  readonly liveText: boolean;
}

const ERASED_LINE = '\r\u001b[2K';

/**
 * Shows a running capture through another reporter: its live text on stdout as it is committed, and on a terminal a last
 * line with the time and the words that may still change. For programs each change is a line of JSON.
 */
export class CaptureReporter implements Reporter {
  readonly #terminal: Terminal;
  readonly #base: Reporter;
  readonly #options: CaptureReporterOptions;
  readonly #hasLastLine: boolean;
  /** Events of jobs, which would draw bars over the last line. */
  readonly #later: CoreEvent[] = [];
  #isRunning = false;
  #time = '';
  #words = '';
  #told: Pick<CaptureView, 'state' | 'warnings' | 'liveModel'> | null = null;

  constructor(terminal: Terminal, base: Reporter, options: CaptureReporterOptions) {
    this.#terminal = terminal;
    this.#base = base;
    this.#options = options;
    this.#hasLastLine = terminal.stderr.isTTY === true && !options.quiet && !options.json;
  }

  notice(text: string): void {
    this.#above(() => this.#base.notice(text));
  }

  event(event: CoreEvent): void {
    const isSaidAgain = event.type === 'segmentsCommitted' && this.#options.liveText && !this.#options.json;
    if (isSaidAgain) return;
    const isOfJob = event.type === 'jobStarted' || event.type === 'jobProgress' || event.type === 'jobEnded';
    if (isOfJob && this.#isRunning && this.#hasLastLine) {
      if (event.type !== 'jobProgress') this.#later.push(event);
      return;
    }
    this.#above(() => this.#base.event(event));
  }

  /** What happens in the capture. */
  capture(event: CaptureEvent): void {
    switch (event.type) {
      case 'captureChanged':
        this.#changed(event.capture);
        return;
      case 'liveText':
        if (this.#options.json) this.#terminal.printJson({ type: 'liveText', ...event.text });
        this.#words = `${event.text.confirmed} ${event.text.interim}`.replace(/\s+/gu, ' ').trim();
        this.#draw();
        return;
      case 'markersChanged':
        if (this.#options.json) this.#terminal.printJson(event);
        return;
      case 'captureLevel':
        return;
    }
  }

  /** The capture has ended: what follows is the work of its job. */
  end(): void {
    this.#erase();
    this.#isRunning = false;
    for (const event of this.#later.splice(0)) this.#base.event(event);
  }

  summary(outcomes: readonly FileOutcome[], leftOut: LeftOut): void {
    this.#base.summary(outcomes, leftOut);
  }

  close(): void {
    this.end();
    this.#base.close();
  }

  #changed(capture: CaptureView): void {
    const { state, warnings, liveModel, durationMs, minutesLeft } = capture;
    this.#isRunning = isCapturing(state);
    this.#time = shortClockTime(durationMs);
    const before = this.#told;
    this.#told = { state, warnings, liveModel };
    if (this.#options.json) this.#printState(capture, before);
    else {
      if (liveModel !== null && liveModel !== before?.liveModel)
        this.notice(this.#terminal.say('liveModelIs', { model: liveModel }));
      for (const warning of warnings)
        if (before?.warnings.includes(warning) !== true) this.notice(this.#sentence(warning, minutesLeft));
    }
    this.#draw();
  }

  #printState(
    capture: CaptureView,
    before: Pick<CaptureView, 'state' | 'warnings' | 'liveModel'> | null,
  ): void {
    const {
      id: captureId,
      recordingId,
      state,
      warnings,
      liveModel,
      durationMs,
      minutesLeft,
      failure,
      metrics,
    } = capture;
    const isSame =
      before?.state === state && before.liveModel === liveModel && before.warnings.join() === warnings.join();
    if (isSame) return;
    this.#terminal.printJson({
      type: 'captureChanged',
      ...{ captureId, recordingId, state, durationMs, warnings, minutesLeft, liveModel, failure, metrics },
    });
  }

  #sentence(warning: CaptureWarning, minutesLeft: number | null): string {
    const { say } = this.#terminal;
    return warning === 'diskLow'
      ? say('captureWarnings.diskLow', { count: minutesLeft ?? 0 })
      : say(`captureWarnings.${warning}`);
  }

  #above(print: () => void): void {
    this.#erase();
    print();
    this.#draw();
  }

  #erase(): void {
    if (this.#hasLastLine && this.#isRunning) this.#terminal.stderr.write(ERASED_LINE);
  }

  #draw(): void {
    if (!this.#hasLastLine || !this.#isRunning) return;
    const columns = (this.#terminal.stderr.columns || 80) - 1;
    const line = `● ${this.#time}  `;
    const words = lastColumns(harmless(this.#words), columns - displayWidth(line));
    this.#terminal.stderr.write(`${ERASED_LINE}${line}${words}`);
  }
}

/** The end of a text, as much of it as fits. */
function lastColumns(text: string, columns: number): string {
  const characters = [...text];
  while (displayWidth(characters.join('')) > Math.max(0, columns)) characters.shift();
  return characters.join('');
}
