import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { SpeakersView } from '../../../../src/contract/speakers.ts';
import { Button } from '../../../components/button.tsx';
import { ProgressBar } from '../../../components/progress-bar.tsx';
import { SpeakerFields } from '../../../components/speaker-fields.tsx';
import type { SpeakerOptions } from '../../../lib/speaker-choice.ts';
import { attempt, say } from '../../../stores/toasts.ts';
import type { WhoSpeaks } from './who-speaks.ts';

/** Asks how many speak, and tells them apart anew. */
export function HowMany({ view, who }: { view: SpeakersView; who: WhoSpeaks }) {
  const { t } = useTranslation(['speakers', 'speaking']);
  const isTelling = useStore(who.store, (s) => s.isTelling);
  const percent = useStore(who.overview.store, (s) => s.percent);
  const isFirst = view.by !== 'voices';
  const [isOpen, setOpen] = useState(isFirst);
  // Until another number is chosen it is the one that holds, also when that comes back by undoing.
  const [chosen, setChosen] = useState<SpeakerOptions | null>(null);
  const options = chosen ?? { speakers: 'auto', speakerCount: view.count };
  const opener = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current && !isOpen) opener.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);

  if (isTelling || percent !== null) {
    return (
      <div role="status" className="mt-2 rounded-lg border border-line p-3">
        <p>{percent === null ? t('telling') : t('hearing')}</p>
        <ProgressBar label={t('telling')} percent={percent} className="mt-2 w-full" />
      </div>
    );
  }
  if (!isOpen) {
    return (
      <Button
        ref={opener}
        size="small"
        className="mt-2"
        onClick={() => {
          setChosen(null);
          setOpen(true);
        }}
      >
        {t('change')}
      </Button>
    );
  }
  const tell = (event: FormEvent) => {
    event.preventDefault();
    attempt(async () => {
      const answer = await who.recount(options.speakerCount);
      if (answer === null) return;
      setOpen(false);
      say(answer.changed ? t('told', { count: answer.speakers }) : t('toldSame'));
    });
  };
  return (
    <form
      onSubmit={tell}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || isFirst) return;
        event.preventDefault();
        setOpen(false);
      }}
      className="mt-2 rounded-lg border border-line p-3"
    >
      <SpeakerFields
        options={options}
        modes={['auto', 'exactly', 'atMost']}
        autoFocus={!isFirst}
        hint={isFirst ? undefined : t('whatChanges')}
        onChange={setChosen}
      />
      <div className="mt-3 flex flex-wrap gap-2">
        <Button type="submit" size="small" look="primary">
          {isFirst ? t('tell') : t('tellAgain')}
        </Button>
        {!isFirst && (
          <Button size="small" onClick={() => setOpen(false)}>
            {t('cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}
