import { flushSync } from 'react-dom';
import { closeOverlay, goTo, useNavigation } from '../stores/navigation.ts';
import { SEARCH_FIELD_ID } from './top-bar.tsx';

/** Focuses the search of every transcript: at once, so that the next character typed goes into it. */
export function goToSearch(): void {
  const { screen } = useNavigation.getState().route;
  flushSync(() => {
    // The field is drawn with the library, and any layer over the screen keeps the focus.
    if (screen === 'transcript' || screen === 'version') goTo({ screen: 'library', scope: { kind: 'all' } });
    else closeOverlay();
  });
  document.getElementById(SEARCH_FIELD_ID)?.focus();
}
