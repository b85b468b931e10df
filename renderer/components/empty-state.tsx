import type { ReactNode } from 'react';

/** The message of an empty view: what belongs here, and how to add it. */
export function EmptyState({
  icon,
  title,
  children,
  actions,
  heading: Heading = 'h2',
}: {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
  /** `h1` if it is the screen's only content. */
  heading?: 'h1' | 'h2';
}) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-6 py-16 text-center">
      <div className="mb-4 text-accent">{icon}</div>
      <Heading className="text-lg font-semibold [overflow-wrap:anywhere]">{title}</Heading>
      <div className="mt-1.5 text-balance text-ink-soft">{children}</div>
      {actions !== undefined && <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
