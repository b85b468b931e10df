import { type DeviceIds, isKnownPedal, isSameModel } from '../../contract/pedals.ts';
import type { PedalView } from '../../contract/views.ts';

/** A system's dialog holds no more buttons than this. */
const MOST_OFFERED = 8;
const LONGEST_NAME = 60;

/** Where chosen devices are kept. */
export interface PedalStore {
  readonly pedals: readonly PedalView[];
  keepPedals(pedals: readonly PedalView[]): void;
}

/** An input device (HID) as the system names it. */
export interface InputDevice extends DeviceIds {
  readonly deviceId: string;
  /** As the device calls itself: any text. */
  readonly name: string;
}

/** A device as it is offered to the user. */
export interface OfferedDevice extends PedalView {
  readonly deviceId: string;
}

/** Whether the page may listen to a device: to one that the user has chosen, and others of its model. */
export function isChosenPedal(store: Pick<PedalStore, 'pedals'>, device: DeviceIds): boolean {
  return store.pedals.some((pedal) => isSameModel(pedal, device));
}

/** The devices to choose from, pedals first. What a device says of itself is cut to a line. */
export function offeredDevices(devices: readonly InputDevice[]): OfferedDevice[] {
  const byId = new Map(devices.map((device) => [device.deviceId, device]));
  return [...byId.values()]
    .sort((a, b) => Number(isKnownPedal(b)) - Number(isKnownPedal(a)))
    .slice(0, MOST_OFFERED)
    .map(({ deviceId, vendorId, productId, name }) => {
      const line = name.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
      return {
        deviceId,
        vendorId,
        productId,
        name:
          line.slice(0, LONGEST_NAME) ||
          `${vendorId.toString(16)}:${productId.toString(16).padStart(4, '0')}`,
      };
    });
}

/**
 * Lets the user choose among devices and remembers what they choose; gives its id, or null where they choose none.
 * @param choose gives the number of the device chosen, or null.
 */
export async function choosePedal(
  store: PedalStore,
  devices: readonly InputDevice[],
  choose: (names: readonly string[]) => Promise<number | null>,
): Promise<string | null> {
  const offered = offeredDevices(devices);
  const number = await choose(offered.map(({ name }) => name));
  const chosen = number === null ? undefined : offered[number];
  if (chosen === undefined) return null;
  const { deviceId, ...pedal } = chosen;
  if (!isChosenPedal(store, pedal)) store.keepPedals([...store.pedals, pedal]);
  return deviceId;
}

/** The page may not listen to devices of this model any more. */
export function forgetPedal(store: PedalStore, device: DeviceIds): void {
  store.keepPedals(store.pedals.filter((pedal) => !isSameModel(pedal, device)));
}
