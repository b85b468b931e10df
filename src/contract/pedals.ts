import type { Shortcut } from './shortcuts.ts';

/** A device by its USB ids. */
export interface DeviceIds {
  readonly vendorId: number;
  readonly productId: number;
}

/** Position of a pedal, seen from the foot. */
export type PedalPart = 'left' | 'middle' | 'right';

const PARTS: readonly PedalPart[] = ['left', 'middle', 'right'];

/**
 * Transcription pedals, by `vendor:product`. With `parts` the lowest bits of their report are known to be left, middle
 * and right (Infinity: its report is two bytes; Philips: after GoogleChromeLabs' dictation_support).
 */
const MODELS: Readonly<Record<string, { readonly name: string; readonly parts?: readonly PedalPart[] }>> = {
  '05f3:00ff': { name: 'Infinity', parts: PARTS },
  '0911:1844': { name: 'Philips ACC2310', parts: PARTS },
  '0911:091a': { name: 'Philips ACC2330', parts: PARTS },
  '07b4:025f': { name: 'Olympus RS31H' },
};

const hexadecimal = (id: number) => id.toString(16).padStart(4, '0');
const idsOf = ({ vendorId, productId }: DeviceIds) => `${hexadecimal(vendorId)}:${hexadecimal(productId)}`;

/** Whether a device is known to be a pedal. */
export function isKnownPedal(device: DeviceIds): boolean {
  return MODELS[idsOf(device)] !== undefined;
}

/** Whether two devices are of the same model. */
export function isSameModel(a: DeviceIds, b: DeviceIds): boolean {
  return a.vendorId === b.vendorId && a.productId === b.productId;
}

/** The shortcut of a device's button; `bit` counts from the lowest of the report's first byte, without its id. */
export function pedalShortcut(device: DeviceIds, reportId: number, bit: number): Shortcut {
  return `hid:${idsOf(device)}:${reportId}:${bit}`;
}

/** The device and button of a shortcut; null for keys. `part` is null if the model's layout is unknown. */
export function pedalOf(
  shortcut: Shortcut,
): { readonly model: string; readonly part: PedalPart | null; readonly button: number } | null {
  const [kind, vendor, product, , bit] = shortcut.split(':');
  if (kind !== 'hid' || bit === undefined) return null;
  const ids = `${vendor}:${product}`;
  const model = MODELS[ids];
  return { model: model?.name ?? ids, part: model?.parts?.[Number(bit)] ?? null, button: Number(bit) + 1 };
}
