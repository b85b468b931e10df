import { flushSync } from 'react-dom';
import { closeOverlay, goTo, useNavigation } from '../stores/navigation.ts';
import { SEARCH_FIELD_ID } from './top-bar.tsx';

/** Puts the keyboard into the search of every transcript: at once, for the next letter that is typed belongs into it. */
export function goToSearch(): void {
  const { screen } = useNavigation.getState().route;
  flushSync(() => {
    // The field is drawn with the library, and as long as something lies over the screen that keeps the keyboard.
    if (screen === 'transcript' || screen === 'version') goTo({ screen: 'library', scope: { kind: 'all' } });
    else closeOverlay();
  });
  document.getElementById(SEARCH_FIELD_ID)?.focus();
}
