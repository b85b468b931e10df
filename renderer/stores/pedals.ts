import { create } from 'zustand';
import { type DeviceIds, isSameModel, pedalShortcut } from '../../src/contract/pedals.ts';
import type { Shortcut } from '../../src/contract/shortcuts.ts';
import { request } from '../lib/client.ts';
import { buttonBits, buttonChanges, type ReportCollection } from '../lib/pedal-reports.ts';
import { takeAppState, useApp } from './app.ts';

/** The part of WebHID in use; TypeScript has no types for it yet. */
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

/** A pedal's button went down or up. */
export interface PedalPress {
  readonly shortcut: Shortcut;
  readonly isDown: boolean;
}

interface PedalsStore {
  /** Devices in use, and those that the system refuses to open. */
  readonly devices: readonly (DeviceIds & { readonly state: 'ready' | 'failed' })[];
}

/** The connected pedals with permission. */
export const usePedals = create<PedalsStore>(() => ({ devices: [] }));

type Listener = (press: PedalPress) => void;
const listeners = new Set<Listener>();
/** The open devices, each with the buttons that are down. */
const listened = new Map<HidDevice, Set<Shortcut>>();

/** Receives pedal presses while the window has the focus; returns the cleanup. */
export function onPedalPress(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Opens the pedals that the user has chosen, as they are connected and removed, for the window's lifetime. */
export function followPedals(): void {
  const hid = hidOf(navigator);
  if (hid === null) return;
  hid.addEventListener('connect', () => void look());
  hid.addEventListener('disconnect', (event) => letGo((event as Event & { device: HidDevice }).device));
  useApp.subscribe(({ state }, { state: before }) => {
    if (JSON.stringify(state?.pedals) !== JSON.stringify(before?.pedals)) void look();
  });
}

/** Lets the user choose a device, in the system's dialog; returns the result. Needs a button press before it. */
export async function choosePedal(): Promise<'ready' | 'failed' | 'none'> {
  const devices = (await hidOf(navigator)?.requestDevice({ filters: [] })) ?? [];
  const states = await Promise.all(devices.map(listen));
  if (states.length === 0) return 'none';
  return states.includes('ready') ? 'ready' : 'failed';
}

/** Forgets devices of this model. Throws AppErrors. */
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
  // If devices cannot be queried there are none.
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

/** A pedal disconnected with a button down will never report its release. */
function letGo(device: HidDevice): void {
  const down = listened.get(device);
  listened.delete(device);
  for (const shortcut of down ?? []) tell({ shortcut, isDown: false });
  usePedals.setState(({ devices }) => ({ devices: devices.filter((one) => !isSameModel(one, device)) }));
  // A removed one cannot be closed.
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

/** Other programs may be in front: releases are reported all the same. */
function tell(press: PedalPress): void {
  if (press.isDown && !document.hasFocus()) return;
  for (const listener of [...listeners]) listener(press);
}
