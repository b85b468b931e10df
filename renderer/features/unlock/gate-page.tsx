import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { showOverlay } from '../../stores/navigation.ts';

/** The page before the vault: one column, one task. */
export function GatePage({ aside, children }: { aside?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation('app');
  return (
    <main tabIndex={-1} className="@container relative h-full overflow-y-auto outline-none">
      <div className="mx-auto flex min-h-full max-w-5xl flex-col justify-center gap-x-20 gap-y-8 px-8 py-10 @3xl:flex-row @3xl:items-center">
        {aside !== undefined && (
          <div className="mx-auto w-full max-w-md @3xl:mx-0 @3xl:w-[24rem]">{aside}</div>
        )}
        <div className="mx-auto w-full max-w-md min-w-0 @3xl:mx-0">
          {aside === undefined && <p className="mb-8 text-sm font-medium text-accent">{t('appName')}</p>}
          {children}
          <Button
            look="plain"
            className="mt-8 -ml-3 text-ink-soft"
            onClick={() => showOverlay({ kind: 'report' })}
          >
            {t('reportProblem')}
          </Button>
        </div>
      </div>
    </main>
  );
}
