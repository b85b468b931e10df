import { readFileSync, renameSync } from 'node:fs';
import { USUAL_QUALITY } from '../../contract/quality.ts';
import { DELIVERED_RECORDING_CHOICE } from '../../contract/recording-choice.ts';
import { ChangedShortcuts, SHORTCUT_IDS } from '../../contract/shortcuts.ts';
import { InterfaceSettings } from '../../contract/views.ts';

const DELIVERED: InterfaceSettings = {
  language: 'system',
  theme: 'system',
  lockAfterMinutes: 15,
  alwaysSeal: false,
  showDoubts: true,
  rewindMs: 800,
  quality: USUAL_QUALITY,
  recording: DELIVERED_RECORDING_CHOICE,
  shortcuts: {},
  spelling: false,
  english: 'us',
};

/** Settings, each of them optional. */
export type SomeSettings = { readonly [K in keyof InterfaceSettings]?: InterfaceSettings[K] | undefined };

/** The settings in a stored value. Each invalid one counts as never set; so does each shortcut. */
export function settingsIn(stored: unknown): InterfaceSettings {
  const raw = asRecord(stored);
  const fields = Object.entries(InterfaceSettings.shape).flatMap(([name, schema]) => {
    const value = name === 'shortcuts' ? readable(raw[name]) : raw[name];
    const parsed = schema.safeParse(value);
    return parsed.success ? [[name, parsed.data] as const] : [];
  });
  return { ...DELIVERED, ...Object.fromEntries(fields) };
}

/** The value to store after a change; what this version cannot read, as of a newer one, is kept. */
export function withChanges(stored: unknown, changes: SomeSettings): Record<string, unknown> {
  const raw = asRecord(stored);
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  if (changes.shortcuts === undefined) return { ...raw, ...given };
  const unknown = Object.entries(asRecord(raw.shortcuts)).filter(([id]) => !isKnown(id));
  return { ...raw, ...given, shortcuts: { ...Object.fromEntries(unknown), ...changes.shortcuts } };
}

/** Renames a file that is no JSON to `….damaged` before it is replaced: the user may recover settings from it. */
export function putDamagedAside(file: string): void {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return;
  }
  try {
    JSON.parse(text);
  } catch {
    renameSync(file, `${file}.damaged`);
  }
}

const isKnown = (id: string): boolean => (SHORTCUT_IDS as readonly string[]).includes(id);

function readable(stored: unknown): unknown {
  return Object.fromEntries(
    Object.entries(asRecord(stored)).filter(
      ([id, keys]) => ChangedShortcuts.safeParse({ [id]: keys }).success,
    ),
  );
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
