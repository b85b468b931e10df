import { createContext } from 'react';
import type { Remedy } from '../lib/error-remedies.ts';

/** What can be done about an error, by the remedy's name; what is missing cannot be done here. */
export type Remedies = { readonly [R in Remedy]?: (() => void) | undefined };

/** What can be done about an error wherever it is shown. */
export const RemediesContext = createContext<Remedies>({});
