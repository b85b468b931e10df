import { ChevronDown, Mic, MicOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CaptureView } from '../../../src/contract/capture.ts';
import { Button } from '../../components/button.tsx';
import { MenuButton } from '../../components/menu.tsx';
import { Truncated } from '../../components/truncated.tsx';
import {
  choosableMicrophones,
  loadMicrophones,
  switchMicrophone,
  useMicrophones,
} from '../../stores/recording-actions.ts';
import { attempt } from '../../stores/toasts.ts';

/** The microphone of a running session; its menu goes on with another one. */
export function MicrophoneMenu({ capture, isRemedy = false }: { capture: CaptureView; isRemedy?: boolean }) {
  const { t } = useTranslation('record');
  const devices = useMicrophones((store) => store.devices) ?? [];
  const name = capture.microphone;
  // Before it opens: its items are there at once.
  const load = () => void loadMicrophones().catch(() => undefined);
  const label = name === null ? t('microphoneNone') : t('microphoneNow', { name });
  return (
    <MenuButton
      label={t('chooseMicrophone')}
      align="start"
      trigger={
        isRemedy ? (
          <Button size="small" onPointerEnter={load} onFocus={load}>
            {t('chooseMicrophone')}
          </Button>
        ) : (
          <Button
            size="small"
            look="plain"
            aria-label={label}
            className="min-w-0 shrink! px-1.5! text-ink-soft"
            onPointerEnter={load}
            onFocus={load}
          >
            {name === null ? (
              <MicOff aria-hidden size="1rem" className="shrink-0 text-danger" />
            ) : (
              <Mic aria-hidden size="1rem" className="shrink-0" />
            )}
            <Truncated text={name ?? t('microphoneNone')} className="hidden max-w-48 @2xl/page:block" />
            <ChevronDown aria-hidden size="0.875rem" className="shrink-0" />
          </Button>
        )
      }
      items={[
        {
          kind: 'action',
          id: 'usual',
          label: t('microphoneUsual'),
          run: () => attempt(() => switchMicrophone(capture.id, null)),
        },
        ...choosableMicrophones(devices).map((device, index) => ({
          kind: 'choice' as const,
          id: device.deviceId,
          label: device.label === '' ? t('microphoneNumber', { number: index + 1 }) : device.label,
          chosen: device.label !== '' && device.label === name,
          run: () => attempt(() => switchMicrophone(capture.id, device)),
        })),
      ]}
    />
  );
}
