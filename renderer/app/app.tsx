import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { TooltipProvider } from '../components/tooltip.tsx';
import { VaultGate } from '../features/unlock/vault-gate.tsx';
import { shownLanguage, speak } from '../lib/i18n.ts';
import { useApp } from '../stores/app.ts';
import { useNavigation } from '../stores/navigation.ts';
import { ComponentContexts } from './component-contexts.tsx';
import { DropZone } from './drop-zone.tsx';
import { Frame } from './frame.tsx';
import { OverlayView } from './routes.tsx';
import { Notices } from './toasts.tsx';
import { useFocusHeld } from './use-focus-held.ts';
import { WindowBoundary } from './window-boundary.tsx';

/** The whole window: before the vault, or inside it. */
export function App() {
  useLook();
  useFocusHeld();
  return (
    <WindowBoundary>
      <ComponentContexts>
        <TooltipProvider>
          <Phase />
          <Notices />
        </TooltipProvider>
      </ComponentContexts>
    </WindowBoundary>
  );
}

function Phase() {
  const { t } = useTranslation('app');
  const phase = useApp(({ state }) => state?.phase);
  const overlay = useNavigation((store) => store.overlay);
  if (phase === undefined) return <p className="sr-only">{t('starting')}</p>;
  if (phase !== 'open') {
    return (
      <>
        <VaultGate key={phase} phase={phase} />
        {/* The only layer available without the vault. */}
        {overlay?.kind === 'report' && (
          <Suspense>
            <OverlayView overlay={overlay} />
          </Suspense>
        )}
      </>
    );
  }
  return (
    <DropZone>
      <Frame />
    </DropZone>
  );
}

/** Language and theme, from the settings or the system. */
function useLook(): void {
  const language = useApp(({ state }) => shownLanguage(state));
  const theme = useApp(({ state }) => state?.settings.theme ?? 'system');
  useEffect(() => speak(language), [language]);
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
}
