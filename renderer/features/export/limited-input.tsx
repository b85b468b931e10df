import { useId } from 'react';
import { TextInput } from '../../components/field.tsx';

/** A labelled input for a number within limits, as it is typed, with what is wrong with it. */
export function LimitedInput({
  label,
  value,
  limits: { least, most },
  step,
  fault,
  onChange,
}: {
  label: string;
  value: string;
  limits: { readonly least: number; readonly most: number };
  step: number;
  /** Null: nothing is wrong. */
  fault: string | null;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="flex flex-col justify-end gap-1">
      <label htmlFor={id} className="text-sm">
        {label}
      </label>
      <TextInput
        id={id}
        type="number"
        min={least}
        max={most}
        step={step}
        value={value}
        aria-invalid={fault !== null}
        aria-describedby={fault === null ? undefined : `${id}fault`}
        onChange={(event) => onChange(event.target.value)}
      />
      {fault !== null && (
        <p id={`${id}fault`} role="alert" className="text-sm text-danger">
          {fault}
        </p>
      )}
    </div>
  );
}
