import { useLayoutEffect, useRef } from 'react';
import { isKeyboardFree } from '../../../lib/keyboard-places.ts';
import { useNavigation } from '../../../stores/navigation.ts';
import type { TranscriptEditor } from './transcript-editor.ts';

/**
 * Puts the keyboard into a text that has just been opened: once, unless the user has put it elsewhere meanwhile, and not
 * before what lies over the screen is gone.
 */
export function useOpeningFocus(editor: TranscriptEditor | null): void {
  const isCovered = useNavigation(({ overlay }) => overlay !== null);
  const opened = useRef<TranscriptEditor | null>(null);
  useLayoutEffect(() => {
    if (editor === null || isCovered || opened.current === editor) return;
    opened.current = editor;
    if (isKeyboardFree()) editor.focus();
  }, [editor, isCovered]);
}
