import { Component, type ReactNode } from 'react';
import { Button } from '../components/button.tsx';
import { translate } from '../lib/i18n.ts';
import { tellPageFailure } from '../lib/page-failures.ts';
import { showScope } from '../stores/navigation.ts';

/** The same screen would fail again: the library is another route. */
function drawAgain(): void {
  showScope({ kind: 'all' });
  location.reload();
}

/** Catches render errors, so that the window is never empty. */
export class WindowBoundary extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override componentDidCatch(error: unknown): void {
    tellPageFailure('drawing', error);
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    return (
      <main role="alert" className="mx-auto flex h-full max-w-md flex-col justify-center gap-3 px-6">
        <h1 className="text-xl font-semibold">{translate('broken')}</h1>
        <p className="text-ink-soft">{translate('brokenTodo')}</p>
        <Button look="primary" className="self-start" onClick={drawAgain}>
          {translate('drawAgain')}
        </Button>
      </main>
    );
  }
}
