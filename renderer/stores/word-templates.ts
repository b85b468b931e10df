import { useCallback, useEffect, useState } from 'react';
import type { WordTemplateView } from '../../src/contract/export-style.ts';
import { request } from '../lib/client.ts';

/** The Word templates of the vault, and what can be done with them. */
export interface WordTemplatesState {
  /** Null until they are known. */
  readonly templates: readonly WordTemplateView[] | null;
  /** Lets the user choose a file; null if cancelled. Throws the errors of `templates.add`. */
  readonly add: () => Promise<WordTemplateView | null>;
  readonly remove: (id: string) => Promise<void>;
}

/** The Word templates of the vault, read when a screen shows them. */
export function useWordTemplates(): WordTemplatesState {
  const [templates, setTemplates] = useState<readonly WordTemplateView[] | null>(null);
  const read = useCallback(async () => setTemplates(await request('templates.list')), []);
  useEffect(() => {
    let isGone = false;
    request('templates.list').then(
      (list) => !isGone && setTemplates(list),
      () => !isGone && setTemplates([]),
    );
    return () => {
      isGone = true;
    };
  }, []);
  const add = async () => {
    const added = await request('templates.add');
    if (added !== null) await read();
    return added;
  };
  const remove = async (id: string) => {
    await request('templates.remove', { id });
    await read();
  };
  return { templates, add, remove };
}
