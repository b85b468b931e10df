import { alignTextStep } from './steps/align-text.ts';
import { assembleStep } from './steps/assemble.ts';
import { detectSpeechStep } from './steps/detect-speech.ts';
import { diarizeStep } from './steps/diarize.ts';
import { exportStep } from './steps/export.ts';
import { hearVoicesStep } from './steps/hear-voices.ts';
import { importStep } from './steps/import.ts';
import type { JobStep } from './steps/job-step.ts';
import { loadModelStep } from './steps/load-model.ts';
import { planStep } from './steps/plan.ts';
import { transcribeStep } from './steps/transcribe.ts';

/** The steps of a job in their order. */
export const JOB_STEPS: readonly JobStep[] = [
  loadModelStep,
  importStep,
  detectSpeechStep,
  planStep,
  hearVoicesStep,
  transcribeStep,
  diarizeStep,
  assembleStep,
  alignTextStep,
  exportStep,
];
