import { useState } from 'react';

/**
 * For a dialog without a button that opens it: gives the keyboard back to where it was, unless that is gone or the
 * keyboard has gone somewhere by itself.
 */
export function useFocusReturn(): (event: Event) => void {
  const [before] = useState(() => document.activeElement);
  return (event) => {
    event.preventDefault();
    const isFree = document.activeElement === null || document.activeElement === document.body;
    if (isFree && before instanceof HTMLElement && before.isConnected) before.focus();
  };
}
