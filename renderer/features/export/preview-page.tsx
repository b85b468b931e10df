import type { PreviewPage as Page, PreviewParagraph } from '../../../src/contract/export-preview.ts';
import type { SegmentFlag } from '../../../src/contract/transcript.ts';
import { classNames } from '../../lib/class-names.ts';

/** The export's marks in passages. */
const MARKS: Readonly<Record<SegmentFlag, string>> = {
  improbable: 'decoration-dotted decoration-ink-soft',
  loop: 'decoration-wavy decoration-warning',
  overlap: 'decoration-dashed decoration-ink-soft',
  unsureSpeaker: 'decoration-dotted decoration-ink-soft',
  notHeard: 'decoration-dashed decoration-warning',
};

/** The beginning of a document in small: title block, text and last page, as in the export. */
export function PreviewPageView({ page, marksLabel }: { page: Page; marksLabel: string }) {
  const { kind, title, facts, notices, legend, paragraphs, goesOn, provenance } = page;
  return (
    <div className="mx-auto max-w-xl text-[0.8125rem] leading-relaxed whitespace-normal">
      {kind !== '' && <p className="text-xs tracking-wider text-ink-soft uppercase">{kind}</p>}
      {title !== '' && <p className="text-lg leading-tight font-semibold">{title}</p>}
      {facts.length > 0 && (
        <p className="mt-1 mb-3 border-b border-line pb-2 text-xs text-ink-soft">{facts.join(' · ')}</p>
      )}
      {notices.length > 0 && (
        <div className="mb-3 border-l-4 border-warning bg-warning-wash px-3 py-1.5 text-xs">
          {notices.map((notice) => (
            <p key={notice}>{notice}</p>
          ))}
        </div>
      )}
      {legend.length > 0 && (
        <p className="mb-2 text-xs text-ink-soft">
          {marksLabel}{' '}
          {legend.map(({ mark, meaning }, index) => (
            <span key={mark}>
              {index > 0 && ' · '}
              <Marked mark={mark} text={meaning} />
            </span>
          ))}
        </p>
      )}
      {paragraphs.map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is made anew as a whole
        <Paragraph key={index} paragraph={paragraph} />
      ))}
      {goesOn && <p className="text-center text-ink-soft">…</p>}
      {provenance !== null && (
        <div className="mt-3 border-t border-dashed border-line-strong pt-3">
          <p className="text-base font-semibold">{provenance.heading}</p>
          {provenance.groups.map(({ heading, facts: list }) => (
            <div key={heading} className="mt-2">
              <p className="font-medium">{heading}</p>
              <dl className="grid grid-cols-[7rem_1fr] gap-x-3 text-xs">
                {list.map(({ label, value }, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the list is made anew as a whole
                  <div key={index} className="col-span-2 grid grid-cols-subgrid">
                    <dt className="text-ink-soft">{label}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
              </dl>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

function Paragraph({ paragraph }: { paragraph: PreviewParagraph }) {
  const { isNote, time, speaker, rightToLeft, runs } = paragraph;
  return (
    <p
      dir={rightToLeft ? 'rtl' : undefined}
      className={classNames(
        'mb-1.5',
        time !== null && 'ps-16 -indent-16',
        isNote && 'text-xs text-ink-soft italic',
      )}
    >
      {time !== null && (
        <span className="inline-block w-16 text-xs text-ink-soft tabular-nums indent-0">{time}</span>
      )}
      {speaker !== null && (
        <b className="font-semibold">
          <bdi>{speaker}</bdi>:{' '}
        </b>
      )}
      {runs.map(({ text, mark }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is made anew as a whole
        <Marked key={index} mark={mark} text={text} />
      ))}
    </p>
  );
}

function Marked({ mark, text }: { mark: SegmentFlag | null; text: string }) {
  if (mark === null) return text;
  return (
    <mark className={classNames('bg-transparent text-inherit underline underline-offset-2', MARKS[mark])}>
      {text}
    </mark>
  );
}
