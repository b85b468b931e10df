import { Info, X } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeftOutKind, LeftOutNote } from '../../../src/contract/left-out.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { dismissLeftOut, useImports } from '../../stores/imports.ts';

/** This many names are shown at once; of more, only the number until expanded. */
const TOLD_NAMES = 3;

const SENTENCES = {
  hidden: 'leftOutHidden',
  others: 'leftOutOthers',
  special: 'leftOutSpecial',
  again: 'leftOutAgain',
  upward: 'leftOutUpward',
  same: 'leftOutSame',
  underWay: 'leftOutUnderWay',
} as const satisfies Record<LeftOutKind, string>;

/** Reasons that allow adding a single file. */
const CAN_BE_ADDED: ReadonlySet<LeftOutKind> = new Set(['hidden', 'others']);

/** What a drop contained besides what was added, without a fault: quiet lines, each expandable to all its names. */
export function LeftOutList() {
  const { t } = useTranslation('library');
  const notes = useImports((store) => store.leftOut);
  if (notes.length === 0) return null;
  return (
    <section
      data-passing
      aria-label={t('leftOut')}
      className="mx-4 mb-2 flex max-h-[30%] shrink-0 flex-col rounded-lg border border-line bg-surface text-sm"
    >
      <ul className="min-h-0 overflow-y-auto">
        {notes.map((note) => (
          <Note key={note.ticket} note={note} />
        ))}
      </ul>
      {notes.length > 1 && (
        <div className="flex justify-end border-t border-line px-2 py-1">
          <Button size="small" look="plain" onClick={() => dismissLeftOut(notes.map(({ ticket }) => ticket))}>
            {t('dismissAll')}
          </Button>
        </div>
      )}
    </section>
  );
}

function Note({ note }: { note: LeftOutNote }) {
  const { t } = useTranslation(['library', 'app']);
  const [isOpen, setOpen] = useState(false);
  const listId = useId();
  const { kind, count, names, ticket } = note;
  const inWords = ({ name, sameAs }: LeftOutNote['names'][number]) =>
    sameAs === null ? name : t('leftOutSameAs', { name, other: sameAs });
  const first = names
    .slice(0, TOLD_NAMES)
    .map(({ name, sameAs }) =>
      inWords({ name: lastOf(name), sameAs: sameAs === null ? null : lastOf(sameAs) }),
    )
    .join(', ');
  const told = count > TOLD_NAMES ? t('leftOutMore', { names: first, count: count - TOLD_NAMES }) : first;
  return (
    <li className="flex items-start gap-2 py-1 pr-2 pl-3">
      <Info aria-hidden size="1.0625rem" className="mt-1 shrink-0 text-ink-soft" />
      <div className="min-w-0 flex-1 py-0.5 [overflow-wrap:anywhere]">
        <p role="status">{t(SENTENCES[kind], { count, names: told })}</p>
        {isOpen && (
          <div id={listId} ref={showIt} className="mt-1 text-ink-soft">
            <ul>
              {names.map((one, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two may have one name, and the list never changes
                <li key={place}>{inWords(one)}</li>
              ))}
            </ul>
            {count > names.length && <p>{t('leftOutEvenMore', { count: count - names.length })}</p>}
            {CAN_BE_ADDED.has(kind) && <p className="mt-1">{t('leftOutHint')}</p>}
          </div>
        )}
      </div>
      <Button
        size="small"
        look="plain"
        aria-expanded={isOpen}
        aria-controls={isOpen ? listId : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? t('leftOutHide') : count > TOLD_NAMES ? t('leftOutShow') : t('leftOutDetails')}
      </Button>
      <IconButton label={t('app:dismissToast')} size="smallIcon" onClick={() => dismissLeftOut([ticket])}>
        <X aria-hidden size="0.9375rem" />
      </IconButton>
    </li>
  );
}

/** Scrolls what was opened below the edge of its section into view. */
function showIt(list: HTMLElement | null): void {
  list?.scrollIntoView({ block: 'nearest' });
}

/** A file's name without its folders. */
function lastOf(path: string): string {
  return /[^/\\]+$/.exec(path)?.[0] ?? path;
}
