import { setTimeout as delay } from 'node:timers/promises';
import { v7 as newId } from 'uuid';
import {
  CAPTURE_FRAME_MS,
  type CaptureFrame,
  type CaptureInput,
  type CaptureMessage,
  type CaptureMetrics,
  type CaptureOptions,
  type CaptureView,
  type CaptureWarning,
  type Marker,
} from '../../contract/capture.ts';
import {
  CAPTURE_TRANSITIONS,
  type CaptureState,
  type CaptureTransition,
  isCapturing,
} from '../../contract/capture-states.ts';
import { AppError, failureOf } from '../../contract/errors.ts';
import type { AppEvent } from '../../contract/ipc.ts';
import type { CaptureRecorder } from '../../core/capture/capture-recorder.ts';
import { CaptureTimeline } from '../../core/capture/capture-timeline.ts';
import type { CaptureGap } from '../../core/database/captures/captures.db.ts';
import { asAppError } from '../../core/system-errors.ts';
import type { CaptureDevices } from './capture-devices.ts';
import { CaptureTrack, type OpenOutcome } from './capture-track.ts';
import { LevelMeter } from './level-meter.ts';
import { SoundWarnings } from './sound-warnings.ts';
