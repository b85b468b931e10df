import { CloudOff, ShieldX } from 'lucide-react';
import { useEffect, useState } from 'react';
import { EmptyState } from '../../../../renderer/components/empty-state.tsx';
import { TooltipProvider } from '../../../../renderer/components/tooltip.tsx';
import { wouldLoseFiles } from '../page-actions.ts';
import { showTheme } from '../page-memory.ts';
import { usePage } from '../page-store.ts';
import { sentenceOf, usePageText } from '../page-texts.ts';
import { BeforeSending } from './before-sending.tsx';
import { DropPlace } from './drop-place.tsx';
import { NoticeLine } from './notice-line.tsx';
import { RecordingList } from './recording-list.tsx';
import { SafetyDialog } from './safety-dialog.tsx';
import { SignIn } from './sign-in.tsx';
import { TextScreen } from './text-screen.tsx';
import { TopBar } from './top-bar.tsx';
import { useShownText } from './use-shown-text.ts';

/** The whole page: what to do first, the list, or a text. */
export function OfficePage() {
  const t = usePageText();
  const theme = usePage((page) => page.theme);
  const announcement = usePage((page) => page.announcement);
  const [isSafetyOpen, setSafetyOpen] = useState(false);
  useEffect(() => showTheme(theme), [theme]);
  useEffect(() => {
    document.title = `${t('title')} · ${t('place')}`;
  });
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (wouldLoseFiles()) event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, []);
  return (
    <TooltipProvider>
      <div className="flex min-h-full flex-col">
        <TopBar onSafety={() => setSafetyOpen(true)} />
        <Screen />
        {isSafetyOpen && <SafetyDialog onClose={() => setSafetyOpen(false)} />}
        <div aria-live="polite" className="sr-only">
          {announcement}
        </div>
      </div>
    </TooltipProvider>
  );
}

function Screen() {
  const t = usePageText();
  const { fitness, isSignedIn, isAgreed } = usePage();
  const shown = useShownText();
  if (fitness === 'unknown') return <main />;
  if (fitness !== 'fit') {
    return (
      <main>
        <EmptyState
          heading="h1"
          icon={<ShieldX aria-hidden size="2.5rem" strokeWidth={1.5} />}
          title={t('unfitTitle')}
        >
          {t(fitness === 'insecure' ? 'unfitInsecure' : 'unfitOld')}
        </EmptyState>
      </main>
    );
  }
  if (!isSignedIn) return <SignIn />;
  if (!isAgreed) return <BeforeSending />;
  if (shown !== null) return <TextScreen key={shown.id} recording={shown} />;
  return (
    <DropPlace>
      <Notices />
      <RecordingList />
    </DropPlace>
  );
}

/** What the office or this browser has to say about no single recording. */
function Notices() {
  const { problem, notice } = usePage();
  return (
    <div role="status" className="flex flex-col gap-2 empty:hidden">
      {problem !== null && (
        <NoticeLine tone="warning" icon={<CloudOff aria-hidden size="1.125rem" />}>
          {sentenceOf(problem, '')}
        </NoticeLine>
      )}
      {notice !== null && (
        <NoticeLine onClose={() => usePage.setState({ notice: null })}>{notice}</NoticeLine>
      )}
    </div>
  );
}
