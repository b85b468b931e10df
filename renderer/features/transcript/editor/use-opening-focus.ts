import { useLayoutEffect, useRef } from 'react';
import { isKeyboardFree } from '../../../lib/keyboard-places.ts';
import { useNavigation } from '../../../stores/navigation.ts';
import type { TextEditor } from './transcript-editor.ts';

/**
 * Focuses a text that has just been opened: once, unless the user has moved the focus elsewhere meanwhile, and only
 * after any layer over the screen has closed.
 */
export function useOpeningFocus(editor: TextEditor | null): void {
  const isCovered = useNavigation(({ overlay }) => overlay !== null);
  const opened = useRef<TextEditor | null>(null);
  useLayoutEffect(() => {
    if (editor === null || isCovered || opened.current === editor) return;
    opened.current = editor;
    if (isKeyboardFree()) editor.focus();
  }, [editor, isCovered]);
}
