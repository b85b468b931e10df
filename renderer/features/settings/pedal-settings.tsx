import { useTranslation } from 'react-i18next';
import { isSameModel } from '../../../src/contract/pedals.ts';
import type { PedalView } from '../../../src/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../stores/app.ts';
import { choosePedal, forgetPedal, usePedals } from '../../stores/pedals.ts';
import { attempt, say } from '../../stores/toasts.ts';

const NO_PEDALS: readonly PedalView[] = [];
const OUTCOMES = { ready: 'pedalConnected', failed: 'pedalNotOpened', none: 'notConnected' } as const;
const STATES = { ready: 'pedalReady', failed: 'pedalFailed' } as const;

/** The pedals that send no keys: which are allowed, whether they are connected, and adding one. */
export function PedalSettings() {
  const { t } = useTranslation('shortcuts');
  const pedals = useApp(({ state }) => state?.pedals ?? NO_PEDALS);
  const devices = usePedals((store) => store.devices);
  return (
    <div className="flex flex-col gap-3">
      <div>
        <h3 className="text-sm font-medium">{t('pedals')}</h3>
        <p className="text-sm text-ink-soft">{t('pedalsText')}</p>
      </div>
      {pedals.length > 0 && (
        <ul className="flex flex-col gap-1.5">
          {pedals.map((pedal) => {
            const state = devices.find((device) => isSameModel(device, pedal))?.state;
            return (
              <li
                key={`${pedal.vendorId}:${pedal.productId}`}
                className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm"
              >
                <span className="min-w-0 [overflow-wrap:anywhere]">{pedal.name}</span>
                <span className="mr-auto text-ink-soft">
                  {state === undefined ? t('pedalAway') : t(STATES[state])}
                </span>
                <Button
                  size="small"
                  onClick={() =>
                    attempt(async () => {
                      await forgetPedal(pedal);
                      say(t('forgotten'));
                    })
                  }
                >
                  {t('forget', { pedal: pedal.name })}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      <Button
        className="self-start"
        onClick={() => attempt(async () => say(t(OUTCOMES[await choosePedal()])))}
      >
        {t('connect')}
      </Button>
    </div>
  );
}
