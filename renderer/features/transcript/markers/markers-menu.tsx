import { Flag, Play, Trash2 } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Marker } from '../../../../src/contract/capture.ts';
import { Button, IconButton } from '../../../components/button.tsx';
import { TextInput } from '../../../components/field.tsx';
import { PopoverContent } from '../../../components/popover-content.tsx';
import { returnKeyboard } from '../../../lib/keyboard-places.ts';
import { attempt, say } from '../../../stores/toasts.ts';
import { clock } from '../document/clock.ts';
import type { Markers } from './markers.ts';

/** The markers of a recording: play from one, name it, delete it; nothing if there are none. */
export function MarkersMenu({ markers, onGo }: { markers: Markers; onGo: (atMs: number) => void }) {
  const { t } = useTranslation('record');
  const all = useStore(markers.store, (s) => s.markers);
  const [isOpen, setOpen] = useState(false);
  if (all.length === 0) return null;
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button
          look="plain"
          size="small"
          aria-label={t('markersCount', { count: all.length })}
          className="figures h-8 gap-1! px-1.5!"
        >
          <Flag aria-hidden size="1.125rem" />
          {all.length}
        </Button>
      </Popover.Trigger>
      <PopoverContent align="end" onCloseAutoFocus={returnKeyboard} label={t('markers')} className="w-88 p-3">
        <h2 className="mb-1.5 font-semibold">{t('markers')}</h2>
        <ul className="flex flex-col gap-1">
          {all.map((marker) => (
            <MarkerRow key={marker.id} marker={marker} markers={markers} onGo={() => onGo(marker.atMs)} />
          ))}
        </ul>
      </PopoverContent>
    </Popover.Root>
  );
}

function MarkerRow({ marker, markers, onGo }: { marker: Marker; markers: Markers; onGo: () => void }) {
  const { t } = useTranslation('record');
  const [label, setLabel] = useState(marker.label);
  const time = clock(marker.atMs);
  const save = useRef(() => {});
  const isDeleted = useRef(false);
  useEffect(() => {
    // Its name must not bring back a deleted marker.
    save.current = () => isDeleted.current || attempt(() => markers.rename(marker, label.trim()));
  });
  const remove = async () => {
    isDeleted.current = true;
    try {
      await markers.delete(marker);
    } catch (thrown) {
      isDeleted.current = false;
      throw thrown;
    }
    const deleted = { ...marker, label: label.trim() };
    say(t('markerDeleted', { time }), { undo: () => attempt(() => markers.restore(deleted)) });
  };
  // Closed with Escape, the field is gone without having lost the focus.
  useEffect(() => () => save.current(), []);
  return (
    <li className="flex items-center gap-1">
      <Button
        look="plain"
        size="small"
        aria-label={t('markerPlay', { time })}
        className="figures w-22 justify-start! px-1.5!"
        onClick={onGo}
      >
        <Play aria-hidden size="0.875rem" />
        {time}
      </Button>
      <TextInput
        aria-label={t('markerName', { time })}
        placeholder={t('markerUnnamed')}
        maxLength={200}
        value={label}
        onChange={(event) => setLabel(event.target.value)}
        onBlur={() => save.current()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save.current();
        }}
        className="min-h-8! flex-1 py-1! text-sm!"
      />
      <IconButton size="smallIcon" label={t('markerDelete', { time })} onClick={() => attempt(remove)}>
        <Trash2 aria-hidden size="0.9375rem" />
      </IconButton>
    </li>
  );
}
