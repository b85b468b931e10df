import { useTranslation } from 'react-i18next';
import { KeepingWork } from '../../components/keeping-work.tsx';
import { request } from '../../lib/client.ts';
import { takeAppState, useApp } from '../../stores/app.ts';
import { attempt } from '../../stores/toasts.ts';
import { GatePage } from './gate-page.tsx';

/** The vault is being moved: how far, and a way to break it off. */
export function MovingVault() {
  const { t } = useTranslation('vaultPlace');
  const moving = useApp(({ state }) => state?.moving ?? null);
  const stop = () => attempt(async () => takeAppState(await request('vaultPlace.stop')));
  return (
    <GatePage>
      <h1 className="text-2xl font-semibold">{t('movingTitle')}</h1>
      {moving !== null && (
        <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
          {(['from', 'to'] as const).map((end) => (
            <div key={end} className="contents">
              <dt className="text-ink-soft">{t(end)}</dt>
              <dd className="[overflow-wrap:anywhere]">{moving[end]}</dd>
            </div>
          ))}
        </dl>
      )}
      <div className="mt-5">
        <KeepingWork label={t('movingCopying')} unit="bytes" onStop={stop} />
      </div>
      <p className="mt-4 text-sm text-ink-soft">{t('movingSafe')}</p>
    </GatePage>
  );
}
