import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { provideCspNonce } from '../../../renderer/lib/csp-nonce.ts';
import { startPage } from './page-start.ts';
import { startPageTexts } from './page-texts.ts';
import { OfficePage } from './view/office-page.tsx';
import './page.css';

provideCspNonce();
startPageTexts();
void startPage();

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
createRoot(root).render(
  <StrictMode>
    <OfficePage />
  </StrictMode>,
);
