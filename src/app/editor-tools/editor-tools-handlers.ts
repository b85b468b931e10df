import type { EnglishSpelling } from '../../contract/editor-tools.ts';
import type { Handlers } from '../../contract/ipc.ts';
import type { EditorTools } from './editor-tools.ts';

/** Dependencies of the requests about the editor's tools. */
export interface EditorToolsApp {
  readonly editorTools: EditorTools;
}

/**
 * Request handlers of the editor's tools.
 * @param open throws `vault.sealed` unless the vault is open.
 * @param english the English that the user has chosen.
 */
export function editorToolsHandlers(
  open: () => EditorToolsApp,
  english: () => EnglishSpelling,
): Pick<Handlers, Extract<keyof Handlers, `editorTools.${string}`>> {
  return {
    'editorTools.snippets': () => open().editorTools.snippets(),
    'editorTools.keepSnippets': ({ snippets }) => open().editorTools.keepSnippets(snippets),
    'editorTools.sound': ({ recordingId }) => open().editorTools.sound(recordingId),
    'editorTools.keepSound': ({ recordingId, sound }) => open().editorTools.keepSound(recordingId, sound),
    'editorTools.knownWords': ({ recordingId }) => open().editorTools.knownWords(recordingId),
    'editorTools.addWord': ({ word }) => open().editorTools.addWord(word),
    'editorTools.removeWord': ({ word }) => open().editorTools.removeWord(word),
    'editorTools.misspelled': ({ language, words }) =>
      open().editorTools.misspelled(language, english(), words),
    'editorTools.suggestions': ({ language, word }) =>
      open().editorTools.suggestions(language, english(), word),
  };
}
