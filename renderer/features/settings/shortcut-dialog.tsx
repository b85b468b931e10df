import { X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  deliveredKeys,
  isFixed,
  MOST_KEYS,
  rivalsOf,
  type Shortcut,
  type ShortcutId,
  shortcutEntry,
} from '../../../src/contract/shortcuts.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { usePlatform } from '../../components/window-facts.ts';
import { pressedFor, type Refusal, refusalOf } from '../../lib/shortcut-refusal.ts';
import { shortcutLabel } from '../../lib/shortcuts.ts';
import { useApp } from '../../stores/app.ts';
import { onPedalPress } from '../../stores/pedals.ts';
import { giveKeys, resetKeys, useShortcutKeys } from '../../stores/shortcuts.ts';
import { attempt } from '../../stores/toasts.ts';

type Pressed = { readonly shortcut: Shortcut } | { readonly refusal: Refusal };

const REFUSALS = {
  altGr: 'refusedAltGr',
  typing: 'refusedTyping',
  text: 'refusedText',
  system: 'refusedSystem',
  unknown: 'refusedUnknown',
  menu: 'refusedMenu',
} as const satisfies Record<Refusal, string>;

/** The keys of an action: press a new one, take it from another action, remove one, or restore the defaults. */
export function ShortcutDialog({ id, onClose }: { id: ShortcutId; onClose: () => void }) {
  const { t } = useTranslation(['shortcuts', 'actions', 'editorTools']);
  const platform = usePlatform();
  const isRefused = useApp(({ state }) => state?.refusedKeys.some((one) => one === id) === true);
  const keys = useShortcutKeys();
  const { pressed, clear } = usePressed(id);
  const done = useRef<HTMLButtonElement>(null);
  const own = keys[id];
  const delivered = deliveredKeys(id, platform);
  const isChanged = own.join() !== delivered.join();
  const resetRivals = [...new Set(delivered.flatMap((key) => rivalsOf(id, key, keys)))];
  const label = (shortcut: Shortcut) => shortcutLabel(shortcut, platform);
  const deliveredLabel = delivered.length === 0 ? t('noKey') : delivered.map(label).join(', ');
  const names = (ids: readonly ShortcutId[]) => ids.map((one) => t(`actions:${one}`)).join(', ');
  const change = (action: () => Promise<void>) =>
    attempt(async () => {
      await action();
      clear();
      focusSeen(done.current);
    });
  const give = (next: readonly Shortcut[], takenFrom: readonly ShortcutId[] = []) =>
    change(() => giveKeys(id, next, takenFrom));
  const reset = () => change(() => resetKeys(id, delivered, resetRivals));
  return (
    <Dialog title={t('dialogTitle', { action: t(`actions:${id}`) })} onClose={onClose}>
      <div className="rounded-lg border border-line-strong bg-sunken px-4 py-3">
        <p className="font-medium">{t('press')}</p>
        <p className="text-sm text-ink-soft">{t('pressHint')}</p>
        {shortcutEntry(id).kind === 'held' && <p className="text-sm text-ink-soft">{t('pressHeld')}</p>}
        <div role="status" className="mt-2 min-h-12 text-sm">
          {pressed !== null && 'refusal' in pressed && (
            <p className="text-danger">
              {t(REFUSALS[pressed.refusal], { mod: platform === 'darwin' ? '⌘' : 'Ctrl' })}
            </p>
          )}
          {pressed !== null && 'shortcut' in pressed && (
            <p>
              <Verdict shortcut={pressed.shortcut} id={id} />
            </p>
          )}
        </div>
        {pressed !== null && 'shortcut' in pressed && (
          <Choices shortcut={pressed.shortcut} id={id} onGive={give} />
        )}
      </div>
      {isRefused && (
        <p role="status" className="mt-3 text-sm text-danger">
          {t('editorTools:refusedKey')}
        </p>
      )}
      <h3 className="mt-5 mb-1.5 text-sm font-semibold text-ink-soft">{t('now')}</h3>
      {own.length === 0 && <p className="text-sm">{t('noKey')}</p>}
      <ul className="flex flex-wrap gap-2">
        {own.map((shortcut) => (
          <li key={shortcut} className="flex items-center gap-0.5 rounded-md border border-line pl-2.5">
            <kbd className="font-sans text-sm">{label(shortcut)}</kbd>
            <IconButton
              label={t('remove', { key: label(shortcut) })}
              size="smallIcon"
              onClick={() => give(own.filter((one) => one !== shortcut))}
            >
              <X aria-hidden size="0.875rem" />
            </IconButton>
          </li>
        ))}
      </ul>
      {isChanged && resetRivals.length > 0 && (
        <p className="mt-4 text-sm text-ink-soft">
          {t('resetTakes', { keys: deliveredLabel, actions: names(resetRivals) })}
        </p>
      )}
      <DialogActions>
        {isChanged && (
          <Button className="mr-auto" onClick={reset}>
            {t('reset', { keys: deliveredLabel })}
          </Button>
        )}
        <Button ref={done} onClick={onClose}>
          {t('done')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** Notes about a key before it is assigned to an action. */
function Verdict({ id, shortcut }: { id: ShortcutId; shortcut: Shortcut }) {
  const { t } = useTranslation(['shortcuts', 'actions']);
  const platform = usePlatform();
  const keys = useShortcutKeys();
  const key = shortcutLabel(shortcut, platform);
  const rivals = rivalsOf(id, shortcut, keys);
  const fixed = rivals.filter((one) => isFixed(one, platform));
  const actions = (fixed.length > 0 ? fixed : rivals).map((one) => t(`actions:${one}`)).join(', ');
  if (keys[id].includes(shortcut)) return t('isItsOwn', { key });
  if (fixed.length > 0) return t('takenFixed', { key, actions });
  const pressed = t('pressed', { key });
  return rivals.length === 0 ? pressed : `${pressed}. ${t('taken', { key, actions })}`;
}

function Choices({
  id,
  shortcut,
  onGive,
}: {
  id: ShortcutId;
  shortcut: Shortcut;
  onGive: (keys: readonly Shortcut[], takenFrom: readonly ShortcutId[]) => void;
}) {
  const { t } = useTranslation('shortcuts');
  const platform = usePlatform();
  const keys = useShortcutKeys();
  const row = useRef<HTMLDivElement>(null);
  const own = keys[id];
  const rivals = rivalsOf(id, shortcut, keys);
  const key = shortcutLabel(shortcut, platform);
  const isPossible = !own.includes(shortcut) && !rivals.some((one) => isFixed(one, platform));
  // Enter then accepts what was pressed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another key was pressed
  useLayoutEffect(() => focusSeen(row.current?.querySelector('button')), [shortcut]);
  if (!isPossible) return null;
  return (
    <div ref={row} className="mt-2 flex flex-wrap gap-2">
      {own.length >= MOST_KEYS && <p className="w-full text-sm text-ink-soft">{t('full')}</p>}
      {own.length > 0 && own.length < MOST_KEYS && (
        <Button look="primary" size="small" onClick={() => onGive([...own, shortcut], rivals)}>
          {t('add', { key })}
        </Button>
      )}
      <Button
        look={own.length === 0 ? 'primary' : 'secondary'}
        size="small"
        onClick={() => onGive([shortcut], rivals)}
      >
        {t(own.length === 0 ? 'useFirst' : 'use', { key })}
      </Button>
    </div>
  );
}

/** Moves the focus, and marks it: a combination with Ctrl does not count as using the keyboard. */
function focusSeen(button: HTMLButtonElement | null | undefined): void {
  const options: FocusOptions & { focusVisible: boolean } = { focusVisible: true };
  button?.focus(options);
}

/** The last press while the dialog is open: consumed, unless it operates the dialog. */
function usePressed(id: ShortcutId): { pressed: Pressed | null; clear: () => void } {
  const platform = usePlatform();
  const [pressed, setPressed] = useState<Pressed | null>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { ctrlKey, metaKey, altKey } = event;
      const operates = ['Escape', 'Tab', 'Enter', ' '].includes(event.key);
      if (operates && !ctrlKey && !metaKey && !altKey) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const got = event.repeat ? null : pressedFor(id, event, platform);
      if (got !== null) setPressed(got);
    };
    window.addEventListener('keydown', press, { capture: true });
    const endPedals = onPedalPress(({ shortcut, isDown }) => {
      if (!isDown) return;
      const refusal = refusalOf(id, shortcut, platform);
      setPressed(refusal === null ? { shortcut } : { refusal });
    });
    return () => {
      window.removeEventListener('keydown', press, { capture: true });
      endPedals();
    };
  }, [id, platform]);
  return { pressed, clear: () => setPressed(null) };
}
