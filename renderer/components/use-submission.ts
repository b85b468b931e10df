import { useState } from 'react';
import type { AppError } from '../../src/contract/errors.ts';
import { appErrorOf } from '../lib/client.ts';

/** A form's sending: whether it is under way, what went wrong, and how to begin. */
export interface Submission {
  readonly isBusy: boolean;
  readonly error: AppError | null;
  /** Runs the action, unless one is under way; its error is kept to be shown beside the form. */
  readonly submit: (action: () => Promise<unknown>) => Promise<void>;
  readonly clearError: () => void;
  readonly fail: (error: AppError) => void;
}

/** Keeps a form from being sent twice, and its error beside it. */
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
