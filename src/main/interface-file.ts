import Store from 'electron-store';
import { INTERFACE_NAME } from '../app/settings/app-folders.ts';
import { putDamagedAside } from '../app/settings/interface-settings.ts';
import type { ValueFile } from '../app/settings/interface-store.ts';

/** The file of the interface's settings in the window's data folder. Invalid JSON is moved aside first. */
export function interfaceFile(): ValueFile {
  const store = new Store<Record<string, unknown>>({ name: INTERFACE_NAME, clearInvalidConfig: true });
  putDamagedAside(store.path);
  return store;
}
