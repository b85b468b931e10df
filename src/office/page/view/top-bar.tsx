import { EllipsisVertical, KeyRound, LogOut } from 'lucide-react';
import { Button } from '../../../../renderer/components/button.tsx';
import { MenuButton, type MenuItem } from '../../../../renderer/components/menu.tsx';
import { LOCALES, type Locale } from '../../../contract/locale.ts';
import { signOut } from '../page-actions.ts';
import type { Theme } from '../page-memory.ts';
import { usePage } from '../page-store.ts';
import { type PageText, pageLanguage, speakPage, usePageText } from '../page-texts.ts';

const LANGUAGE_NAMES: Readonly<Record<Locale, string>> = { en: 'English', es: 'Español' };
const THEMES: Readonly<Record<Theme, Parameters<PageText>[0]>> = {
  system: 'themeSystem',
  light: 'themeLight',
  dark: 'themeDark',
};

/** The page's name, and what is rarely needed. */
export function TopBar({ onSafety }: { onSafety: () => void }) {
  const t = usePageText();
  const { theme, isSignedIn } = usePage();
  const items = (): MenuItem[] => [
    { kind: 'heading', id: 'language', label: t('language') },
    ...LOCALES.map((locale) => ({
      kind: 'choice' as const,
      id: locale,
      label: LANGUAGE_NAMES[locale],
      chosen: pageLanguage() === locale,
      run: () => speakPage(locale),
    })),
    { kind: 'heading', id: 'theme', label: t('theme') },
    ...(Object.keys(THEMES) as Theme[]).map((one) => ({
      kind: 'choice' as const,
      id: one,
      label: t(THEMES[one]),
      chosen: theme === one,
      run: () => usePage.setState({ theme: one }),
    })),
    ...(isSignedIn ? signedInItems(t, onSafety) : []),
  ];
  return (
    <header className="sticky top-0 z-10 border-b border-line bg-ground">
      <div className="mx-auto flex h-14 max-w-4xl items-center gap-2.5 px-4 sm:px-6">
        <Mark />
        <p className="flex-1 truncate font-semibold">
          {t('title')} <span className="font-normal text-ink-soft">{t('place')}</span>
        </p>
        <MenuButton
          label={t('menu')}
          items={items}
          trigger={
            <Button look="plain" size="icon" aria-label={t('menu')}>
              <EllipsisVertical aria-hidden size="1.125rem" />
            </Button>
          }
        />
      </div>
    </header>
  );
}

function signedInItems(t: PageText, onSafety: () => void): MenuItem[] {
  return [
    { kind: 'line', id: 'line' },
    {
      kind: 'action',
      id: 'safety',
      label: t('safety'),
      icon: <KeyRound aria-hidden size="1rem" />,
      run: onSafety,
    },
    {
      kind: 'action',
      id: 'signOut',
      label: t('signOut'),
      icon: <LogOut aria-hidden size="1rem" />,
      run: () => signOut(),
    },
  ];
}

/** A voice and its text: three bars and two lines. */
function Mark() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      className="size-6 shrink-0 text-accent"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
    >
      <path d="M4 10v4M8 6v12M12 9v6M16 10h5M16 14h3" />
    </svg>
  );
}
