import { FolderPlus, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WatchedFolderChoice, WatchedFolderView } from '../../../src/contract/watched-folders.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Field, Select } from '../../components/field.tsx';
import { SwitchRow } from '../../components/setting-row.tsx';
import { useLanguage } from '../../components/window-facts.ts';
import { request } from '../../lib/client.ts';
import { useMatters } from '../../stores/matters.ts';
import { useModels } from '../../stores/models.ts';
import { attempt, say } from '../../stores/toasts.ts';
import { useLanguageOptions } from '../../stores/usual-languages.ts';

/** The folders whose new recordings are taken in, and how. */
export function WatchedSettings() {
  const { t } = useTranslation('watched');
  const [folders, setFolders] = useState<readonly WatchedFolderView[] | null>(null);
  useEffect(() => {
    attempt(async () => setFolders(await request('watchedFolders.list')));
    return window.voicesync.subscribe(({ event }) => {
      if (event.type === 'watchedFoldersChanged') setFolders(event.folders);
    });
  }, []);
  const add = () =>
    attempt(async () => {
      if ((await request('watchedFolders.addChosen')).added) say(t('added'));
    });
  return (
    <>
      <p className="text-sm text-ink-soft">{t('text')}</p>
      <p className="text-sm text-ink-soft">{t('there')}</p>
      {folders !== null && folders.length === 0 && <p className="text-sm">{t('none')}</p>}
      {folders !== null && folders.length > 0 && (
        <ul aria-label={t('list')} className="flex flex-col gap-4">
          {folders.map((folder) => (
            <Folder key={folder.id} folder={folder} />
          ))}
        </ul>
      )}
      <Button className="self-start" onClick={add}>
        <FolderPlus aria-hidden size="1rem" />
        {t('add')}
      </Button>
    </>
  );
}

const USUAL = '';

function Folder({ folder }: { folder: WatchedFolderView }) {
  const { t } = useTranslation('watched');
  const userLanguage = useLanguage();
  const languages = useLanguageOptions(userLanguage);
  const matters = useMatters((store) => store.matters);
  const models = useModels((store) => store.models).filter(({ installed }) => installed);
  const { id, path, state, taken, isMoveRefused, matterId, model, language, movesTaken } = folder;
  const change = (part: Partial<WatchedFolderChoice>) =>
    attempt(() =>
      request('watchedFolders.change', { id, choice: { matterId, model, language, movesTaken, ...part } }),
    );
  const stop = () =>
    attempt(async () => {
      await request('watchedFolders.remove', { id });
      say(t('stopped'));
    });
  return (
    <li className="flex flex-col gap-3 rounded-lg border border-line p-4">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <p className="text-sm font-medium select-text [overflow-wrap:anywhere]">{path}</p>
          <p
            role="status"
            className={state === 'watching' ? 'text-sm text-ink-soft' : 'text-sm text-warning'}
          >
            {state !== 'watching'
              ? t(state)
              : taken === 0
                ? t('nothingYet')
                : t('watching', { count: taken })}
          </p>
          {isMoveRefused && <p className="text-sm text-warning">{t('moveRefused')}</p>}
        </div>
        <IconButton label={t('stop', { folder: path })} onClick={stop}>
          <Trash2 aria-hidden size="1.125rem" />
        </IconButton>
      </div>
      <div className="grid gap-3 @lg/page:grid-cols-3">
        <Field label={t('matter')}>
          {(ids) => (
            <Select
              {...ids}
              value={matterId ?? USUAL}
              onChoose={(value) => change({ matterId: value === USUAL ? null : value })}
              options={[
                { value: USUAL, label: t('noMatter') },
                ...matters.map((matter) => ({ value: matter.id, label: matter.name })),
              ]}
            />
          )}
        </Field>
        <Field label={t('model')}>
          {(ids) => (
            <Select
              {...ids}
              value={model ?? USUAL}
              onChoose={(value) => change({ model: value === USUAL ? null : value })}
              options={[
                { value: USUAL, label: t('usual') },
                ...models.map(({ name }) => ({ value: name, label: name })),
              ]}
            />
          )}
        </Field>
        <Field label={t('language')}>
          {(ids) => (
            <Select
              {...ids}
              value={language ?? USUAL}
              onChoose={(value) => change({ language: value === USUAL ? null : value })}
              options={[{ value: USUAL, label: t('usual') }, ...languages]}
            />
          )}
        </Field>
      </div>
      <SwitchRow
        label={t('movesTaken')}
        hint={t('movesTakenHint')}
        checked={movesTaken}
        onChange={(value) => change({ movesTaken: value })}
      />
    </li>
  );
}
