/** What the page keeps of how it is shown, in this browser: choices, nothing of recordings. */
const PREFIX = 'voicesync-office.';

/** What was kept, if the browser keeps anything. */
export function kept(name: string, storage: Storage = localStorage): string | null {
  return storage.getItem(PREFIX + name);
}

/** Keeps a choice; null forgets it. */
export function keep(name: string, value: string | null, storage: Storage = localStorage): void {
  if (value === null) storage.removeItem(PREFIX + name);
  else storage.setItem(PREFIX + name, value);
}

/** A choice of colours. */
export type Theme = 'system' | 'light' | 'dark';

/** The colours that were chosen here. */
export function keptTheme(): Theme {
  const theme = kept('theme');
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

/** Shows the page in these colours, now and the next time. */
export function showTheme(theme: Theme): void {
  keep('theme', theme === 'system' ? null : theme);
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
