import { Copy, Play, Quote, VenetianMask, Volume2 } from 'lucide-react';
import type { ReactElement } from 'react';
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
    return [
      ...copies,
      {
        kind: 'action',
        id: 'copyCitation',
        label: t('copy'),
        shortcut: 'copyCitation',
        icon: <Quote aria-hidden size="0.9375rem" />,
        run: () => act('copyCitation'),
      },
      { kind: 'line', id: 'line' },
      {
        kind: 'action',
        id: 'playFromCaret',
        label: t('actions:playFromCaret'),
        shortcut: 'playFromCaret',
        icon: <Play aria-hidden size="0.9375rem" />,
        run: () => act('playFromCaret'),
      },
      {
        kind: 'action',
        id: 'readAloud',
        label: t('actions:readAloud'),
        shortcut: 'readAloud',
        icon: <Volume2 aria-hidden size="0.9375rem" />,
        run: () => act('readAloud'),
      },
      {
        kind: 'action',
        id: 'pseudonyms',
        label: t('actions:pseudonyms'),
        shortcut: 'pseudonyms',
        icon: <VenetianMask aria-hidden size="0.9375rem" />,
        run: () => act('pseudonyms'),
      },
    ];
  };
  return (
    <RightClickMenu items={items} label={t('menu')}>
      {children}
    </RightClickMenu>
  );
}
