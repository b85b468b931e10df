import type { InterfaceSettings } from '../../../src/contract/views.ts';
import { changeSettings, useApp } from '../../stores/app.ts';
import { attempt } from '../../stores/toasts.ts';

/** The machine's settings, and how to change some of them; a change applies at once. Null before they are known. */
export function useSettings(): {
  readonly settings: InterfaceSettings;
  readonly change: (part: Partial<InterfaceSettings>) => void;
} | null {
  const settings = useApp(({ state }) => state?.settings);
  return settings === undefined ? null : { settings, change };
}

function change(part: Partial<InterfaceSettings>): void {
  attempt(() => changeSettings(part));
}
