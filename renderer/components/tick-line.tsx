import { Checkbox } from './checkbox.tsx';

/** A choice that is on or off, with its label; it counts with the form that it is in. */
export function TickLine({
  label,
  checked,
  disabled = false,
  onChange,
}: {
  label: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is a button, which a label may hold
    <label className="flex items-start gap-2.5 text-sm">
      <span className="mt-px">
        <Checkbox checked={checked} disabled={disabled} onCheckedChange={(now) => onChange(now === true)} />
      </span>
      {label}
    </label>
  );
}
