import { createContext } from 'react';
import type { Remedy } from '../lib/error-remedies.ts';

/** Handlers of an error's remedies, by name; a missing one is not available here. */
export type Remedies = { readonly [R in Remedy]?: (() => void) | undefined };

/** The remedies available wherever an error is shown. */
export const RemediesContext = createContext<Remedies>({});
