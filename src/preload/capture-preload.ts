/** Exposes its bridge to the capture page: messages out, commands in, and nothing of the window's bridge. */
import { contextBridge, ipcRenderer } from 'electron';
import {
  CAPTURE_BRIDGE_NAME,
  CAPTURE_COMMAND_CHANNEL,
  CAPTURE_MESSAGE_CHANNEL,
  type CaptureBridge,
  type CapturePageCommand,
} from '../contract/capture-bridge.ts';

const bridge: CaptureBridge = {
  send: (message) => ipcRenderer.send(CAPTURE_MESSAGE_CHANNEL, message),
  listen: (listener) => {
    // Electron's event exposes the raw channel: it is not passed on.
    ipcRenderer.on(CAPTURE_COMMAND_CHANNEL, (_event: unknown, command: CapturePageCommand) =>
      listener(command),
    );
  },
};

contextBridge.exposeInMainWorld(CAPTURE_BRIDGE_NAME, bridge);
