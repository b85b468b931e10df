import { Pause, Play, SearchX } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchHitView } from '../../../src/contract/views.ts';
import { IconButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Truncated } from '../../components/truncated.tsx';
import { classNames } from '../../lib/class-names.ts';
import { request } from '../../lib/client.ts';
import { clockLength } from '../../lib/format.ts';
import { leaveAtHit, useListViews } from '../../stores/list-views.ts';
import { openTranscript } from '../../stores/navigation.ts';
import { tellError } from '../../stores/toasts.ts';
import { highlighted } from './highlighted.ts';
import { useHitPlayer } from './use-hit-player.ts';

const LIMIT = 200;
/** Typing goes on for a while; a search per character would only flicker. */
const PAUSE_MS = 120;

/** The search hits in the text of every recording. Enter opens a hit, Space plays it in place. */
export function SearchResults({ text }: { text: string }) {
  const { t } = useTranslation('library');
  const hits = useSearch(text);
  const player = useHitPlayer();
  const [focus, setFocus] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  useLeftHit(text, hits, (index) => {
    setFocus(index);
    const row = list.current?.querySelectorAll<HTMLElement>('[role="row"]')[index];
    row?.scrollIntoView({ block: 'center' });
    row?.focus({ preventScroll: true });
  });
  const open = ({ recordingId, segmentId }: SearchHitView) => {
    leaveAtHit({ text, segmentId });
    openTranscript(recordingId, { segmentId });
  };
  if (hits === null) return null;
  if (hits.length === 0) {
    return (
      <div className="h-full overflow-y-auto">
        <EmptyState
          heading="h1"
          icon={<SearchX aria-hidden size="2.25rem" strokeWidth={1.5} />}
          title={t('noHits', { text })}
        >
          {t('noHitsText')}
        </EmptyState>
      </div>
    );
  }
  const current = Math.min(focus, hits.length - 1);
  const press = (event: KeyboardEvent) => {
    const hit = hits[current];
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -LIMIT, End: LIMIT };
    const step = steps[event.key];
    if (hit === undefined || (event.target as Element).closest('button') !== null) return;
    if (step !== undefined) {
      event.preventDefault();
      const next = Math.min(hits.length - 1, Math.max(0, current + step));
      setFocus(next);
      list.current?.querySelectorAll<HTMLElement>('[role="row"]')[next]?.focus();
    } else if (event.key === 'Enter') open(hit);
    else if (event.key === ' ') {
      event.preventDefault();
      player.toggle(hit);
    }
  };
  return (
    <div className="flex h-full flex-col">
      <div className="flex flex-wrap items-baseline gap-x-3 px-4 pt-4 pb-2">
        <h1 className="text-xl font-semibold">{t('hitsTitle')}</h1>
        <p role="status" className="text-sm text-ink-soft">
          {hits.length === LIMIT ? t('hitsMost', { count: LIMIT }) : t('hits', { count: hits.length })}
        </p>
        <p className="ml-auto text-sm text-ink-soft">{t('hitsKeys')}</p>
      </div>
      <div
        ref={list}
        role="grid"
        aria-label={t('hitsTitle')}
        data-search-hits
        onKeyDown={press}
        className="min-h-0 flex-1 overflow-y-auto pb-4"
      >
        {hits.map((hit, index) => (
          <Hit
            key={`${hit.segmentId}-${hit.startMs}`}
            hit={hit}
            startsRecording={hits[index - 1]?.recordingId !== hit.recordingId}
            isFocus={index === current}
            isPlaying={player.playing === hit}
            onFocus={() => setFocus(index)}
            onOpen={() => open(hit)}
            onPlay={() => player.toggle(hit)}
          />
        ))}
      </div>
    </div>
  );
}

function Hit({
  hit,
  startsRecording,
  isFocus,
  isPlaying,
  onFocus,
  onOpen,
  onPlay,
}: {
  hit: SearchHitView;
  startsRecording: boolean;
  isFocus: boolean;
  isPlaying: boolean;
  onFocus: () => void;
  onOpen: () => void;
  onPlay: () => void;
}) {
  const { t } = useTranslation('library');
  const label = isPlaying ? t('pauseHit') : t('playHit');
  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys for its rows */}
      <div
        role="row"
        tabIndex={isFocus ? 0 : -1}
        aria-selected={isFocus}
        onFocus={onFocus}
        onClick={onOpen}
        className={classNames(
          'flex items-start gap-3 px-4 py-2 -outline-offset-2 hover:bg-hover/60 focus:bg-selected',
          startsRecording && 'mt-2 border-t border-line',
        )}
      >
        <div role="gridcell" className="min-w-0 flex-1">
          {startsRecording && (
            <Truncated text={hit.recordingName} className="text-sm font-medium text-accent" />
          )}
          <p className="max-w-[39rem] font-serif text-[1.0625rem] leading-relaxed [overflow-wrap:anywhere]">
            {highlighted(hit.snippet, hit.matches).map((piece) =>
              piece.isMatch ? <mark key={piece.start}>{piece.text}</mark> : piece.text,
            )}
          </p>
        </div>
        <div role="gridcell" className="flex shrink-0 items-center gap-1 text-sm text-ink-soft figures">
          {clockLength(hit.startMs)}
          <IconButton
            label={label}
            shortcut="hearHit"
            tabIndex={-1}
            onClick={(event) => {
              event.stopPropagation();
              onPlay();
            }}
          >
            {isPlaying ? <Pause aria-hidden size="1rem" /> : <Play aria-hidden size="1rem" />}
          </IconButton>
        </div>
      </div>
    </>
  );
}

/** Restores the hit opened last, once its search has its hits again; only on mount. */
function useLeftHit(
  text: string,
  hits: readonly SearchHitView[] | null,
  onFound: (index: number) => void,
): void {
  const [left] = useState(() => useListViews.getState().hit);
  const isDone = useRef(left === null || left.text !== text);
  useEffect(() => {
    if (isDone.current || hits === null) return;
    isDone.current = true;
    const index = hits.findIndex(({ segmentId }) => segmentId === left?.segmentId);
    if (index !== -1) onFound(index);
  });
}

/** The hits of a query, once typing rests; null before the first answer. Answers to older queries are dropped. */
function useSearch(text: string): readonly SearchHitView[] | null {
  const [hits, setHits] = useState<readonly SearchHitView[] | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(async () => {
      try {
        const found = await request('library.search', { text, limit: LIMIT });
        if (isCurrent) setHits(found);
      } catch (thrown) {
        if (isCurrent) tellError(thrown);
      }
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [text]);
  return hits;
}
