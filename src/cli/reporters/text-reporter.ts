import type { FileOutcome } from '../../app/jobs/file-outcomes.ts';
import { shortClockTime } from '../../contract/clock-times.ts';
import { errorOf } from '../../contract/errors.ts';
import type { CoreEvent, JobProgress } from '../../contract/events.ts';
import { languageName } from '../../contract/languages.ts';
import type { LeftOut } from '../../contract/left-out.ts';
import type { Segment } from '../../contract/transcript.ts';
import { showable } from '../../contract/untrusted-text.ts';
import { describeError } from '../../messages/describe-error.ts';
import { leftOutLines, sameFileLines } from '../printed/left-out-lines.ts';
import { timesRealTime } from '../printed/quantities.ts';
import { existingLine, failureLines, findingLines, summaryTable } from '../printed/summary.ts';
import { textOutcomeLine } from '../printed/text-outcome.ts';
import { harmless } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Texts } from '../texts.ts';
import { ProgressBars } from './progress-bars.ts';
import type { Reporter } from './reporter.ts';

/** How much is shown, and how. */
export interface TextReporterOptions {
  /** Show nothing but errors. */
  readonly quiet: boolean;
  /** Draw progress bars; otherwise print progress as plain lines. */
  readonly bars: boolean;
  /** The vault, whose safe recordings are reported; null for an ephemeral one. */
  readonly vault: string | null;
}

/** Step of plain progress, in per cent. */
const PLAIN_STEP_PERCENT = 10;

/** Below this probability of the detected language, a hint is shown. */
const CERTAIN_LANGUAGE = 0.8;

/** For people: the words on stdout as they are committed, everything else on stderr. */
export class TextReporter implements Reporter {
  readonly #terminal: Terminal;
  readonly #options: TextReporterOptions;
  readonly #bars: ProgressBars | null;
  readonly #names = new Map<string, string>();
  readonly #started = new Set<string>();
  readonly #toldPercent = new Map<string, number>();

  constructor(terminal: Terminal, options: TextReporterOptions) {
    this.#terminal = terminal;
    this.#options = options;
    this.#bars = options.bars && !options.quiet ? new ProgressBars(terminal) : null;
  }

