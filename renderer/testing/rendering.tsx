import { cleanup, render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { ComponentContexts } from '../app/component-contexts.tsx';
import { TooltipProvider } from '../components/tooltip.tsx';
import { startTranslation } from '../lib/i18n.ts';

/** Missing in the test's page: nothing is laid out or painted there. */
class NoObserver {
  observe(): void {}
  disconnect(): void {}
  unobserve(): void {}
}

/** Renders a part of the window with its providers, in English. */
export function show(element: ReactElement): void {
  Object.assign(window, {
    ResizeObserver: NoObserver,
    requestIdleCallback: (run: () => void) => setTimeout(run),
  });
  Object.assign(navigator, { mediaSession: { setActionHandler: () => undefined } });
  startTranslation();
  render(
    <ComponentContexts>
      <TooltipProvider>{element}</TooltipProvider>
    </ComponentContexts>,
  );
}

/** Removes all that was rendered. */
export function takeAway(): void {
  cleanup();
}
