import { usePage } from '../page-store.ts';
import { usePageText } from '../page-texts.ts';
import { RecordingRow } from './recording-row.tsx';

/** Every recording that was added in this browser, the newest first. */
export function RecordingList() {
  const t = usePageText();
  const recordings = usePage((page) => page.recordings);
  return (
    <section aria-labelledby="list" className="flex flex-col gap-2.5">
      <h2 id="list" className="font-semibold">
        {t('list')}
      </h2>
      {recordings.length === 0 ? (
        <p className="rounded-xl border border-line bg-surface px-6 py-10 text-center text-balance text-ink-soft">
          {t('empty')}
        </p>
      ) : (
        <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface">
          {recordings.toReversed().map((recording) => (
            <RecordingRow key={recording.id} recording={recording} />
          ))}
        </ul>
      )}
    </section>
  );
}
