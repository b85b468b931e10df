import type { CaptureCommand, InputLoss } from '../../src/contract/capture.ts';
import type { InputProcessing } from '../../src/contract/recording-choice.ts';

/** The command that opens an input. */
export type OpenCommand = Extract<CaptureCommand, { type: 'open' }>;

/** The system offers no way to its own sound. */
class NoSystemSound extends Error {}

/** PulseAudio's name, which PipeWire has taken over, of the source that has what a sink plays. */
const MONITOR_LABEL = /^monitor of /i;

/** Opens an input: its only track is an audio track. Rejects with an error of which `lossOf` tells the reason. */
export async function openStream({ input, deviceId, processing }: OpenCommand): Promise<MediaStream> {
  return input === 'microphone' ? await openMicrophone(deviceId, processing) : await openSystemSound();
}

async function openMicrophone(deviceId: string | null, processing: InputProcessing): Promise<MediaStream> {
  const device = deviceId === null ? {} : { deviceId: { exact: deviceId } };
  return await navigator.mediaDevices.getUserMedia({ audio: { ...device, ...processing } });
}

const UNPROCESSED: InputProcessing = {
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
};

/**
 * What the computer plays: loopback, which a page gets only together with a picture, or the monitor of the default sink.
 */
async function openSystemSound(): Promise<MediaStream> {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({
      video: { width: 1, height: 1, frameRate: 1 },
      audio: { ...UNPROCESSED },
      systemAudio: 'include',
    } as DisplayMediaStreamOptions);
    for (const track of stream.getVideoTracks()) {
      track.stop();
      stream.removeTrack(track);
    }
    if (stream.getAudioTracks().length > 0) return stream;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotAllowedError') throw error;
  }
  const monitor = (await navigator.mediaDevices.enumerateDevices()).find(
    ({ kind, label }) => kind === 'audioinput' && MONITOR_LABEL.test(label),
  );
  if (monitor === undefined) throw new NoSystemSound();
  return await openMicrophone(monitor.deviceId, UNPROCESSED);
}

/** Why an input could not be opened. */
export function lossOf(error: unknown): InputLoss {
  if (error instanceof NoSystemSound) return 'unsupported';
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'notFound';
    case 'NotSupportedError':
      return 'unsupported';
    default:
      return 'failed';
  }
}
