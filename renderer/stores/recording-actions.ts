import { create } from 'zustand';
import type { CaptureView, InputDevice } from '../../src/contract/capture.ts';
import { isOpening, isRecording } from '../../src/contract/capture-states.ts';
import { DELIVERED_RECORDING_CHOICE, type RecordingChoice } from '../../src/contract/recording-choice.ts';
import { captureOptions } from '../../src/contract/starting-capture.ts';
import { request } from '../lib/client.ts';
import { clockLength } from '../lib/format.ts';
import { translate } from '../lib/i18n.ts';
import { changeSettings, useApp } from './app.ts';
import { runningCaptures, setStarting, takeCapture, takeUnfinished, useCaptures } from './captures.ts';
import { useMatters } from './matters.ts';
import { openTranscript, scopeMatterId } from './navigation.ts';
import { useOpenTranscript } from './open-transcript.ts';
import { attempt, say } from './toasts.ts';

interface MicrophonesStore {
  /** Null until they were asked for. */
  readonly devices: readonly InputDevice[] | null;
}

/** The microphones that the system offers, as of the last time they were asked for. */
export const useMicrophones = create<MicrophonesStore>(() => ({ devices: null }));

/** Asks which microphones there are. Throws AppErrors. */
export async function loadMicrophones(): Promise<readonly InputDevice[]> {
  const devices = await request('captures.devices');
  useMicrophones.setState({ devices });
  return devices;
}

/** Chromium's second names of a device that is listed by itself too. */
const ALIASES: ReadonlySet<string> = new Set(['default', 'communications']);

/** The microphones to choose from, each once. Without the permission there are no ids, and nothing to choose. */
export function choosableMicrophones(devices: readonly InputDevice[]): InputDevice[] {
  return devices.filter(({ deviceId }) => deviceId !== '' && !ALIASES.has(deviceId));
}

/** What the user last chose for recording. */
export function lastRecordingChoice(): RecordingChoice {
  return useApp.getState().state?.settings.recording ?? DELIVERED_RECORDING_CHOICE;
}

/** How a recording is to start. */
export interface RecordingStart {
  readonly choice: RecordingChoice;
  readonly matterId: string | null;
  /** Null for date and time. */
  readonly name: string | null;
}

/**
 * Starts recording with the last choice, in the matter on the screen, or as given, which becomes the last choice; and
 * shows the text. Throws AppErrors.
 */
export async function startRecording(given?: RecordingStart): Promise<void> {
  if (useCaptures.getState().isStarting) return;
  const { choice, matterId, name } = given ?? {
    choice: lastRecordingChoice(),
    matterId: scopeMatterId(),
    name: null,
  };
  setStarting(true);
  try {
    if (given !== undefined) await changeSettings({ recording: choice });
    const devices = choice.microphone === null ? [] : await loadMicrophones();
    const matter = useMatters.getState().matters.find(({ id }) => id === matterId);
    const options = captureOptions(choice, devices, matter, name);
    if (choice.microphone !== null && options.deviceId === null)
      say(translate('record:microphoneReplaced', { name: choice.microphone.label }));
    const capture = await request('captures.start', options);
    // Else an event has told of it already, and may even have told of its end.
    const known = useCaptures.getState().captures.get(capture.id);
    if (known !== undefined && !isOpening(known.state)) return;
    takeCapture(capture);
    openTranscript(capture.recordingId);
  } finally {
    setStarting(false);
  }
}

/** Stops a session. Throws AppErrors; the session then goes on. */
export async function stopRecording(id: string): Promise<void> {
  takeCapture(await request('captures.stop', { id }));
}

/** The session that keys act on: the newest one that can still be stopped; null if there is none. */
export function currentCapture(): CaptureView | null {
  const running = runningCaptures(useCaptures.getState().captures);
  return running.findLast(({ state }) => state !== 'finishing') ?? null;
}

/** The record key: starts, or stops what is being recorded. */
export function toggleRecording(): void {
  const capture = currentCapture();
  if (capture !== null) attempt(() => stopRecording(capture.id));
  else attempt(() => startRecording());
}

/** Pauses a session, or goes on. Throws AppErrors. */
export async function togglePause({ id, state }: CaptureView): Promise<void> {
  if (state === 'paused') await request('captures.resume', { id });
  else if (isRecording(state)) await request('captures.pause', { id });
}

/** The pause key; does nothing while nothing is recorded. */
export function togglePauseOfCurrent(): void {
  const capture = currentCapture();
  if (capture !== null) attempt(() => togglePause(capture));
}

/** Sets a marker at the current time of a session, and says so. Throws AppErrors. */
export async function markNow(id: string): Promise<void> {
  const { atMs } = await request('captures.mark', { id, label: '' });
  say(translate('record:announceMarker', { time: clockLength(atMs) }));
}

/** The marker key: marks what is being recorded, else the place of the playhead in the open transcript. */
export function setMarker(): void {
  const capture = currentCapture();
  if (capture === null) useOpenTranscript.getState().setMarker?.();
  else attempt(() => markNow(capture.id));
}

/** Goes on with another microphone, and starts with it from now on. Throws AppErrors. */
export async function switchMicrophone(id: string, device: InputDevice | null): Promise<void> {
  await request('captures.switchDevice', { id, deviceId: device?.deviceId ?? null });
  const microphone = device === null ? null : { deviceId: device.deviceId, label: device.label };
  await changeSettings({ recording: { ...lastRecordingChoice(), microphone } });
}

/** Asks which recordings were interrupted. Throws AppErrors. */
export async function loadUnfinished(): Promise<void> {
  takeUnfinished(await request('captures.unfinished'));
}

/** Keeps what there is of an interrupted recording, and transcribes it. Throws AppErrors. */
export async function keepUnfinished(recordingId: string): Promise<void> {
  await request('captures.keepUnfinished', { recordingId });
  await loadUnfinished();
}
