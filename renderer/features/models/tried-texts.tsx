import { useTranslation } from 'react-i18next';
import { errorOf } from '../../../src/contract/errors.ts';
import { languageName } from '../../../src/contract/languages.ts';
import type { ModelTrial, TriedModel, TriedPiece } from '../../../src/contract/models.ts';
import { describeError } from '../../../src/messages/describe-error.ts';
import { formatDuration } from '../../../src/messages/quantities.ts';
import { Button } from '../../components/button.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { useLanguage } from '../../components/window-facts.ts';
import { clockLength } from '../../lib/format.ts';

/** What each model makes of the two minutes, side by side, with the words marked in which they differ. */
export function TriedTexts({ trial, onUse }: { trial: ModelTrial; onUse: (model: string) => void }) {
  const { t } = useTranslation('trial');
  const { range, models } = trial;
  return (
    <>
      <p role="status" className="text-sm text-ink-soft">
        {range === null
          ? t('searching')
          : t('range', { from: clockLength(range.startMs), to: clockLength(range.endMs) })}
        {models.length > 1 && ` · ${t(models.length > 2 ? 'marksFirst' : 'marks')}`}
      </p>
      <div className={`mt-3 grid gap-4 ${COLUMNS[models.length] ?? ''}`}>
        {models.map((tried) => (
          <TriedText key={tried.model} tried={tried} isOver={trial.isOver} onUse={() => onUse(tried.model)} />
        ))}
      </div>
    </>
  );
}

const COLUMNS: Readonly<Record<number, string>> = { 2: 'md:grid-cols-2', 3: 'md:grid-cols-3' };

function TriedText({ tried, isOver, onUse }: { tried: TriedModel; isOver: boolean; onUse: () => void }) {
  const { t } = useTranslation('trial');
  const { model, state, share, paragraphs } = tried;
  return (
    <section aria-label={model} className="flex min-w-0 flex-col rounded-lg border border-line bg-surface">
      <div className="border-b border-line px-4 py-2.5">
        <h3 className="font-medium wrap-anywhere">{model}</h3>
        <Facts tried={tried} isOver={isOver} />
        {/* A model that has failed here would fail with the whole, too. */}
        <Button
          size="small"
          className="mt-2"
          aria-label={t('use', { model })}
          disabled={state === 'failed'}
          onClick={onUse}
        >
          {t('useThis')}
        </Button>
        {state === 'running' && <ProgressBar label={model} percent={share * 100} className="mt-1.5" />}
      </div>
      <div className="min-h-24 px-4 py-3 font-serif">
        {paragraphs.map(({ startMs, pieces }) => (
          <p key={startMs} className="mb-2 leading-relaxed select-text wrap-anywhere">
            <span className="mr-2 font-sans text-xs text-ink-soft figures">{clockLength(startMs)}</span>
            {placed(pieces).map(({ text, differs, at }) =>
              differs ? (
                <mark
                  key={at}
                  className="rounded-sm bg-warning-wash text-ink underline decoration-warning decoration-2 underline-offset-3"
                >
                  {text}
                </mark>
              ) : (
                text
              ),
            )}
          </p>
        ))}
        {state === 'done' && paragraphs.length === 0 && (
          <p className="font-sans text-ink-soft">{t('nothing')}</p>
        )}
      </div>
    </section>
  );
}

/** A line on what has come of it: language, time and number of differences; or why nothing has. */
function Facts({ tried, isOver }: { tried: TriedModel; isOver: boolean }) {
  const { t } = useTranslation('trial');
  const userLanguage = useLanguage();
  const { state, language, tookMs, differences, failure, paragraphs } = tried;
  if (failure !== null) {
    const { what, todo } = describeError(errorOf(failure), userLanguage);
    return (
      <p className="text-sm text-danger">
        {what} {todo}
      </p>
    );
  }
  if (state === 'waits') return <p className="text-sm text-ink-soft">{t(isOver ? 'stopped' : 'waits')}</p>;
  const facts = [
    state === 'running' ? t('running') : t('took', { time: formatDuration(Math.max(1000, tookMs)) }),
    ...(language === null ? [] : [languageName(language, userLanguage)]),
    ...(paragraphs.length === 0 || differences === null
      ? []
      : [differences === 0 ? t('same') : t('differences', { count: differences })]),
  ];
  return <p className="text-sm text-ink-soft">{facts.join(' · ')}</p>;
}

/** Pieces with their places in the paragraph. */
function placed(pieces: readonly TriedPiece[]): (TriedPiece & { at: number })[] {
  let at = 0;
  return pieces.map((piece) => {
    const start = at;
    at += piece.text.length;
    return { ...piece, at: start };
  });
}
