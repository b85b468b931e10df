import type { CaptureOptions, InputDevice } from './capture.ts';
import type { RecordingChoice } from './recording-choice.ts';
import { startingChoice } from './starting-choice.ts';
import type { MatterView } from './views.ts';

/**
 * The microphone of an earlier choice among those that are there: the same id, else the same label; null if it is not
 * connected.
 */
export function sameMicrophone(
  chosen: NonNullable<RecordingChoice['microphone']>,
  devices: readonly InputDevice[],
): InputDevice | null {
  const { deviceId, label } = chosen;
  const same = devices.find((device) => device.deviceId === deviceId && deviceId !== '');
  return same ?? devices.find((device) => device.label === label && label !== '') ?? null;
}

/**
 * The options of a capture session that starts with the user's last choice, in a matter or in none. A microphone that
 * is not connected is replaced by the system's default.
 */
export function captureOptions(
  choice: RecordingChoice,
  devices: readonly InputDevice[],
  matter: Pick<MatterView, 'id' | 'vocabulary' | 'options'> | undefined,
  name: string | null = null,
): CaptureOptions {
  const { microphone, systemAudio, processing, language, telling, liveText, finalTranscript } = choice;
  const start = startingChoice(matter);
  return {
    matterId: matter?.id ?? null,
    name,
    deviceId: microphone === null ? null : (sameMicrophone(microphone, devices)?.deviceId ?? null),
    systemAudio,
    processing,
    choice: { ...start, ...telling, language: language ?? start.language },
    liveText,
    finalTranscript,
  };
}
