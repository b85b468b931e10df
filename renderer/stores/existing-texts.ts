import { AppError } from '../../src/contract/errors.ts';
import type { CoreEvent } from '../../src/contract/events.ts';
import { LARGEST_TEXT_BYTES, type TextFit, type TextOutcome } from '../../src/contract/existing-text.ts';
import { request } from '../lib/client.ts';
import { percentage } from '../lib/format.ts';
import { shownLanguage, translate } from '../lib/i18n.ts';
import { useApp } from './app.ts';
import { lastChoiceOf } from './imports.ts';
import { useLibrary } from './library.ts';
import { transcribe } from './library-actions.ts';
import { openTranscript, showOverlay, useNavigation } from './navigation.ts';
import { attempt, say } from './toasts.ts';

/** Adds a dropped text to a recording. Errors are shown. */
export function addText(recordingId: string, file: File): void {
  attempt(async () => {
    if (file.size > LARGEST_TEXT_BYTES) throw new AppError('text.tooLarge', { name: file.name });
    const bytes = new Uint8Array(await file.arrayBuffer());
    showOutcome(recordingId, file.name, await request('texts.add', { recordingId, name: file.name, bytes }));
  });
}

/** Lets the user choose a text, and adds it to a recording. Errors are shown. */
export function chooseText(recordingId: string): void {
  attempt(async () => {
    const chosen = await request('texts.choose', { recordingId });
    if (chosen !== null) showOutcome(recordingId, chosen.name, chosen.outcome);
  });
}

/** Adds the text that waits although it does not fit, or forgets it. Throws AppErrors. */
export async function answerText(recordingId: string, isWanted: boolean): Promise<void> {
  const outcome = await request('texts.answer', { recordingId, isWanted });
  if (outcome?.state === 'added') showText(recordingId);
}

/** Tells that a text was added, or does not fit. */
export function tellText({ recordingId, name, outcome }: Extract<CoreEvent, { type: 'textAligned' }>): void {
  if (outcome.state === 'unlike')
    say(translate('texts:unlikeRow', { file: name, percent: foundPercent(outcome.fit) }), {
      isWarning: true,
    });
  if (outcome.state !== 'added' || !useLibrary.getState().recordings.has(recordingId)) return;
  const { fit, versionNumber } = outcome;
  const places = [
    ...(fit.notHeard > 0 ? [translate('texts:notHeardPlaces', { count: fit.notHeard })] : []),
    ...(fit.notInText > 0 ? [translate('texts:notInTextPlaces', { count: fit.notInText })] : []),
  ].join(', ');
  const added = translate('texts:added', {
    ...{ number: versionNumber, file: name, count: fit.words, percent: foundPercent(fit) },
  });
  say(
    `${added} ${places === '' ? translate('texts:noStretches') : translate('texts:stretches', { places })}`,
  );
}

/** The share of a text's words that were found in the sound, in words; never rounded up to all of them. */
export function foundPercent({ words, foundWords }: TextFit): string {
  const share = Math.floor((100 * foundWords) / Math.max(1, words)) / 100;
  return percentage(share, shownLanguage(useApp.getState().state));
}

function showOutcome(recordingId: string, file: string, outcome: TextOutcome): void {
  if (outcome.state === 'added') showText(recordingId);
  if (outcome.state === 'unlike') showOverlay({ kind: 'unlikeText', recordingId });
  if (outcome.state !== 'waiting') return;
  say(translate('texts:waitingSaid', { file }));
  const recording = useLibrary.getState().recordings.get(recordingId);
  if (recording !== undefined && recording.job === null) transcribe(recordingId, lastChoiceOf(recording));
}

/** Shows the text that was added; an open transcript renews itself. */
function showText(recordingId: string): void {
  const { route } = useNavigation.getState();
  if (route.screen !== 'transcript' || route.recordingId !== recordingId) openTranscript(recordingId);
}
