import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { provideCspNonce } from '../lib/csp-nonce.ts';
import { startTranslation } from '../lib/i18n.ts';
import { keepMediaControlsBlank } from '../lib/media-keys.ts';
import { watchPageFailures } from '../lib/page-failures.ts';
import { connectStores } from '../stores/connect.ts';
import { followPedals } from '../stores/pedals.ts';
import { tellError } from '../stores/toasts.ts';
import { App } from './app.tsx';
import './theme.css';

watchPageFailures();
provideCspNonce();
startTranslation();
// An opened transcript must not wait for its font, nor be measured with another.
void document.fonts.load('1rem "Source Serif 4 Variable"');
keepMediaControlsBlank();
followPedals();
connectStores().catch((thrown: unknown) => tellError(thrown, () => location.reload()));

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
