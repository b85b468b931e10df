import { ArrowLeft, Download } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '../../../../renderer/components/button.tsx';
import { ProgressBar } from '../../../../renderer/components/progress-bar.tsx';
import { clockTime } from '../../../contract/clock-times.ts';
import type { TranscriptDocument } from '../../../contract/document.ts';
import { paragraphsOf } from '../../../core/export/paragraphs.ts';
import { needsBlankBetween } from '../../../core/export/readable-text.ts';
import type { OwnRecording } from '../own/own-database.ts';
import { officeClient } from '../page-actions.ts';
import { type PageErrorCode, problemOf } from '../page-errors.ts';
import { usePage } from '../page-store.ts';
import { pageLanguage, sentenceOf, usePageText } from '../page-texts.ts';
import { openResult } from '../result.ts';
import { type SavedFormat, saveText } from '../save-text.ts';
import { NoticeLine } from './notice-line.tsx';
import { showList } from './use-shown-text.ts';

type Opening = { text: TranscriptDocument } | { problem: PageErrorCode } | null;

/** The text of a recording, to be read and saved. */
export function TextScreen({ recording }: { recording: OwnRecording & { jobId: string } }) {
  const t = usePageText();
  const { id, jobId, name } = recording;
  const [opening, setOpening] = useState<Opening>(null);
  const [problem, setProblem] = useState<PageErrorCode | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    const { keys } = usePage.getState();
    let isShown = true;
    const show = (now: Opening) => isShown && setOpening(now);
    if (keys !== null) {
      openResult(officeClient(), keys, jobId, name).then(
        (text) => show({ text }),
        (error: unknown) => show({ problem: problemOf(error) }),
      );
    }
    return () => {
      isShown = false;
    };
  }, [jobId, name]);
  const save = (text: TranscriptDocument, format: SavedFormat) => {
    setProblem(null);
    saveText(text, format, pageLanguage()).catch((error: unknown) => setProblem(problemOf(error)));
  };
  return (
    <main
      className="mx-auto flex w-full max-w-4xl flex-1 flex-col gap-5 px-4 py-6 sm:px-6 sm:py-8"
      data-recording={id}
    >
      <div className="flex flex-wrap items-center gap-2">
        <Button look="plain" onClick={showList} className="-ml-3">
          <ArrowLeft aria-hidden size="1rem" />
          {t('back')}
        </Button>
        <span className="flex-1" />
        {opening !== null && 'text' in opening && (
          <>
            <Button aria-label={t('saveTextOf', { name })} onClick={() => save(opening.text, 'txt')}>
              <Download aria-hidden size="1rem" />
              {t('saveText')}
            </Button>
            <Button
              look="primary"
              aria-label={t('saveWordOf', { name })}
              onClick={() => save(opening.text, 'docx')}
            >
              <Download aria-hidden size="1rem" />
              {t('saveWord')}
            </Button>
          </>
        )}
      </div>
      <article className="rounded-xl border border-line bg-surface px-5 py-6 sm:px-10 sm:py-9">
        <h1
          ref={heading}
          tabIndex={-1}
          className="text-xl font-semibold outline-none [overflow-wrap:anywhere]"
        >
          <span className="sr-only">{t('textOf', { name })}</span>
          <span aria-hidden>{name}</span>
        </h1>
        {opening === null && <Opening />}
        <div role="alert" className="mt-4 mb-3 flex flex-col gap-2 empty:hidden">
          {opening !== null && 'problem' in opening && (
            <NoticeLine tone="danger">{sentenceOf(opening.problem, name)}</NoticeLine>
          )}
          {problem !== null && <NoticeLine tone="danger">{sentenceOf(problem, name)}</NoticeLine>}
        </div>
        {opening !== null && 'text' in opening && <Paragraphs text={opening.text} />}
      </article>
    </main>
  );
}

function Opening() {
  const t = usePageText();
  return (
    <div role="status" className="mt-4 text-ink-soft">
      {t('opening')}
      <ProgressBar label={t('opening')} percent={null} className="mt-3 w-full max-w-sm" />
    </div>
  );
}

function Paragraphs({ text }: { text: TranscriptDocument }) {
  const t = usePageText();
  const items = useMemo(() => [...paragraphsOf(text)].filter((item) => item.kind === 'paragraph'), [text]);
  return (
    <>
      <p className="mt-1 text-sm text-ink-soft">{t('unreviewed')}</p>
      {items.length === 0 && <p className="mt-6">{t('noWords')}</p>}
      <div className="mt-6 flex flex-col gap-4" lang={text.segments[0]?.language ?? undefined}>
        {items.map(({ startMs, speaker, segments }) => (
          // What is far from what is seen is not laid out: a day of talk has thousands of paragraphs.
          <div
            key={startMs}
            className="flex gap-4 [contain-intrinsic-size:auto_5rem] [content-visibility:auto] sm:gap-6"
          >
            <span className={`w-16 shrink-0 text-sm text-ink-soft figures ${speaker === null ? 'pt-1' : ''}`}>
              {clockTime(startMs)}
            </span>
            <p className="min-w-0 flex-1 font-serif text-[1.0625rem] leading-relaxed [overflow-wrap:anywhere]">
              {speaker !== null && <span className="block font-sans text-sm font-semibold">{speaker}</span>}
              {segments.reduce(
                (said, { text: next }) => said + (needsBlankBetween(said, next) ? ' ' : '') + next,
                '',
              )}
            </p>
          </div>
        ))}
      </div>
    </>
  );
}
