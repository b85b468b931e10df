import type { RefObject } from 'react';
import type { AppError } from '../../src/contract/errors.ts';
import { ErrorNotice } from './error-notice.tsx';

/** What went wrong with a form, told aloud, with the remedy that lies in the form itself; nothing while nothing did. */
export function FormError({
  form,
  error,
  typeAgain,
  onClose,
}: {
  form: RefObject<HTMLFormElement | null>;
  error: AppError | null;
  /** Brings the caret to what was typed wrong. */
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
