import { CaptureState } from './capture-states.ts';
import { Failure } from './errors.ts';
import { InputProcessing } from './recording-choice.ts';
import { z } from './schema.ts';
import { TranscriptionChoice } from './views.ts';

const id = z.uuid();
const time = z.number().int().nonnegative();

export { CAPTURE_FRAME_MS } from './capture-frame.ts';

/** What is captured: the microphone, or the sound that the computer plays (loopback). */
export const CaptureInput = z.enum(['microphone', 'system']);
export type CaptureInput = z.infer<typeof CaptureInput>;

/** What the user chooses for a capture session. */
export const CaptureOptions = z.object({
  matterId: id.nullable(),
  /** The recording's name; null: date and time. */
  name: z.string().min(1).max(255).nullable(),
  /** MediaDeviceInfo.deviceId of the microphone; null: the system's default. */
  deviceId: z.string().nullable(),
  /** Capture the computer's own sound as a second channel. */
  systemAudio: z.boolean(),
  processing: InputProcessing,
  choice: TranscriptionChoice,
  /** Transcribe while recording. */
  liveText: z.boolean(),
  /** Transcribe the whole recording by the normal pipeline; what it has not done by the end it does after it. */
  finalTranscript: z.boolean(),
});
export type CaptureOptions = z.infer<typeof CaptureOptions>;

/** One frame of one input, mono, as the worklet cuts it. */
export const CaptureFrame = z.object({
  captureId: id,
  input: CaptureInput,
  /** Counts the frames of this input in this session from 0; a missing number is a lost frame. */
  sequence: z.number().int().nonnegative(),
  /** When its first sample was captured: milliseconds since 1970, by a clock that never goes back. */
  atMs: z.number(),
  /** In hertz. */
  sampleRate: z.number().int().min(8000).max(192_000),
  samples: z.custom<Int16Array>((value) => value instanceof Int16Array),
});
export type CaptureFrame = z.infer<typeof CaptureFrame>;

/** A microphone that the system offers. The label is empty until the permission was given. */
export const InputDevice = z.object({ deviceId: z.string(), label: z.string(), isDefault: z.boolean() });
export type InputDevice = z.infer<typeof InputDevice>;

/** Why an input stopped or never began. */
export const InputLoss = z.enum(['denied', 'notFound', 'ended', 'muted', 'unsupported', 'failed']);
export type InputLoss = z.infer<typeof InputLoss>;

/** What a session tells the user; each holds until it is over. */
export const CaptureWarning = z.enum([
  /** Only zeros come: a muted or wrong source. They are never transcribed. */
  'silence',
  /** There is sound, but no voice has been found in it for a minute. */
  'noSpeech',
  'clipping',
  /** The voice is so quiet that words will be missed. */
  'quiet',
  'microphoneLost',
  'deviceChanged',
  'systemAudioAbsent',
  'systemAudioSilent',
  'diskLow',
  /** The live text is behind what is said. */
  'liveTextLate',
  /** The live text left something out, which the final transcript will have. */
  'liveTextSkipped',
  'liveTextFailed',
  /** The final transcript could not be queued. It is tried again when the sound is complete; then this stays if it fails. */
  'finalTranscriptFailed',
  'shortcutUnavailable',
]);
export type CaptureWarning = z.infer<typeof CaptureWarning>;

/** Counters of a session, for the metrics and the tests. */
export const CaptureMetrics = z.object({
  /** Frames received, recorded, and left out by the live text. */
  framesIn: z.number().int(),
  framesRecorded: z.number().int(),
  framesSkippedByLiveText: z.number().int(),
  /** Frames that never arrived, and the time declared as gaps for them. */
  framesLost: z.number().int(),
  gapMs: z.number(),
  /** Greatest queue depths, in frames. */
  recorderQueue: z.number().int(),
  liveQueue: z.number().int(),
});
export type CaptureMetrics = z.infer<typeof CaptureMetrics>;

/** A mark that the user set while recording or reading. */
export const Marker = z.object({
  id,
  /** Time in the recording. */
  atMs: time,
  label: z.string().max(200),
});
export type Marker = z.infer<typeof Marker>;

/** A session as the window shows it. */
export const CaptureView = z.object({
  id,
  /** The recording that it makes. */
  recordingId: id,
  name: z.string(),
  state: CaptureState,
  startedAtMs: z.number().int(),
  /** Time of the recording so far, gaps included, pauses left out. */
  durationMs: time,
  /** Labels of the open devices; null: none. */
  microphone: z.string().nullable(),
  system: z.string().nullable(),
  warnings: z.array(CaptureWarning),
  /** Minutes that the disk still holds; null while there is plenty of room. */
  minutesLeft: z.number().nullable(),
  /** The model of the live text; null: none. */
  liveModel: z.string().nullable(),
  markers: z.array(Marker),
  failure: Failure.nullable(),
  metrics: CaptureMetrics,
});
export type CaptureView = z.infer<typeof CaptureView>;

/** Levels of the last 100 ms of an input, in dBFS. */
export const CaptureLevel = z.object({
  captureId: id,
  input: CaptureInput,
  peakDb: z.number(),
  rmsDb: z.number(),
  clipped: z.boolean(),
});
export type CaptureLevel = z.infer<typeof CaptureLevel>;

/**
 * Text of a running session after its last committed segment. `confirmed` only grows until its words are committed as a
 * segment; `interim` may change.
 */
export const LiveText = z.object({
  captureId: id,
  recordingId: id,
  confirmed: z.string(),
  interim: z.string(),
});
export type LiveText = z.infer<typeof LiveText>;

/** A recording whose session ended without the user: what is there of it can be transcribed. */
export const UnfinishedCapture = z.object({
  recordingId: id,
  name: z.string(),
  startedAtMs: z.number().int(),
  durationMs: time,
});
export type UnfinishedCapture = z.infer<typeof UnfinishedCapture>;

/** Commands to the page that holds the devices (the capture page). It is hidden and survives the window. */
export const CaptureCommand = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('open'),
    captureId: id,
    input: CaptureInput,
    deviceId: z.string().nullable(),
    processing: InputProcessing,
    /** Number of the first frame, and the rate wanted: those of the session if it goes on with another device. */
    sequence: z.number().int().nonnegative(),
    sampleRate: z.number().int().nullable(),
  }),
  z.object({ type: z.literal('close'), captureId: id, input: CaptureInput }),
  z.object({ type: z.literal('listDevices') }),
]);
export type CaptureCommand = z.infer<typeof CaptureCommand>;

/** Messages of the capture page. */
export const CaptureMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** The microphones; sent when asked, and when they change. */
  z.object({ type: z.literal('devices'), devices: z.array(InputDevice) }),
  z.object({
    type: z.literal('opened'),
    captureId: id,
    input: CaptureInput,
    deviceId: z.string(),
    label: z.string(),
    sampleRate: z.number().int().positive(),
  }),
  z.object({ type: z.literal('frames'), frames: z.array(CaptureFrame) }),
  z.object({ type: z.literal('lost'), captureId: id, input: CaptureInput, reason: InputLoss }),
  /**
   * The last message of an input: no live track of it is left. `crc32` is that of all bytes of its samples, little
   * endian, as the worklet cut them.
   */
  z.object({
    type: z.literal('closed'),
    captureId: id,
    input: CaptureInput,
    frames: z.number().int(),
    crc32: z.number().int(),
  }),
]);
export type CaptureMessage = z.infer<typeof CaptureMessage>;
