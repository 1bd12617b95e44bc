import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { router } from './app/router.tsx';
import { startTexts } from './lib/i18n.ts';
import { meQuery } from './lib/me.ts';
import { queryClient } from './lib/query.ts';
import { startTheme, ThemeProvider } from './ui/theme.tsx';
import './ui/base.css';

// The page's security policy forbids code made from strings.
z.config({ jitless: true });

// After an update the files this tab knows are gone: load the new ones, but not again and again.
window.addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem('yingda.reloaded'));
  if (Date.now() - last < 60_000) return;
  event.preventDefault();
  sessionStorage.setItem('yingda.reloaded', String(Date.now()));
  location.reload();
});

const isEntrance = /^\/(setup|sign-in|invite|reset-password)/.test(location.pathname);
if (!isEntrance) void queryClient.prefetchQuery(meQuery);
// The desk is what most people open: its program and texts are fetched while the server says who they are.
const isDesk = /^\/(desk.*)?$/.test(location.pathname);
if (isDesk) void import('./app/desk.tsx');

startTheme();
await startTexts(isDesk ? ['desk', 'marks'] : []);
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <ThemeProvider>
          <RouterProvider router={router} />
        </ThemeProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
