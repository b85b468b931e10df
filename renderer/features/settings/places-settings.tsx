import { FolderOpen, Lock, LockOpen, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlaceMeasure, PlaceSize, PlaceView } from '../../../src/contract/places.ts';
import { formatBytes } from '../../../src/messages/quantities.ts';
import { Button } from '../../components/button.tsx';
import { useLanguage } from '../../components/window-facts.ts';
import { request } from '../../lib/client.ts';
import { attempt, tellError } from '../../stores/toasts.ts';

/** What the app keeps where, how much that is, and what erasing means there. */
export function PlacesSettings() {
  const { t } = useTranslation('places');
  const [round, setRound] = useState(0);
  return (
    <>
      <p className="text-sm text-ink-soft">{t('intro')}</p>
      <MeasuredPlaces key={round} />
      <Button className="self-start" onClick={() => setRound(round + 1)}>
        <RefreshCw aria-hidden size="1rem" />
        {t('again')}
      </Button>
    </>
  );
}

function MeasuredPlaces() {
  const { t } = useTranslation('places');
  const [places, setPlaces] = useState<readonly PlaceView[]>([]);
  const [measures, setMeasures] = useState<Readonly<Record<string, PlaceMeasure>>>({});
  useEffect(() => {
    let isShown = true;
    const measureAll = async () => {
      const all = await request('places.list');
      if (isShown) setPlaces(all);
      // One after the other: a disk reads no faster for being asked for all at once.
      for (const { key } of all) {
        if (!isShown) return;
        const measure = await request('places.measure', { key });
        if (isShown) setMeasures((before) => ({ ...before, [key]: measure }));
      }
    };
    measureAll().catch(tellError);
    return () => {
      isShown = false;
    };
  }, []);
  return (
    <ul aria-label={t('list')} className="flex flex-col divide-y divide-line border-y border-line">
      {places.map((place) => (
        <Place key={place.key} place={place} measure={measures[place.key] ?? null} />
      ))}
    </ul>
  );
}

function Place({ place, measure }: { place: PlaceView; measure: PlaceMeasure | null }) {
  const { t } = useTranslation('places');
  const { key, kind, path, isEncrypted } = place;
  const name = t(`${kind}Name`);
  return (
    <li className="flex flex-col gap-1 py-4 text-sm">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="font-medium">{name}</span>
            <span className="flex items-center gap-1 text-ink-soft">
              {isEncrypted ? <Lock aria-hidden size="0.875rem" /> : <LockOpen aria-hidden size="0.875rem" />}
              {isEncrypted ? t('encrypted') : t('readable')}
            </span>
          </p>
          <p className="text-ink-soft">{t(`${kind}What`)}</p>
          <p className="select-text [overflow-wrap:anywhere]">{path}</p>
          <Size measure={measure} />
        </div>
        <Button
          aria-label={t('showNamed', { name })}
          onClick={() => attempt(() => request('places.reveal', { key }))}
        >
          <FolderOpen aria-hidden size="1rem" />
          {t('show')}
        </Button>
      </div>
      {measure !== null && measure.parts.length > 0 && <Parts parts={measure.parts} />}
      <details className="text-ink-soft">
        <summary className="w-fit">{t('erasing')}</summary>
        <p className="mt-1">{t(`${kind}Erase`)}</p>
      </details>
    </li>
  );
}

function Size({ measure }: { measure: PlaceMeasure | null }) {
  const { t } = useTranslation('places');
  const language = useLanguage();
  const content = useContent();
  if (measure === null) return <p className="text-ink-soft">{t('measuring')}</p>;
  return (
    <p className="figures">
      {content(measure)}
      {measure.freeBytes !== null && (
        <span className="ml-3 text-ink-soft">
          {t('free', { size: formatBytes(measure.freeBytes, language) })}
        </span>
      )}
    </p>
  );
}

function Parts({ parts }: Pick<PlaceMeasure, 'parts'>) {
  const { t } = useTranslation('places');
  const content = useContent();
  return (
    <ul aria-label={t('parts')} className="flex flex-col gap-0.5 text-ink-soft">
      {parts.map((part) => (
        <li key={part.part} className="flex flex-wrap justify-between gap-x-4">
          <span>{t(`${part.part}Part`)}</span>
          <span className="figures">{content(part)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Says how many files there are, and how large they are together. */
function useContent(): (size: PlaceSize) => string {
  const { t } = useTranslation('places');
  const language = useLanguage();
  return ({ files, bytes }) =>
    files === 0 ? t('empty') : t('content', { count: files, size: formatBytes(bytes, language) });
}
