import { EyeOff, LockKeyhole } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../components/dialog.tsx';
import { lock } from '../../stores/app.ts';
import { attempt } from '../../stores/toasts.ts';

/** Asks what to do with running work while the vault is locked. */
export function LockDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('unlock');
  const ways = [
    { how: 'curtain', icon: EyeOff, label: t('lockCurtain'), why: t('lockCurtainWhy') },
    { how: 'seal', icon: LockKeyhole, label: t('lockSeal'), why: t('lockSealWhy') },
  ] as const;
  const choose = (how: 'curtain' | 'seal') => {
    onClose();
    attempt(() => lock(how));
  };
  return (
    <Dialog title={t('lockTitle')} description={t('lockWhy')} onClose={onClose}>
      <div className="flex flex-col gap-2">
        {ways.map(({ how, icon: Icon, label, why }) => (
          <button
            key={how}
            type="button"
            onClick={() => choose(how)}
            className="flex gap-3 rounded-lg border border-line p-4 text-left hover:bg-hover"
          >
            <Icon aria-hidden size="1.25rem" className="mt-0.5 shrink-0 text-accent" />
            <span>
              <span className="block font-medium">{label}</span>
              <span className="block text-sm text-ink-soft">{why}</span>
            </span>
          </button>
        ))}
      </div>
    </Dialog>
  );
}
