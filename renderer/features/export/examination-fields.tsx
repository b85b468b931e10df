import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conventions } from '../../../src/contract/export-style.ts';
import { Field, Select } from '../../components/field.tsx';
import { request } from '../../lib/client.ts';

const AUTOMATIC = '';

/** Who asks and who answers, of the speakers of a recording. */
export function ExaminationFields({
  conventions: { questioner, witness },
  recordingId,
  onChange,
}: {
  conventions: Conventions;
  recordingId: string;
  onChange: (changes: Partial<Conventions>) => void;
}) {
  const { t } = useTranslation('templates');
  const [speakers, setSpeakers] = useState<readonly string[]>([]);
  useEffect(() => {
    let isGone = false;
    request('speakers.overview', { recordingId }).then(
      ({ lanes }) => !isGone && setSpeakers(lanes.flatMap(({ speaker }) => speaker ?? [])),
      // Without them the choice is automatic, or stays as it is.
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [recordingId]);
  const optionsWith = (chosen: string | null, automatic: string) => [
    { value: AUTOMATIC, label: automatic },
    ...[...new Set([...speakers, ...(chosen === null ? [] : [chosen])])].map((name) => ({
      value: name,
      label: name,
    })),
  ];
  const nameOf = (value: string) => (value === AUTOMATIC ? null : value);
  return (
    <div className="flex flex-col gap-4">
      <Field label={t('questioner')}>
        {(ids) => (
          <Select
            {...ids}
            value={questioner ?? AUTOMATIC}
            options={optionsWith(questioner, t('automatic'))}
            onChoose={(value) => onChange({ questioner: nameOf(value) })}
          />
        )}
      </Field>
      <Field label={t('witness')}>
        {(ids) => (
          <Select
            {...ids}
            value={witness ?? AUTOMATIC}
            options={optionsWith(witness, t('automaticWitness'))}
            onChoose={(value) => onChange({ witness: nameOf(value) })}
          />
        )}
      </Field>
    </div>
  );
}
