import {
  type ChangedShortcuts,
  type Shortcut,
  type ShortcutId,
  type ShortcutKeys,
  shortcutKeys,
} from '../../src/contract/shortcuts.ts';
import type { AppState } from '../../src/contract/views.ts';
import { changeSettings, useApp } from './app.ts';

type AppStateOrNone = AppState | null;

let known: { readonly text: string; readonly keys: ShortcutKeys } | null = null;

/** The same object as long as no key changes. */
function keysIn(state: AppStateOrNone): ShortcutKeys {
  const changed: ChangedShortcuts = state?.settings.shortcuts ?? {};
  const platform = platformIn(state);
  const text = JSON.stringify([platform, changed]);
  if (known?.text !== text) known = { text, keys: shortcutKeys(changed, platform) };
  return known.keys;
}

function platformIn(state: AppStateOrNone): AppState['platform'] {
  return state?.platform ?? 'linux';
}

/** The keys of every action, as the user set them. */
export function useShortcutKeys(): ShortcutKeys {
  return useApp(({ state }) => keysIn(state));
}

/** The same outside of components, with their platform. */
export function currentKeys(): { readonly keys: ShortcutKeys; readonly platform: AppState['platform'] } {
  const { state } = useApp.getState();
  return { keys: keysIn(state), platform: platformIn(state) };
}

/** Assigns these keys to an action, and removes them from the others named. Throws AppErrors. */
export async function giveKeys(
  id: ShortcutId,
  own: readonly Shortcut[],
  takenFrom: readonly ShortcutId[],
): Promise<void> {
  const { keys } = currentKeys();
  const changed: ChangedShortcuts = { ...useApp.getState().state?.settings.shortcuts, [id]: [...own] };
  for (const other of takenFrom) changed[other] = keys[other].filter((key) => !own.includes(key));
  await changeSettings({ shortcuts: changed });
}

/** Restores an action's default keys, removing them from the others named. Throws AppErrors. */
export async function resetKeys(
  id: ShortcutId,
  delivered: readonly Shortcut[],
  takenFrom: readonly ShortcutId[],
): Promise<void> {
  const { keys } = currentKeys();
  const { [id]: _changed, ...rest } = useApp.getState().state?.settings.shortcuts ?? {};
  const changed: ChangedShortcuts = rest;
  for (const other of takenFrom) changed[other] = keys[other].filter((key) => !delivered.includes(key));
  await changeSettings({ shortcuts: changed });
}

/** Restores every action's default keys. Throws AppErrors. */
export async function resetAllKeys(): Promise<void> {
  await changeSettings({ shortcuts: {} });
}
