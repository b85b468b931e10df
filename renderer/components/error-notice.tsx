import { TriangleAlert } from 'lucide-react';
import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../src/contract/errors.ts';
import { describeError } from '../../src/messages/describe-error.ts';
import { classNames } from '../lib/class-names.ts';
import { availableRemedy } from '../lib/error-remedies.ts';
import { Button } from './button.tsx';
import { type Remedies, RemediesContext } from './remedies.ts';
import { useLanguage } from './window-facts.ts';

/** An error: what happened, what to do, and one button for that. */
export function ErrorNotice({
  error,
  remedies = {},
  onClose,
  className,
}: {
  error: Pick<AppError, 'code' | 'details'>;
  /** The remedies of the view that shows the error, besides the global ones. */
  remedies?: Remedies;
  /** Dismisses the message; also called after its remedy has run. */
  onClose: () => void;
  className?: string;
}) {
  const { t } = useTranslation('remedies');
  const language = useLanguage();
  const { what, todo } = describeError(error, language);
  const known: Remedies = { ...useContext(RemediesContext), ...remedies };
  const remedy = availableRemedy(error.code, (candidate) => known[candidate] !== undefined);
  const use = () => {
    onClose();
    known[remedy]?.();
  };
  return (
    <div className={classNames('flex items-start gap-3', className)} data-error-code={error.code}>
      <TriangleAlert aria-hidden size="1.125rem" className="mt-0.5 shrink-0 text-danger" />
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-2 [overflow-wrap:anywhere]">
        <div className="max-w-[75ch] min-w-0 flex-1 basis-80">
          <p className="font-medium text-danger">{what}</p>
          <p className="text-ink">{todo}</p>
        </div>
        <Button size="small" onClick={use}>
          {t(remedy)}
        </Button>
      </div>
    </div>
  );
}
