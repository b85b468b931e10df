/** Exposes the bridge to the page: one function per request of the contract, and the events. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  BRIDGE_NAME,
  type Bridge,
  type BridgeInput,
  EVENT_CHANNEL,
  REQUEST_CHANNEL,
} from '../contract/bridge.ts';
import type { NumberedEvent, RequestName } from '../contract/ipc.ts';

/** Names of the contract's requests, inserted by the build, so that no page waits for their schemas to load. */
declare const REQUEST_NAMES: readonly RequestName[];

type Asks = Record<RequestName, (input: unknown) => Promise<unknown>>;

const asks = Object.fromEntries(
  REQUEST_NAMES.map((name) => [name, (input: unknown) => ipcRenderer.invoke(REQUEST_CHANNEL, name, input)]),
) as Asks;

/**
 * Only a file from the user's disk has a path. One dropped from another program, without a file on disk, is passed by
 * its name as a path that does not exist; main rejects it.
 */
async function importFiles({ files, ...choice }: BridgeInput<'library.import'>): Promise<unknown> {
  const paths = files.map((file) => webUtils.getPathForFile(file) || `./${file.name}`);
  return asks['library.import']({ ...choice, paths });
}

function subscribe(listener: (event: NumberedEvent) => void): () => void {
  // Electron's event exposes the raw channel: it is not passed on.
  const receive = (_event: unknown, event: NumberedEvent) => listener(event);
  ipcRenderer.on(EVENT_CHANNEL, receive);
  return () => void ipcRenderer.off(EVENT_CHANNEL, receive);
}

contextBridge.exposeInMainWorld(BRIDGE_NAME, {
  ...asks,
  'library.import': importFiles,
  subscribe,
} as Bridge);