  notice(text: string): void {
    if (!this.#options.quiet) this.#say(text);
  }

  event(event: CoreEvent): void {
    if (event.type === 'transcriptRescued') this.#showRescued(event.text);
    if (this.#options.quiet) return;
    switch (event.type) {
      case 'recordingAdded':
        this.#names.set(event.recordingId, showable(event.name));
        if (event.jobId !== null) this.#names.set(event.jobId, showable(event.name));
        return;
      case 'recordingReady':
        this.#ready(this.#name(event.recordingId), event);
        return;
      case 'jobStarted':
        this.#begin(event.jobId, event.resumed);
        return;
      case 'languageDetected':
        this.#say(languageLine(this.#name(event.jobId), event, this.#terminal));
        return;
      case 'jobProgress':
        if (this.#bars === null) this.#plainProgress(event.jobId, event.progress);
        else this.#bars.update(event.jobId, event.progress);
        return;
      case 'segmentsCommitted':
      case 'liveSegmentsCommitted':
        for (const segment of event.segments) this.#speak(segment);
        return;
      case 'jobHindered':
        this.#say(
          this.#terminal.say('hindered', {
            name: this.#name(event.jobId),
            what: describeError(errorOf(event.failure), this.#terminal.language).what,
          }),
        );
        return;
      case 'exported':
        this.#say(this.#terminal.say('written', { path: event.path }));
        return;
      case 'jobEnded':
        this.#bars?.finish(event.jobId);
        // Done jobs were reported by their files; jobs queued again were stopped by the user.
        if (event.state !== 'done' && event.state !== 'queued')
          this.#say(
            this.#terminal.say('ended', {
              name: this.#name(event.jobId),
              state: this.#terminal.say(`jobStates.${event.state}`),
            }),
          );
        return;
      case 'textAligned':
        this.#say(
          textOutcomeLine(this.#terminal, {
            recording: this.#name(event.recordingId),
            ...{ file: showable(event.name), outcome: event.outcome },
          }),
        );
        return;
      // Already shown, even in quiet mode.
      case 'transcriptRescued':
        return;
      // Reported by its job, or by the importing command.
      case 'importFailed':
        return;
      // Events for the window alone, and interim text, which only it can replace.
      case 'rangeRetranscribed':
      case 'finalTranscribed':
      case 'interimText':
        return;
    }
  }

  summary(outcomes: readonly FileOutcome[], leftOut: LeftOut): void {
    this.close();
    for (const line of failureLines(outcomes, this.#options.vault, this.#terminal)) this.#say(line);
    if (this.#options.quiet || outcomes.length === 0) return;
    const existing = existingLine(outcomes, this.#terminal.say);
    if (existing !== null) this.#say(existing);
    for (const line of findingLines(outcomes, this.#options.vault, this.#terminal)) this.#say(line);
    this.#say(`\n${summaryTable(outcomes, this.#terminal.stderr.columns ?? null, this.#terminal)}`);
    const named = outcomes.map(({ file, sameAs }) => ({ path: file, sameAs }));
    for (const line of [
      ...sameFileLines(named, this.#terminal.say),
      ...leftOutLines(leftOut, this.#terminal.say),
    ])
      this.#say(line);
  }

  close(): void {
    this.#bars?.close();
  }

  /** Prints a transcript that could not be written anywhere; otherwise its path is shown at the end. */
  #showRescued(text: string | null): void {
    if (text === null) return;
    const whole = `\n${harmless(text)}`;
    if (this.#bars !== null && this.#terminal.stdout.isTTY) this.#bars.print(whole);
    else this.#terminal.stdout.write(whole);
  }

  #ready(name: string, { incomplete, durationMs }: { incomplete: boolean; durationMs: number }): void {
    if (incomplete)
      this.#say(this.#terminal.say('onlyReadable', { name, length: shortClockTime(durationMs) }));
    else if (this.#options.vault !== null) this.#say(this.#terminal.say('safe', { name }));
  }

  #begin(jobId: string, resumed: boolean): void {
    // A retry in the same run resumes too, but was not interrupted.
    if (resumed && !this.#started.has(jobId))
      this.#say(this.#terminal.say('resumed', { name: this.#name(jobId) }));
    this.#started.add(jobId);
    this.#bars?.start(jobId, this.#name(jobId));
  }

  #plainProgress(jobId: string, { stage, percent, speed }: JobProgress): void {
    if (stage !== 'transcribe' || percent === null) return;
    const step = Math.floor(percent / PLAIN_STEP_PERCENT) * PLAIN_STEP_PERCENT;
    if (step <= (this.#toldPercent.get(jobId) ?? 0)) return;
    this.#toldPercent.set(jobId, step);
    const facts = [`${step} %`];
    if (speed !== null)
      facts.push(this.#terminal.say('realTime', { speed: timesRealTime(speed, this.#terminal.language) }));
    this.#say(`${this.#name(jobId)}: ${facts.join(', ')}`);
  }

  #speak({ startMs, speaker, text, flags }: Segment): void {
    const doubts =
      flags.length === 0 ? '' : `  (${flags.map((flag) => this.#terminal.say(`flags.${flag}`)).join(', ')})`;
    const line = `[${shortClockTime(startMs)}] ${speaker === null ? '' : `${speaker}: `}${text}${doubts}`;
    // Bars are redrawn below lines printed through them; a pipe gets its lines directly.
    if (this.#bars !== null && this.#terminal.stdout.isTTY) this.#bars.print(line);
    else this.#terminal.stdout.write(`${line}\n`);
  }

  #say(text: string): void {
    if (this.#bars === null) this.#terminal.tell(text);
    else this.#bars.print(harmless(text));
  }

  #name(id: string): string {
    return this.#names.get(id) ?? this.#terminal.say('aRecording');
  }
}

function languageLine(
  name: string,
  guess: { language: string; probability: number },
  { say, language }: Texts,
): string {
  const percent = Math.round(guess.probability * 100);
  const line = say('language', { name, language: languageName(guess.language, language), percent });
  return guess.probability < CERTAIN_LANGUAGE ? `${line} ${say('languageHint')}` : line;
}
