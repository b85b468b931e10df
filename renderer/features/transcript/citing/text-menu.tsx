import { Copy, Play, Quote, VenetianMask, Volume2 } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type MenuItem, RightClickMenu } from '../../../components/menu.tsx';
import type { TextEditor } from '../editor/transcript-editor.ts';
import type { TranscriptAction } from '../keys/transcript-keys.ts';

/** The menu of the text: what can be done with the selection, or the paragraph at the caret. */
export function TextMenu({
  transcript,
  children,
}: {
  transcript: { readonly editor: TextEditor; readonly act: (action: TranscriptAction) => void } | null;
  children: ReactElement;
}) {
  const { t } = useTranslation(['citing', 'actions']);
  const items = (): MenuItem[] => {
    if (transcript === null) return [];
    const { act, editor } = transcript;
    const copies: MenuItem[] =
      editor.selectedText() === ''
        ? []
        : [
            {
              kind: 'action',
              id: 'copy',
              label: t('copyText'),
              icon: <Copy aria-hidden size="0.9375rem" />,
              run: () => {
                // The menu has the keyboard until it is gone.
                requestAnimationFrame(() => {
                  editor.focus();
                  document.execCommand('copy');
                });
              },
            },
          ];
    const action = (id: TranscriptAction, label: string, icon: ReactNode): MenuItem => ({
      kind: 'action',
      id,
      label,
      shortcut: id,
      icon,
      run: () => act(id),
    });
    return [
      ...copies,
      action('copyCitation', t('copy'), <Quote aria-hidden size="0.9375rem" />),
      { kind: 'line', id: 'line' },
      action('playFromCaret', t('actions:playFromCaret'), <Play aria-hidden size="0.9375rem" />),
      action('readAloud', t('actions:readAloud'), <Volume2 aria-hidden size="0.9375rem" />),
      action('pseudonyms', t('actions:pseudonyms'), <VenetianMask aria-hidden size="0.9375rem" />),
    ];
  };
  return (
    <RightClickMenu items={items} label={t('menu')}>
      {children}
    </RightClickMenu>
  );
}
