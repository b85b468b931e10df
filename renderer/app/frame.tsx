import { Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { RecordBars } from '../features/record/record-bar.tsx';
import { isKeyboardFree } from '../lib/keyboard-places.ts';
import { type Route, useNavigation } from '../stores/navigation.ts';
import { loadScreensWhenIdle, OverlayView, Screen } from './routes.tsx';
import { Sidebar } from './sidebar.tsx';
import { TopBar } from './top-bar.tsx';
import { useShortcuts } from './use-shortcuts.ts';

/** The frame inside the vault: navigation, commands, and the screen. */
export function Frame() {
  const { t } = useTranslation('app');
  const route = useNavigation((store) => store.route);
  const overlay = useNavigation((store) => store.overlay);
  const main = useRef<HTMLElement>(null);
  const before = useRef<Route | null>(null);
  useShortcuts();
  useEffect(loadScreensWhenIdle, []);

  // Navigation moves the focus; otherwise it would stay on a button that may be gone.
  useEffect(() => {
    const from = before.current;
    before.current = route;
    if (from === null || (route.screen === 'library' && from.screen === 'library')) return;
    if (route.screen !== 'library') main.current?.focus();
    else if (from.screen === 'transcript') focusRowOf(from.recordingId);
  }, [route]);

  return (
    <div className="@container/frame h-full">
      <button
        type="button"
        onClick={() => main.current?.focus()}
        className="sr-only z-50 rounded-md bg-surface px-4 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t('skipToContent')}
      </button>
      <div className="flex h-full">
        <aside className="hidden w-64 shrink-0 border-r border-line bg-sunken @3xl/frame:block">
          <Sidebar />
        </aside>
        <div className="@container/page flex min-w-0 flex-1 flex-col">
          <TopBar />
          <main ref={main} tabIndex={-1} className="min-h-0 flex-1 outline-none">
            <Suspense>
              <Screen route={route} />
            </Suspense>
          </main>
          <div className="[anchor-name:--record-bars]">
            <RecordBars />
          </div>
        </div>
      </div>
      {overlay && (
        <Suspense>
          <OverlayView overlay={overlay} />
        </Suspense>
      )}
    </div>
  );
}

/** Back from a transcript the focus returns to where it was opened, if that is visible. */
function focusRowOf(recordingId: string): void {
  requestAnimationFrame(() => {
    if (!isKeyboardFree()) return;
    document
      .querySelector<HTMLElement>(`[data-recording-id="${recordingId}"]`)
      ?.focus({ preventScroll: true });
  });
}
