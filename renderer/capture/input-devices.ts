import type { InputDevice } from '../../src/contract/capture.ts';

/** Chromium's ids of devices that stand for another one: the system's defaults. */
const STANDS_FOR_ANOTHER = new Set(['default', 'communications']);

/** The physical microphones, and which of them is the system's default. The labels need the permission. */
export async function inputDevices(): Promise<InputDevice[]> {
  return inputDevicesOf(await navigator.mediaDevices.enumerateDevices());
}

/** The same of what the browser has listed. */
export function inputDevicesOf(
  listed: readonly Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'groupId' | 'label'>[],
): InputDevice[] {
  const inputs = listed.filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== '');
  const standIn = inputs.find(({ deviceId }) => deviceId === 'default');
  const physical = inputs.filter(({ deviceId }) => !STANDS_FOR_ANOTHER.has(deviceId));
  const meant =
    standIn === undefined
      ? physical[0]
      : (physical.find(({ label }) => label !== '' && standIn.label.endsWith(label)) ??
        physical.find(({ groupId }) => groupId !== '' && groupId === standIn.groupId));
  // A default that stands for none of the others is a device of its own.
  const shown = meant === undefined && standIn !== undefined ? [standIn, ...physical] : physical;
  return shown.map(({ deviceId, label }) => ({
    deviceId,
    label,
    isDefault: deviceId === (meant ?? standIn)?.deviceId,
  }));
}

/** The device that a track records: the physical one where the track names the default. */
export async function deviceOf(track: MediaStreamTrack): Promise<{ deviceId: string; label: string }> {
  const { deviceId = '' } = track.getSettings();
  const devices = await inputDevices();
  const found =
    devices.find((device) => device.deviceId === deviceId) ??
    (deviceId === 'default' ? devices.find(({ isDefault }) => isDefault) : undefined);
  return { deviceId: found?.deviceId ?? deviceId, label: found?.label || track.label };
}
