import { type DeviceIds, isKnownPedal, isSameModel } from '../../contract/pedals.ts';
import type { PedalView } from '../../contract/views.ts';

/** Most buttons that a system dialog can hold. */
const MOST_OFFERED = 8;
const LONGEST_NAME = 60;

/** The store of chosen devices. */
export interface PedalStore {
  readonly pedals: readonly PedalView[];
  keepPedals(pedals: readonly PedalView[]): void;
}

/** An input device (HID) as the system names it. */
export interface InputDevice extends DeviceIds {
  readonly deviceId: string;
  /** Reported by the device: any text. */
  readonly name: string;
}

/** A device as offered to the user. */
export interface OfferedDevice extends PedalView {
  readonly deviceId: string;
}

/** Whether the page may read a device: one that the user has chosen, or another of its model. */
export function isChosenPedal(store: Pick<PedalStore, 'pedals'>, device: DeviceIds): boolean {
  return store.pedals.some((pedal) => isSameModel(pedal, device));
}

/** The devices to choose from, pedals first. A device's own name is cut to one line. */
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
 * Lets the user choose a device and stores the choice; returns its id, or null if they choose none.
 * @param choose returns the index of the chosen device, or null.
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

/** Revokes the page's access to devices of this model. */
export function forgetPedal(store: PedalStore, device: DeviceIds): void {
  store.keepPedals(store.pedals.filter((pedal) => !isSameModel(pedal, device)));
}
