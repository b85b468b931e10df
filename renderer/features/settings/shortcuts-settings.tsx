import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  deliveredKeys,
  isFixed,
  SHORTCUT_IDS,
  type Shortcut,
  type ShortcutId,
  type ShortcutPlace,
  shortcutEntry,
} from '../../../src/contract/shortcuts.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { Field, Select, TextInput } from '../../components/field.tsx';
import { useLanguage, usePlatform } from '../../components/window-facts.ts';
import { shortcutLabel } from '../../lib/shortcuts.ts';
import { changeSettings, useApp } from '../../stores/app.ts';
import { resetAllKeys, useShortcutKeys } from '../../stores/shortcuts.ts';
import { attempt, say } from '../../stores/toasts.ts';
import { PedalSettings } from './pedal-settings.tsx';
import { ShortcutDialog } from './shortcut-dialog.tsx';

const REWINDS_MS = [0, 400, 800, 1500, 3000] as const;
const GROUPS: readonly { readonly title: Title; readonly places: readonly ShortcutPlace[] }[] = [
  { title: 'transcript', places: ['transcript', 'editor'] },
  { title: 'everywhere', places: ['everywhere', 'system'] },
  { title: 'library', places: ['library'] },
  { title: 'window', places: ['window'] },
];
type Title = 'transcript' | 'everywhere' | 'library' | 'window';

/** Every shortcut with its keys, to look up and change; pedals; and what a pause does. */
export function ShortcutsSettings() {
  const { t } = useTranslation(['shortcuts', 'actions', 'app']);
  const [changing, setChanging] = useState<ShortcutId | null>(null);
  const [isResetting, setResetting] = useState(false);
  const [wanted, setWanted] = useState('');
  const hasChanges = useApp(({ state }) => Object.keys(state?.settings.shortcuts ?? {}).length > 0);
  const matches = useMatches(wanted);
  return (
    <div className="flex flex-col gap-5">
      <p className="text-sm text-ink-soft">{t('intro')}</p>
      <RewindSetting />
      <PedalSettings />
      <TextInput
        type="search"
        aria-label={t('find')}
        placeholder={t('find')}
        spellCheck={false}
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      {GROUPS.map(({ title, places }) => {
        const ids = matches.filter((id) => places.includes(shortcutEntry(id).place));
        if (ids.length === 0) return null;
        return (
          <section key={title} aria-label={t(title)}>
            <h3 className="mb-1 text-sm font-medium">{t(title)}</h3>
            <ul className="divide-y divide-line">
              {ids.map((id) => (
                <Row key={id} id={id} onChange={() => setChanging(id)} />
              ))}
            </ul>
          </section>
        );
      })}
      {matches.length === 0 && (
        <p role="status" className="text-sm text-ink-soft">
          {t('nothingFound')}
        </p>
      )}
      {hasChanges && (
        <Button className="self-start" onClick={() => setResetting(true)}>
          {t('resetAll')}
        </Button>
      )}
      {changing !== null && <ShortcutDialog id={changing} onClose={() => setChanging(null)} />}
      {isResetting && <ResetDialog onClose={() => setResetting(false)} />}
    </div>
  );
}

function Row({ id, onChange }: { id: ShortcutId; onChange: () => void }) {
  const { t } = useTranslation(['shortcuts', 'actions', 'editorTools']);
  const platform = usePlatform();
  const keys = useShortcutKeys()[id];
  const isRefused = useApp(({ state }) => state?.refusedKeys.some((one) => one === id) === true);
  const isChanged = keys.join() !== deliveredKeys(id, platform).join();
  const action = t(`actions:${id}`);
  return (
    <li data-shortcut={id} className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 py-1 text-sm">
      <span className="min-w-0 flex-1 basis-56">
        <span>{action}</span>
        {isChanged && <span className="ml-2 text-xs text-accent">{t('changed')}</span>}
        {isRefused && <span className="block text-xs text-danger">{t('editorTools:refusedKey')}</span>}
      </span>
      <span className="ml-auto flex min-w-0 items-center gap-3">
        <span className="flex min-w-0 flex-wrap items-center justify-end gap-1">
          {keys.length === 0 && <span className="text-ink-soft">{t('noKey')}</span>}
          {keys.map((key) => (
            <Key key={key} shortcut={key} />
          ))}
        </span>
        {isFixed(id, platform) ? (
          <span className="shrink-0 text-xs text-ink-soft">{t('fixed')}</span>
        ) : (
          <Button size="small" aria-label={t('changeOf', { action })} onClick={onChange}>
            {t('change')}
          </Button>
        )}
      </span>
    </li>
  );
}

function Key({ shortcut }: { shortcut: Shortcut }) {
  const platform = usePlatform();
  return (
    <kbd className="rounded border border-line bg-surface px-1.5 py-0.5 font-sans text-xs">
      {shortcutLabel(shortcut, platform)}
    </kbd>
  );
}

/** How far a pause, or releasing a pedal, goes back. */
function RewindSetting() {
  const { t } = useTranslation('shortcuts');
  const language = useLanguage();
  const rewindMs = useApp(({ state }) => state?.settings.rewindMs ?? 0);
  const seconds = new Intl.NumberFormat(language);
  const choices = [...new Set([...REWINDS_MS, rewindMs])].sort((a, b) => a - b);
  return (
    <Field label={t('rewind')} hint={t('rewindHint')}>
      {(ids) => (
        <Select
          {...ids}
          className="w-auto self-start"
          value={String(rewindMs)}
          onChoose={(value) => attempt(() => changeSettings({ rewindMs: Number(value) }))}
          options={choices.map((ms) => ({
            value: String(ms),
            label: ms === 0 ? t('nothing') : t('seconds', { seconds: seconds.format(ms / 1000) }),
          }))}
        />
      )}
    </Field>
  );
}

function ResetDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['shortcuts', 'app']);
  const reset = () => {
    onClose();
    attempt(async () => {
      await resetAllKeys();
      say(t('wasReset'));
    });
  };
  return (
    <Dialog title={t('resetAll')} description={t('resetAllText')} onClose={onClose}>
      <DialogActions>
        <Button onClick={onClose}>{t('app:cancel')}</Button>
        <Button look="danger" onClick={reset}>
          {t('resetAllSure')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** The actions whose name, or one of whose keys, contains every word of the query. */
function useMatches(wanted: string): readonly ShortcutId[] {
  const { t } = useTranslation('actions');
  const platform = usePlatform();
  const keys = useShortcutKeys();
  const words = folded(wanted).split(/\s+/).filter(Boolean);
  return SHORTCUT_IDS.filter((id) => {
    const text = folded([t(id), ...keys[id].map((key) => shortcutLabel(key, platform))].join(' '));
    return words.every((word) => text.includes(word));
  });
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
