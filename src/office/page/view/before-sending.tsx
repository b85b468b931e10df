import { Archive, KeyRound, Lock, TriangleAlert, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../../../renderer/components/button.tsx';
import { agree } from '../page-actions.ts';
import { usePage } from '../page-store.ts';
import { usePageText } from '../page-texts.ts';
import { OfficeKeysFacts } from './office-keys-facts.tsx';

/** What to know before the first upload, once for each pair of keys. */
export function BeforeSending() {
  const t = usePageText();
  const hasVault = usePage((page) => page.officeKeys?.vault != null);
  return (
    <main className="mx-auto w-full max-w-2xl px-4 py-8 sm:px-6 sm:py-12">
      <div className="rounded-xl border border-line bg-surface p-6 sm:p-8">
        <h1 className="text-xl font-semibold">{t('beginTitle')}</h1>
        <ul className="mt-5 flex flex-col gap-4">
          <Point icon={<Lock aria-hidden size="1.25rem" />}>{t('beginSealed')}</Point>
          <Point icon={<KeyRound aria-hidden size="1.25rem" />}>{t('beginKey')}</Point>
          <Point icon={<TriangleAlert aria-hidden size="1.25rem" />}>{t('beginLoss')}</Point>
          {hasVault && <Point icon={<Archive aria-hidden size="1.25rem" />}>{t('beginVault')}</Point>}
          <Point icon={<Users aria-hidden size="1.25rem" />}>{t('beginShared')}</Point>
        </ul>
        <div className="mt-6 border-t border-line pt-5">
          <OfficeKeysFacts heading="h2" />
        </div>
        <div className="mt-6 flex justify-end">
          <Button look="primary" onClick={agree}>
            {t('beginAgree')}
          </Button>
        </div>
      </div>
    </main>
  );
}

function Point({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex gap-3.5">
      <span className="mt-0.5 shrink-0 text-accent">{icon}</span>
      <span className="min-w-0">{children}</span>
    </li>
  );
}
