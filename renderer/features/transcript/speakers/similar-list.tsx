import { Play } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../../../components/button.tsx';
import { Checkbox } from '../../../components/checkbox.tsx';
import { useLanguage } from '../../../components/window-facts.ts';
import { percentage } from '../../../lib/format.ts';
import { attempt, say } from '../../../stores/toasts.ts';
import { clock } from '../document/clock.ts';
import type { TextEditor } from '../editor/transcript-editor.ts';
import type { Playback } from '../playback/playback.ts';
import { SidePanel } from './side-panel.tsx';
import type { SimilarParagraph } from './similar-paragraphs.ts';
import type { WhoSpeaks } from './who-speaks.ts';

/** The paragraphs that sound like a corrected one: those that stay ticked are given its speaker as one edit. */
export function SimilarList({
  transcript: { who, editor, playback },
}: {
  transcript: { who: WhoSpeaks; editor: TextEditor; playback: Playback };
}) {
  const { t } = useTranslation('speakers');
  const offer = useStore(who.similar.store, (s) => s.offer);
  const [unticked, setUnticked] = useState<ReadonlySet<string>>(new Set());
  const form = useId();
  const all = useId();
  if (offer === null) return null;
  const { speaker, paragraphs } = offer;
  const ticked = paragraphs.filter((one) => !unticked.has(idOf(one)));
  const tick = (id: string, isTicked: boolean) => {
    const next = new Set(unticked);
    if (isTicked) next.delete(id);
    else next.add(id);
    setUnticked(next);
  };
  const play = ({ segments: [first = ''], startMs, endMs }: SimilarParagraph) => {
    editor.revealSegment(first);
    playback.player.playRange(startMs, endMs);
  };
  const apply = (event: FormEvent) => {
    event.preventDefault();
    if (ticked.length === 0) return;
    attempt(async () => {
      const isDone = await who.similar.apply(ticked.flatMap(({ segments }) => segments));
      if (isDone) say(t('similarApplied', { count: ticked.length, speaker }));
    });
  };
  const isSome = ticked.length > 0 && ticked.length < paragraphs.length;
  return (
    <SidePanel
      title={t('similarTitle', { speaker })}
      closeLabel={t('similarDismiss')}
      onClose={() => {
        playback.player.pause();
        who.close();
      }}
      footer={
        <Button type="submit" form={form} look="primary" size="small" disabled={ticked.length === 0}>
          {t('similarApply', { count: ticked.length, speaker })}
        </Button>
      }
    >
      <form id={form} onSubmit={apply}>
        <p className="text-ink-soft">{t('similarAbout', { speaker })}</p>
        <label htmlFor={all} className="mt-2 flex min-h-8 items-center gap-2.5 font-medium">
          <Checkbox
            id={all}
            checked={isSome ? 'indeterminate' : ticked.length > 0}
            onCheckedChange={(isTicked) =>
              setUnticked(isTicked === true ? new Set() : new Set(paragraphs.map(idOf)))
            }
          />
          {t('similarAll')}
        </label>
        <ul className="flex flex-col">
          {paragraphs.map((paragraph) => (
            <Paragraph
              key={idOf(paragraph)}
              paragraph={paragraph}
              isTicked={!unticked.has(idOf(paragraph))}
              onTick={(isTicked) => tick(idOf(paragraph), isTicked)}
              onPlay={() => play(paragraph)}
            />
          ))}
        </ul>
      </form>
    </SidePanel>
  );
}

function idOf({ segments: [first = ''] }: SimilarParagraph): string {
  return first;
}

function Paragraph({
  paragraph: { startMs, text, speaker, certainty },
  isTicked,
  onTick,
  onPlay,
}: {
  paragraph: SimilarParagraph;
  isTicked: boolean;
  onTick: (isTicked: boolean) => void;
  onPlay: () => void;
}) {
  const { t } = useTranslation('speakers');
  const language = useLanguage();
  const words = useId();
  const time = clock(startMs);
  return (
    <li className="flex gap-2.5 border-t border-line py-2.5">
      <Checkbox
        aria-label={t('similarFrom', { time })}
        aria-describedby={words}
        checked={isTicked}
        onCheckedChange={(checked) => onTick(checked === true)}
      />
      <div className="min-w-0 flex-1">
        <div className="-mt-1 flex flex-wrap items-center gap-x-2 text-ink-soft">
          <Button
            size="small"
            look="plain"
            aria-label={t('similarPlay', { time })}
            className="figures -ml-1.5 gap-1! px-1.5!"
            onClick={onPlay}
          >
            <Play aria-hidden size="0.875rem" />
            {time}
          </Button>
          <span className="[overflow-wrap:anywhere]">
            {t('similarNow', { speaker: speaker ?? t('nobody') })}
          </span>
          <span className="figures">
            {t('similarCertainty', { certainty: percentage(certainty, language) })}
          </span>
        </div>
        <p id={words} dir="auto" className="line-clamp-4 font-serif text-base [overflow-wrap:anywhere]">
          {text}
        </p>
      </div>
    </li>
  );
}
