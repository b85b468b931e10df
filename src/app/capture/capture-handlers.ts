import type { Handlers } from '../../contract/ipc.ts';
import type { Captures } from './captures.ts';

/** Dependencies of the capture requests. */
export interface CapturesApp {
  readonly captures: Captures;
}

type CaptureRequest = Extract<keyof Handlers, `captures.${string}` | `markers.${string}`>;

/**
 * Request handlers of live recordings and markers.
 * @param open throws `vault.sealed` unless the vault is open.
 */
export function captureHandlers(open: () => CapturesApp): Pick<Handlers, CaptureRequest> {
  return {
    'captures.start': (options) => open().captures.start(options),
    'captures.list': () => open().captures.list(),
    'captures.devices': () => open().captures.devices(),
    'captures.pause': ({ id }) => open().captures.pause(id),
    'captures.resume': ({ id }) => open().captures.resume(id),
    'captures.stop': ({ id }) => open().captures.stop(id),
    'captures.mark': ({ id, label }) => open().captures.mark(id, label),
    'captures.switchDevice': ({ id, deviceId }) => open().captures.switchDevice(id, deviceId),
    'captures.unfinished': () => open().captures.unfinished(),
    'captures.keepUnfinished': ({ recordingId }) => open().captures.keepUnfinished(recordingId),
    'markers.list': ({ recordingId }) => open().captures.markers(recordingId),
    'markers.save': ({ recordingId, marker }) => open().captures.saveMarker(recordingId, marker),
    'markers.delete': ({ recordingId, id }) => open().captures.deleteMarker(recordingId, id),
  };
}
