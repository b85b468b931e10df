/** Puts the bridge on the page: one function for every request that the contract declares, and the events. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  BRIDGE_NAME,
  type Bridge,
  type BridgeInput,
  EVENT_CHANNEL,
  REQUEST_CHANNEL,
} from '../contract/bridge.ts';
import type { NumberedEvent, RequestName } from '../contract/ipc.ts';

/** The names of the contract's requests. The build puts them here, so that no page waits for their schemas to load. */
declare const REQUEST_NAMES: readonly RequestName[];

type Asks = Record<RequestName, (input: unknown) => Promise<unknown>>;

const asks = Object.fromEntries(
  REQUEST_NAMES.map((name) => [name, (input: unknown) => ipcRenderer.invoke(REQUEST_CHANNEL, name, input)]),
) as Asks;

/**
 * Only a file that the user has given to the page has a path. What was dropped from another program and lies nowhere goes
 * by its name, which can never pass for one; main says that it could not be taken.
 */
async function importFiles({ files, ...choice }: BridgeInput<'library.import'>): Promise<unknown> {
  const paths = files.map((file) => webUtils.getPathForFile(file) || `./${file.name}`);
  return asks['library.import']({ ...choice, paths });
}

function subscribe(listener: (event: NumberedEvent) => void): () => void {
  // The event of Electron carries the raw channel: it stays here.
  const receive = (_event: unknown, event: NumberedEvent) => listener(event);
  ipcRenderer.on(EVENT_CHANNEL, receive);
  return () => void ipcRenderer.off(EVENT_CHANNEL, receive);
}

contextBridge.exposeInMainWorld(BRIDGE_NAME, {
  ...asks,
  'library.import': importFiles,
  subscribe,
} as Bridge);
