import type { CoreEvent } from '../../src/contract/events.ts';
import { clockLength } from '../lib/format.ts';
import { translate } from '../lib/i18n.ts';
import { useLibrary } from './library.ts';
import { say } from './toasts.ts';

/** Reports that a range was retranscribed, and the version number of the earlier text. */
export function tellRenewal(event: Extract<CoreEvent, { type: 'rangeRetranscribed' }>): void {
  const { recordingId, span, version } = event;
  const name = useLibrary.getState().recordings.get(recordingId)?.name ?? '';
  if (version === null) {
    say(translate('rerun:nothingHeard', { name }));
    return;
  }
  const times = { from: clockLength(span.startMs), to: clockLength(span.endMs ?? 0) };
  const number = version.earlierNumber;
  say(translate(span.endMs === null ? 'rerun:doneToEnd' : 'rerun:done', { name, number, ...times }));
}

/** Reports where text typed into a range during its retranscription is kept. */
export function tellKeptBefore(versionNumber: number): void {
  say(translate('rerun:keptBefore', { number: versionNumber }));
}
