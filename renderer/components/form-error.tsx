import type { RefObject } from 'react';
import type { AppError } from '../../src/contract/errors.ts';
import { ErrorNotice } from './error-notice.tsx';

/** The error of a form as an alert, with the remedy inside the form; nothing without an error. */
export function FormError({
  form,
  error,
  typeAgain,
  onClose,
}: {
  form: RefObject<HTMLFormElement | null>;
  error: AppError | null;
  /** Moves the caret to the wrong input. */
  typeAgain: () => void;
  onClose: () => void;
}) {
  if (error === null) return null;
  return (
    <div role="alert">
      <ErrorNotice
        error={error}
        remedies={{ typeAgain, retry: () => form.current?.requestSubmit() }}
        onClose={onClose}
      />
    </div>
  );
}
