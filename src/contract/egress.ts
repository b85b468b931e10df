import { z } from './schema.ts';

/**
 * Every way in which code could open a connection, by the place that the code is in. The self-test of the privacy report
 * tries each of them, and the tests prove that each would reach the listener if nothing forbade it.
 */

/** From a page of the window. */
export const PAGE_WAYS = [
  'fetch',
  'xhr',
  'beacon',
  'webSocket',
  'eventSource',
  'webTransport',
  'webRtc',
  'image',
  'media',
  'script',
  'style',
  'font',
  'prefetch',
  'frame',
  'object',
  'worker',
  'form',
  'ping',
  'popup',
  'navigation',
] as const;

/** From a process that runs Node: the main process, and the engine. */
export const PROCESS_WAYS = [
  'tcp',
  'tls',
  'http',
  'https',
  'http2',
  'nodeFetch',
  'nodeWebSocket',
  'udp',
  'dnsLookup',
  'dnsQuery',
  'listen',
] as const;

/** From the main process by way of Chromium, whose network service is not of Node. */
export const BROWSER_WAYS = ['netFetch', 'netRequest', 'resolveHost'] as const;

/** From ffmpeg, given an address in place of a file, or a file that names one. */
export const DECODER_WAYS = [
  'httpInput',
  'tcpInput',
  'udpInput',
  'rtpInput',
  'playlist',
  'concatList',
] as const;

/** Where the code is. */
export const EgressPlace = z.enum(['page', 'program', 'engine', 'browser', 'decoder']);
export type EgressPlace = z.infer<typeof EgressPlace>;

export type PageWay = (typeof PAGE_WAYS)[number];
export type ProcessWay = (typeof PROCESS_WAYS)[number];
export type BrowserWay = (typeof BROWSER_WAYS)[number];
export type DecoderWay = (typeof DECODER_WAYS)[number];

/** A way of any place. */
export const EgressWay = z.enum([...PAGE_WAYS, ...PROCESS_WAYS, ...BROWSER_WAYS, ...DECODER_WAYS]);
export type EgressWay = z.infer<typeof EgressWay>;

/**
 * How an attempt ended for the one who made it.
 * - `policy`: the page's content security policy forbade it; `detail` is the directive.
 * - `error`: it failed with an error; `detail` is its name or code.
 * - `blocked`: this program's own block in the process.
 * - `nothing`: no error, and nothing arrived either.
 * - `absent`: there is no such function here.
 * - `untried`: it could not be tried.
 */
export const EgressEnd = z.object({
  how: z.enum(['policy', 'error', 'blocked', 'nothing', 'absent', 'untried']),
  detail: z.string().max(80),
});
export type EgressEnd = z.infer<typeof EgressEnd>;

/** An attempt; `reached`: something arrived at the listener, however it ended for the one who made it. */
export const EgressResult = z.object({
  place: EgressPlace,
  way: EgressWay,
  end: EgressEnd,
  reached: z.boolean(),
});
export type EgressResult = z.infer<typeof EgressResult>;

/** The listener of a self-test, on this computer's loopback interface: nothing that reaches it has left the computer. */
export const EgressTarget = z.object({
  tcpPort: z.number().int().positive(),
  udpPort: z.number().int().positive(),
});
export type EgressTarget = z.infer<typeof EgressTarget>;

/** A part of the privacy report, in the user's language: sentences, and perhaps a table. */
export const ReportSection = z.object({
  id: z.enum(['summary', 'blocked', 'test', 'memory', 'places', 'programs', 'limits', 'log']),
  title: z.string(),
  paragraphs: z.array(z.string()),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string())),
});
export type ReportSection = z.infer<typeof ReportSection>;

/** The privacy report. */
export const PrivacyReport = z.object({ title: z.string(), sections: z.array(ReportSection) });
export type PrivacyReport = z.infer<typeof PrivacyReport>;
