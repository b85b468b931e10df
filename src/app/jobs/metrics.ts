import type { CaptureMetrics } from '../../contract/capture.ts';
import type { JobFigures, JobState } from '../../contract/job.ts';
import type { Capture } from '../../core/database/captures/captures.db.ts';
import type { Job } from '../../core/database/jobs/jobs.db.ts';

interface Metric<Figures = JobFigures> {
  readonly name: string;
  readonly help: string;
  readonly value: (figures: Figures) => number;
}

/** Units are Prometheus's base units: seconds and bytes. */
const METRICS: readonly Metric[] = [
  { name: 'queue_wait_seconds', help: 'Time from queueing to start.', value: (f) => f.queueWaitMs / 1000 },
  {
    name: 'decode_seconds',
    help: 'Time spent reading and decoding the source.',
    value: (f) => f.decodeMs / 1000,
  },
  { name: 'inference_seconds', help: 'Time spent in the speech model.', value: (f) => f.inferenceMs / 1000 },
  {
    name: 'voice_activity_seconds',
    help: 'Time spent listening for speech.',
    value: (f) => f.vadMs / 1000,
  },
  { name: 'audio_seconds', help: 'Length of the recording.', value: (f) => f.audioMs / 1000 },
  { name: 'speech_seconds', help: 'Speech given to the speech model.', value: (f) => f.speechMs / 1000 },
  { name: 'wall_seconds', help: 'Time from start to end.', value: (f) => f.wallMs / 1000 },
  {
    name: 'peak_memory_bytes',
    help: 'Highest resident memory of both processes.',
    value: (f) => f.peakMemoryBytes,
  },
  { name: 'windows', help: 'Windows transcribed.', value: (f) => f.windows },
];

/** Frames are of 20 ms, of one input each. */
const CAPTURE_METRICS: readonly Metric<CaptureMetrics>[] = [
  { name: 'frames_in', help: 'Frames received.', value: (m) => m.framesIn },
  { name: 'frames_recorded', help: 'Frames recorded.', value: (m) => m.framesRecorded },
  {
    name: 'frames_skipped_by_live_text',
    help: 'Frames that the live text left out.',
    value: (m) => m.framesSkippedByLiveText,
  },
  { name: 'frames_lost', help: 'Frames that never arrived.', value: (m) => m.framesLost },
  { name: 'gap_seconds', help: 'Time for which no sound arrived.', value: (m) => m.gapMs / 1000 },
  {
    name: 'recorder_queue_frames',
    help: 'Most frames that waited for the disk.',
    value: (m) => m.recorderQueue,
  },
  {
    name: 'live_queue_frames',
    help: 'Most frames that waited for the live text.',
    value: (m) => m.liveQueue,
  },
];

/**
 * The metrics of the jobs in the Prometheus text format, version 0.0.4: of each job's last attempt, labelled with the
 * job's id, and the number of jobs in each state; and the counters of live recordings, labelled with the recording's id. Ids are no names: the text may leave the vault.
 */
export function prometheusText(jobs: readonly Job[], captures: readonly Capture[]): string {
  const lines: string[] = [];
  for (const { name, help, value } of METRICS) {
    lines.push(`# HELP voicesync_job_${name} ${help}`, `# TYPE voicesync_job_${name} gauge`);
    for (const { id, figures } of jobs) {
      if (figures !== null) lines.push(`voicesync_job_${name}{job="${id}"} ${value(figures)}`);
    }
  }
  lines.push('# HELP voicesync_jobs Jobs by state.', '# TYPE voicesync_jobs gauge');
  const counts = new Map<JobState, number>();
  for (const { state } of jobs) counts.set(state, (counts.get(state) ?? 0) + 1);
  for (const [state, count] of [...counts].sort()) lines.push(`voicesync_jobs{state="${state}"} ${count}`);
  for (const { name, help, value } of CAPTURE_METRICS) {
    lines.push(`# HELP voicesync_capture_${name} ${help}`, `# TYPE voicesync_capture_${name} gauge`);
    for (const { recordingId, metrics } of captures) {
      if (metrics !== null)
        lines.push(`voicesync_capture_${name}{recording="${recordingId}"} ${value(metrics)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
