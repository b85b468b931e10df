import { create } from 'zustand';
import { type DeviceIds, isSameModel, pedalShortcut } from '../../src/contract/pedals.ts';
import type { Shortcut } from '../../src/contract/shortcuts.ts';
import { request } from '../lib/client.ts';
import { buttonBits, buttonChanges, type ReportCollection } from '../lib/pedal-reports.ts';
import { takeAppState, useApp } from './app.ts';

/** The part of WebHID that is used; TypeScript does not have it yet. */
interface HidDevice extends EventTarget, DeviceIds {
  readonly opened: boolean;
  readonly collections: readonly ReportCollection[];
  open(): Promise<void>;
  close(): Promise<void>;
}
interface HidReport extends Event {
  readonly reportId: number;
  readonly data: DataView;
}
interface Hid extends EventTarget {
  getDevices(): Promise<HidDevice[]>;
  requestDevice(options: { filters: readonly object[] }): Promise<HidDevice[]>;
}

/** A pedal's button went down or came up. */
export interface PedalPress {
  readonly shortcut: Shortcut;
  readonly isDown: boolean;
}

interface PedalsStore {
  /** What is listened to, and what the system does not let be opened. */
  readonly devices: readonly (DeviceIds & { readonly state: 'ready' | 'failed' })[];
}

/** The pedals that are plugged in and may be listened to. */
export const usePedals = create<PedalsStore>(() => ({ devices: [] }));

type Listener = (press: PedalPress) => void;
const listeners = new Set<Listener>();
/** The devices listened to, each with the buttons that are down. */
const listened = new Map<HidDevice, Set<Shortcut>>();

/** Hears the pedals for as long as the window has the keyboard; gives what ends it. */
export function onPedalPress(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Listens to the pedals that the user has chosen, as they come, go and are removed, for as long as the window lives. */
export function followPedals(): void {
  const hid = hidOf(navigator);
  if (hid === null) return;
  hid.addEventListener('connect', () => void look());
  hid.addEventListener('disconnect', (event) => letGo((event as Event & { device: HidDevice }).device));
  useApp.subscribe(({ state }, { state: before }) => {
    if (JSON.stringify(state?.pedals) !== JSON.stringify(before?.pedals)) void look();
  });
}

/** Lets the user choose a device, in the system's dialog; gives what came of it. Needs a press of a button before it. */
export async function choosePedal(): Promise<'ready' | 'failed' | 'none'> {
  const devices = (await hidOf(navigator)?.requestDevice({ filters: [] })) ?? [];
  const states = await Promise.all(devices.map(listen));
  if (states.length === 0) return 'none';
  return states.includes('ready') ? 'ready' : 'failed';
}

/** Listens no more to devices of this model. Throws AppErrors. */
export async function forgetPedal({ vendorId, productId }: DeviceIds): Promise<void> {
  for (const device of listened.keys()) {
    if (isSameModel(device, { vendorId, productId })) letGo(device);
  }
  takeAppState(await request('app.forgetPedal', { vendorId, productId }));
}

function hidOf(from: Navigator): Hid | null {
  return (from as Navigator & { readonly hid?: Hid }).hid ?? null;
}

async function look(): Promise<void> {
  // Where devices cannot be asked for there are none.
  const devices =
    (await hidOf(navigator)
      ?.getDevices()
      .catch(() => [])) ?? [];
  await Promise.all(devices.map(listen));
}

async function listen(device: HidDevice): Promise<'ready' | 'failed'> {
  if (listened.has(device)) return 'ready';
  const down = new Set<Shortcut>();
  listened.set(device, down);
  try {
    if (!device.opened) await device.open();
  } catch {
    // Another program holds it, or the system's rules forbid it.
    listened.delete(device);
    note(device, 'failed');
    return 'failed';
  }
  const before = new Map<number, Uint8Array>();
  device.addEventListener('inputreport', (event) => {
    if (!listened.has(device)) return;
    const { reportId, data } = event as HidReport;
    const after = new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
    const buttons = buttonBits(device.collections, reportId);
    for (const { bit, isDown } of buttonChanges(before.get(reportId) ?? new Uint8Array(), after, buttons)) {
      const shortcut = pedalShortcut(device, reportId, bit);
      if (isDown) down.add(shortcut);
      else down.delete(shortcut);
      tell({ shortcut, isDown });
    }
    before.set(reportId, after);
  });
  note(device, 'ready');
  return 'ready';
}

/** What is pulled out with a button down will never tell that it comes up. */
function letGo(device: HidDevice): void {
  const down = listened.get(device);
  listened.delete(device);
  for (const shortcut of down ?? []) tell({ shortcut, isDown: false });
  usePedals.setState(({ devices }) => ({ devices: devices.filter((one) => !isSameModel(one, device)) }));
  // One that is gone cannot be closed.
  device.close().catch(() => undefined);
}

function note({ vendorId, productId }: HidDevice, state: 'ready' | 'failed'): void {
  usePedals.setState(({ devices }) => ({
    devices: [
      ...devices.filter((one) => !isSameModel(one, { vendorId, productId })),
      { vendorId, productId, state },
    ],
  }));
}

/** Other programs may be in front: what comes up is told all the same. */
function tell(press: PedalPress): void {
  if (press.isDown && !document.hasFocus()) return;
  for (const listener of [...listeners]) listener(press);
}
