import { type App, protocol, type Session, session, type WebContents, type WebPreferences } from 'electron';
import { APP_ORIGIN, APP_SCHEME } from '../app/window/app-scheme.ts';
import type { DeviceIds } from '../contract/pedals.ts';
import type { CaptureAccess } from './capture-access.ts';

/** Chromium's command-line switches that block its network access; without a value they are flags. */
const SWITCHES: readonly (readonly [name: string, value?: string])[] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['proxy-server', 'http://127.0.0.1:9'],
  ['proxy-bypass-list', '<-loopback>'],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  ['disable-component-update'],
  ['disable-background-networking'],
  ['disable-domain-reliability'],
  ['disable-breakpad'],
  ['disable-sync'],
  ['no-pings'],
];

/** Without it Chromium does not look for the voices of a Linux system, which speech-dispatcher, a daemon on this machine, has. */
const LINUX_VOICES = 'enable-speech-dispatcher';

/** Chromium's features by which a page gets the sound that the computer plays, where they are not on by themselves. */
const LOOPBACK_FEATURES: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'PulseaudioLoopbackForScreenShare',
  darwin: 'MacLoopbackAudioForScreenShare',
};

/** Web preferences of every window: no Node, sandboxed, nothing but the page's own content. */
export const HARDENED_PAGE: WebPreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  spellcheck: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
};

/** Settings required before the app is ready: the sandbox, the app's own scheme, no network. */
export function hardenBeforeReady(app: App): void {
  app.enableSandbox();
  for (const [name, value] of SWITCHES) app.commandLine.appendSwitch(name, value);
  if (process.platform === 'linux') app.commandLine.appendSwitch(LINUX_VOICES);
  const features = LOOPBACK_FEATURES[process.platform];
  if (features !== undefined) app.commandLine.appendSwitch('enable-features', features);
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: false },
    },
  ]);
}

/** A session in memory, without cache or permissions, that requests only URLs that begin with `prefix`. */
export function isolatedSession(partition: string, prefix: string): Session {
  const own = session.fromPartition(partition, { cache: false });
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  own.setPermissionCheckHandler(() => false);
  own.setDevicePermissionHandler(() => false);
  own.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  own.on('will-download', (event) => event.preventDefault());
  own.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !details.url.startsWith(prefix) });
  });
  own.setSpellCheckerEnabled(false);
  return own;
}

/**
 * The session of the app's pages: isolated, with no permission but those that `access` gives the capture page, and no
 * device but the input devices (HID) that `isChosen` accepts.
 */
export function hardenedSession(access: CaptureAccess, isChosen: (device: DeviceIds) => boolean): Session {
  const own = isolatedSession('voicesync', `${APP_ORIGIN}/`);
  own.setPermissionRequestHandler((contents, permission, answer, details) => {
    const isPage = access.isPage(contents, details);
    if (permission === 'display-capture') return answer(isPage && access.isAllowed('system'));
    const audioOnly =
      'mediaTypes' in details && details.mediaTypes?.every((type) => type === 'audio') === true;
    answer(permission === 'media' && audioOnly && isPage && access.isAnyAllowed);
  });
  own.setPermissionCheckHandler((contents, permission, _origin, details) => {
    // The page may request an input device; the user chooses in the system's dialog.
    if (permission === 'hid') return details.isMainFrame;
    // This alone opens nothing: it lets the capture page read the microphones' names.
    return permission === 'media' && details.mediaType === 'audio' && access.isPage(contents, details);
  });
  own.setDisplayMediaRequestHandler((request, answer) => answer(access.systemSound(request)));
  own.setDevicePermissionHandler(({ deviceType, origin, device }) => {
    return deviceType === 'hid' && origin.replace(/\/$/, '') === APP_ORIGIN && isChosen(device as DeviceIds);
  });
  return own;
}

/** Denies a page windows, webviews, and all navigation but reloading. */
export function hardenContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || event.url !== contents.getURL()) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
