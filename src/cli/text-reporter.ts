import { describeError } from '../contract/error-messages.ts';
import { type AppError, errorOf } from '../contract/errors.ts';
import type { CoreEvent, JobProgress } from '../contract/events.ts';
import type { Segment } from '../contract/transcript.ts';
import type { UserLanguage } from '../contract/user-language.ts';
import { ProgressBars } from './progress-bars.ts';
import { clockTime, table, timesRealTime } from './readable.ts';
import type { FileOutcome, Reporter } from './reporter.ts';

/** How much is shown, and to whom. */
export interface TextReporterOptions {
  readonly language: UserLanguage;
  /** Show nothing but errors. */
  readonly quiet: boolean;
  /** Draw progress bars; otherwise progress is told in plain lines. */
  readonly bars: boolean;
}

/** Plain progress says something at every so many per cent. */
const PLAIN_STEP_PERCENT = 10;

/** Below this certainty the detected language is pointed out, with what to do. */
const CERTAIN_LANGUAGE = 0.8;

/** For people: the words on stdout as they are committed, everything else on stderr. */
export class TextReporter implements Reporter {
  readonly #options: TextReporterOptions;
  readonly #bars: ProgressBars | null;
  readonly #names = new Map<string, string>();
  readonly #toldPercent = new Map<string, number>();

  constructor(options: TextReporterOptions) {
    this.#options = options;
    this.#bars = options.bars && !options.quiet ? new ProgressBars() : null;
  }

  notice(text: string): void {
    if (!this.#options.quiet) this.#say(text);
  }

  event(event: CoreEvent): void {
    if (this.#options.quiet) return;
    switch (event.type) {
      case 'recordingAdded':
        this.#added(event.recordingId, event.jobId, event.name);
        return;
      case 'recordingReady':
        if (event.incomplete)
          this.#say(`${this.#name(event.recordingId)}: ${incompleteLine(event.durationMs)}`);
        return;
      case 'jobStarted':
        if (event.resumed) this.#say(`${this.#name(event.jobId)}: goes on where it was interrupted.`);
        return;
      case 'languageDetected':
        this.#say(`${this.#name(event.jobId)}: ${languageLine(event.language, event.probability)}`);
        return;
      case 'jobProgress':
        if (this.#bars === null) this.#plainProgress(event.jobId, event.progress);
        else this.#bars.update(event.jobId, event.progress);
        return;
      case 'segmentsCommitted':
        for (const segment of event.segments) this.#speak(segment);
        return;
      case 'exported':
        this.#say(`Written: ${event.path}`);
        return;
      case 'jobEnded':
        this.#bars?.finish(event.jobId, event.state);
        return;
      // Words that may still change are for a window, where they can be replaced.
      case 'wordsHeard':
        return;
    }
  }

  summary(outcomes: readonly FileOutcome[]): void {
    this.close();
    for (const { failure } of outcomes) {
      if (failure !== null) this.#explain(errorOf(failure));
    }
    if (this.#options.quiet || outcomes.length === 0) return;
    const rows = outcomes.map((outcome) => [
      outcome.file,
      RESULTS[outcome.state],
      outcome.durationMs === null ? '–' : clockTime(outcome.durationMs),
      outcome.figures === null ? '–' : `${(outcome.figures.wallMs / 1000).toFixed(1)} s`,
      speed(outcome),
    ]);
    process.stderr.write(`\n${table(['Recording', 'Result', 'Length', 'Took', 'Speed'], rows)}\n`);
  }

  close(): void {
    this.#bars?.close();
  }

  #added(recordingId: string, jobId: string | null, name: string): void {
    this.#names.set(recordingId, name);
    if (jobId === null) return;
    this.#names.set(jobId, name);
    this.#bars?.add(jobId, name);
  }

  #plainProgress(jobId: string, { stage, percent, speed: times }: JobProgress): void {
    if (stage !== 'transcribe' || percent === null) return;
    const step = Math.floor(percent / PLAIN_STEP_PERCENT) * PLAIN_STEP_PERCENT;
    if (step <= (this.#toldPercent.get(jobId) ?? 0)) return;
    this.#toldPercent.set(jobId, step);
    this.#say(
      `${this.#name(jobId)}: ${step} %${times === null ? '' : `, ${timesRealTime(times)} real time`}`,
    );
  }

  #speak({ startMs, speaker, text, flags }: Segment): void {
    const doubts = flags.length === 0 ? '' : `  (${flags.join(', ')})`;
    const line = `[${clockTime(startMs)}] ${speaker === null ? '' : `${speaker}: `}${text}${doubts}`;
    // Bars are redrawn below what is printed through them; a pipe gets its lines directly.
    if (this.#bars !== null && process.stdout.isTTY) this.#bars.print(line);
    else process.stdout.write(`${line}\n`);
  }

  #explain(error: AppError): void {
    const { what, todo } = describeError(error, this.#options.language);
    this.#say(`${what} ${todo}`);
  }

  #say(line: string): void {
    if (this.#bars === null) process.stderr.write(`${line}\n`);
    else this.#bars.print(line);
  }

  #name(id: string): string {
    return this.#names.get(id) ?? 'A recording of this vault';
  }
}

const RESULTS: Readonly<Record<FileOutcome['state'], string>> = {
  done: 'done',
  partly: 'partly done',
  failed: 'failed',
  interrupted: 'interrupted',
};

function speed({ durationMs, figures }: FileOutcome): string {
  if (durationMs === null || figures === null || figures.wallMs === 0) return '–';
  return timesRealTime(durationMs / figures.wallMs);
}

function incompleteLine(durationMs: number): string {
  return `only the first ${clockTime(durationMs)} could be read; this much is transcribed.`;
}

function languageLine(language: string, probability: number): string {
  const name = new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language;
  const certainty = `${Math.round(probability * 100)} % certain`;
  const hint = probability < CERTAIN_LANGUAGE ? ` If that is wrong, name the language with --language.` : '';
  return `the language is ${name} (${certainty}).${hint}`;
}
