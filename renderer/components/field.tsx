import { ChevronDown } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { classNames } from '../lib/class-names.ts';

const INPUT =
  'w-full rounded-md border border-line-strong bg-surface px-3 py-1.5 min-h-9 text-[0.9375rem] text-ink outline-offset-0 aria-invalid:border-danger';

/** A label, its control, and a help line. The control gets the id and the description from the render function. */
export function Field({
  label,
  hint,
  children,
}: {
  label: string;
  hint?: ReactNode;
  children: (ids: { id: string; 'aria-describedby': string | undefined }) => ReactNode;
}) {
  const id = useId();
  const hintId = `${id}hint`;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children({ id, 'aria-describedby': hint === undefined ? undefined : hintId })}
      {hint !== undefined && (
        <div id={hintId} className="text-sm text-ink-soft">
          {hint}
        </div>
      )}
    </div>
  );
}

/** A text input. */
export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return <input type="text" autoComplete="off" className={classNames(INPUT, className)} {...rest} />;
}

/** A multi-line text field. */
export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea rows={3} className={classNames(INPUT, 'resize-y', className)} {...rest} />;
}

/** A choice of a select box. Those that follow one another with the same group stand under its name. */
export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly group?: string;
}

/** A select box in the system's style. */
export function Select<Value extends string>({
  options,
  value,
  onChoose,
  className,
  ...rest
}: Omit<ComponentProps<'select'>, 'onChange' | 'value'> & {
  options: readonly SelectOption<Value>[];
  value: Value;
  onChoose: (value: Value) => void;
}) {
  const choose = (wanted: string) => {
    const option = options.find((o) => o.value === wanted);
    if (option) onChoose(option.value);
  };
  return (
    <div className={classNames('relative max-w-full', className)}>
      <select
        value={value}
        onChange={(event) => choose(event.target.value)}
        className={classNames(INPUT, 'appearance-none truncate pr-9')}
        {...rest}
      >
        {grouped(options).map((run) =>
          run.group === undefined ? (
            <Options key={run.options[0].value} options={run.options} />
          ) : (
            <optgroup key={run.group} label={run.group}>
              <Options options={run.options} />
            </optgroup>
          ),
        )}
      </select>
      <ChevronDown
        aria-hidden
        size="1rem"
        className="pointer-events-none absolute top-2.5 right-3 text-ink-soft"
      />
    </div>
  );
}

function Options({ options }: { options: readonly SelectOption<string>[] }) {
  return options.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}

interface Run {
  readonly group: string | undefined;
  readonly options: [SelectOption<string>, ...SelectOption<string>[]];
}

function grouped(options: readonly SelectOption<string>[]): Run[] {
  const runs: Run[] = [];
  for (const option of options) {
    const last = runs.at(-1);
    if (last !== undefined && last.group === option.group) last.options.push(option);
    else runs.push({ group: option.group, options: [option] });
  }
  return runs;
}
