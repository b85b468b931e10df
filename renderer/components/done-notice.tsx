import { CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';

/** In a dialog: that something is done, and below it what to know of it. */
export function DoneNotice({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div role="status" className="flex gap-3">
      <CircleCheck aria-hidden size="1.25rem" className="mt-0.5 shrink-0 text-accent" />
      <div className="flex min-w-0 flex-1 flex-col gap-2 [overflow-wrap:anywhere]">
        <p className="font-medium">{title}</p>
        {children}
      </div>
    </div>
  );
}
