import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../src/contract/errors.ts';
import { describeError } from '../../src/messages/describe-error.ts';
import { classNames } from '../lib/class-names.ts';
import { request } from '../lib/client.ts';
import { availableRemedy, type Remedy } from '../lib/error-remedies.ts';
import { chooseModelFile, chooseRecordings } from '../stores/imports.ts';
import { goTo, showScope } from '../stores/navigation.ts';
import { attempt } from '../stores/toasts.ts';
import { Button } from './button.tsx';
import { useLanguage } from './use-language.ts';

/** What the place that shows an error can do about it. */
export type Remedies = { readonly [R in Remedy]?: (() => void) | undefined };

/** What can be done from anywhere. */
const ANYWHERE: Remedies = {
  addRecordings: () => attempt(() => chooseRecordings('files')),
  addModel: () => attempt(chooseModelFile),
  chooseModel: () => goTo({ screen: 'models' }),
  showLibrary: () => showScope({ kind: 'all' }),
  showSettings: () => goTo({ screen: 'settings' }),
  showVault: () => attempt(() => request('app.reveal', { what: 'vault', id: null })),
  // Main knows the phase; a window drawn anew asks for it.
  unlock: () => location.reload(),
  startAnew: () => location.reload(),
};

/** An error: what happened, what to do, and the one button that does it. */
export function ErrorNotice({
  error,
  remedies = {},
  onClose,
  className,
}: {
  error: Pick<AppError, 'code' | 'details'>;
  remedies?: Remedies;
  /** Takes the message away; also called after its remedy has been used. */
  onClose: () => void;
  className?: string;
}) {
  const { t } = useTranslation('remedies');
  const language = useLanguage();
  const { what, todo } = describeError(error, language);
  const known: Remedies = { ...ANYWHERE, ...remedies };
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
