/** A progress bar: `percent` from 0 to 100, or null if unknown: then a part of it moves. The class sets its width. */
export function ProgressBar({
  label,
  percent,
  className,
}: {
  label: string;
  percent: number | null;
  className: string;
}) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent === null ? undefined : Math.round(percent)}
      className={`h-1 overflow-hidden rounded-full bg-line ${className}`}
    >
      <div
        className={`h-full rounded-full bg-accent ${percent === null ? 'progress-unknown' : 'transition-[width] duration-200'}`}
        style={percent === null ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
}
