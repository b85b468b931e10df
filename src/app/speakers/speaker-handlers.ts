import type { Handlers } from '../../contract/ipc.ts';
import type { Speakers } from './speakers.ts';

/** Dependencies of the requests about speakers. */
export interface SpeakersApp {
  readonly speakers: Speakers;
}

/**
 * Request handlers of who speaks in a recording.
 * @param open throws `vault.sealed` unless the vault is open.
 */
export function speakerHandlers(
  open: () => SpeakersApp,
): Pick<Handlers, Extract<keyof Handlers, `speakers.${string}`>> {
  return {
    'speakers.overview': ({ recordingId }) => open().speakers.overview(recordingId),
    'speakers.recount': ({ recordingId, count }) => open().speakers.recount(recordingId, count),
    'speakers.split': ({ recordingId, speaker }) => open().speakers.split(recordingId, speaker),
    'speakers.similar': (asked) => open().speakers.similar(asked),
  };
}
