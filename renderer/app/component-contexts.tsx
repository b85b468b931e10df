import { type ReactNode, useMemo } from 'react';
import { type Remedies, RemediesContext } from '../components/remedies.ts';
import { WindowFactsContext } from '../components/window-facts.ts';
import { request } from '../lib/client.ts';
import { shownLanguage } from '../lib/i18n.ts';
import { useApp } from '../stores/app.ts';
import { chooseModelFile, chooseRecordings } from '../stores/imports.ts';
import { goTo, showScope } from '../stores/navigation.ts';
import { useShortcutKeys } from '../stores/shortcuts.ts';
import { attempt } from '../stores/toasts.ts';

const REMEDIES: Remedies = {
  addRecordings: () => attempt(() => chooseRecordings('files')),
  addModel: () => attempt(chooseModelFile),
  chooseModel: () => goTo({ screen: 'models' }),
  showLibrary: () => showScope({ kind: 'all' }),
  showSettings: () => goTo({ screen: 'settings' }),
  showVault: () => attempt(() => request('app.reveal', { what: 'vault', id: null })),
  // Main knows the phase; a reloaded window asks for it.
  unlock: () => location.reload(),
  startAnew: () => location.reload(),
};

/** Provides components with store state that they do not import. */
export function ComponentContexts({ children }: { children: ReactNode }) {
  const language = useApp(({ state }) => shownLanguage(state));
  const platform = useApp(({ state }) => state?.platform ?? 'linux');
  const keys = useShortcutKeys();
  const facts = useMemo(() => ({ language, platform, keys }), [language, platform, keys]);
  return (
    <WindowFactsContext value={facts}>
      <RemediesContext value={REMEDIES}>{children}</RemediesContext>
    </WindowFactsContext>
  );
}
