import type { CallbackResponse, OnBeforeRequestListenerDetails } from 'electron';
import type { Chromium } from './chromium.ts';
import type { DevToolsSession } from './devtools.ts';
import { policyToChromium, toApp } from './scheme-mapping.ts';
import { type AppSession, privilegedSchemes, session } from './session.ts';
import { pageOfFrame, type StandInWebContents } from './web-contents.ts';

declare const anySession: DevToolsSession;
type Paused = Parameters<Parameters<typeof anySession.on<'Fetch.requestPaused'>>[1]>[0];

// A fulfilled request cannot stream: media would be read to its end before playback starts.
const MEDIA_PIECE = 1024 * 1024;

const RESOURCE_TYPES: Readonly<Record<string, string>> = {
  Document: 'mainFrame',
  Stylesheet: 'stylesheet',
  Image: 'image',
  Media: 'media',
  Font: 'font',
  Script: 'script',
  XHR: 'xhr',
  Fetch: 'xhr',
  WebSocket: 'webSocket',
  Ping: 'ping',
};

/**
 * Answers every request of every page, worker and worklet in the app's own process: by the session's listeners, then
 * by its scheme handlers. All others continue in Chromium, as they would in Electron.
 */
export async function connectPages({ devTools }: Chromium): Promise<void> {
  const { browser } = devTools;
  browser.on('Fetch.requestPaused', (paused) => {
    answer(browser, paused).catch(() => undefined);
  });
  await browser.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
}

async function answer(browser: DevToolsSession, paused: Paused): Promise<void> {
  const { requestId, frameId, resourceType } = paused;
  const page = pageOfFrame(frameId);
  const partition = page?.session ?? session.defaultSession;
  const url = toApp(paused.request.url);
  const fail = (errorReason: 'BlockedByClient' | 'Aborted' | 'Failed') =>
    browser.send('Fetch.failRequest', { requestId, errorReason });

  if (resourceType === 'Document' && page && !page.mayNavigate(frameId, url))
    return void (await fail('Aborted'));
  if ((await judge(partition, page, paused, url)).cancel) return void (await fail('BlockedByClient'));
  const handler = partition.protocol.handlerOf(url);
  if (handler === undefined) {
    // An unhandled URL of the app's scheme must not become a request to the internet.
    if (url !== paused.request.url) return void (await fail('Failed'));
    await browser.send('Fetch.continueRequest', { requestId });
    return;
  }
  let response: Response;
  try {
    response = await handler(requestOf(paused, url));
  } catch {
    return void (await fail('Failed'));
  }
  if (response.type === 'error') return void (await fail('Failed'));
  const body = Buffer.from(await response.arrayBuffer()).toString('base64');
  await browser.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: response.status,
    ...(response.statusText && { responsePhrase: response.statusText }),
    responseHeaders: headersOf(response),
    body,
  });
}

function judge(
  { webRequest }: AppSession,
  page: StandInWebContents | undefined,
  { request, resourceType, requestId }: Paused,
  url: string,
): Promise<CallbackResponse> {
  const { beforeRequest } = webRequest;
  if (!beforeRequest) return Promise.resolve({});
  const details = {
    id: Number.parseInt(requestId.replace(/\D/g, ''), 10) || 0,
    url,
    method: request.method,
    resourceType: RESOURCE_TYPES[resourceType] ?? 'other',
    referrer: toApp(request.headers.Referer ?? ''),
    timestamp: Date.now(),
    uploadData: [],
    ...(page && { webContentsId: page.id, webContents: page, frame: page.mainFrame }),
  };
  return new Promise((resolve) => {
    beforeRequest(details as unknown as OnBeforeRequestListenerDetails, resolve);
  });
}

function requestOf({ request, resourceType }: Paused, url: string): Request {
  const headers = new Headers(request.headers);
  for (const name of ['origin', 'referer']) {
    const value = headers.get(name);
    if (value !== null) headers.set(name, toApp(`${value}/`).replace(/\/$/, ''));
  }
  const openEnded = resourceType === 'Media' && /^bytes=(\d+)-$/.exec(headers.get('range') ?? '');
  if (openEnded) {
    const start = Number(openEnded[1]);
    headers.set('range', `bytes=${start}-${start + MEDIA_PIECE - 1}`);
  }
  const { method, postData } = request;
  return new Request(url, { method, headers, ...(postData !== undefined && { body: postData }) });
}

function headersOf(response: Response): { name: string; value: string }[] {
  return [...response.headers].map(([name, value]) => ({
    name,
    value: name === 'content-security-policy' ? policyToChromium(value, privilegedSchemes()) : value,
  }));
}
