import { type ReactNode, useId } from 'react';
import { Switch } from './checkbox.tsx';

/** An on/off setting: its name and effect on the left, its switch on the right. */
export function SettingRow({
  label,
  hint,
  children,
}: {
  label: string;
  hint: string;
  children: (ids: { id: string; 'aria-describedby': string }) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-6">
      <div className="min-w-0">
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        <p id={`${id}hint`} className="text-sm text-ink-soft">
          {hint}
        </p>
      </div>
      {children({ id, 'aria-describedby': `${id}hint` })}
    </div>
  );
}

/** A setting that is on or off. */
export function SwitchRow({
  label,
  hint,
  checked,
  onChange,
}: {
  label: string;
  hint: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <SettingRow label={label} hint={hint}>
      {(ids) => <Switch {...ids} checked={checked} onCheckedChange={onChange} />}
    </SettingRow>
  );
}
