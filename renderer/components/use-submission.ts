import { useState } from 'react';
import type { AppError } from '../../src/contract/errors.ts';
import { appErrorOf } from '../lib/client.ts';

/** A form's submission: whether it is running, its error, and how to start it. */
export interface Submission {
  readonly isBusy: boolean;
  readonly error: AppError | null;
  /** Runs the action, unless one is running; its error is kept for display beside the form. */
  readonly submit: (action: () => Promise<unknown>) => Promise<void>;
  readonly clearError: () => void;
  readonly fail: (error: AppError) => void;
}

/** Prevents double submission, and keeps the error for display. */
export function useSubmission(): Submission {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const submit = async (action: () => Promise<unknown>): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setError(null);
    try {
      await action();
    } catch (thrown) {
      setError(appErrorOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, error, submit, clearError: () => setError(null), fail: setError };
}
