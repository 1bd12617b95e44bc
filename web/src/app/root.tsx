import { Outlet, useRouter } from '@tanstack/react-router';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { onSignedOut, queryClient } from '../lib/query.ts';
import { LiveRegions } from '../ui/announce.tsx';
import { Bones, EmptyState, ErrorState } from '../ui/states.tsx';
import { Toasts } from '../ui/toast.tsx';

/** Around every page, signed in or not. */
export function Root(): ReactNode {
  const router = useRouter();
  useEffect(
    () =>
      onSignedOut(() => {
        const { pathname, href } = router.state.location;
        if (pathname === '/sign-in') return;
        queryClient.clear();
        void router.navigate({ to: '/sign-in', search: { then: href } });
      }),
    [router],
  );
  return (
    <>
      <Suspense fallback={<Bones />}>
        <Outlet />
      </Suspense>
      <Toasts />
      <LiveRegions />
    </>
  );
}

/** An address that leads nowhere. */
export function NotFound(): ReactNode {
  const { t } = useTranslation();
  const router = useRouter();
  return (
    <EmptyState title={t('state.notFound')} hint={t('state.notFoundHint')}>
      <Button type="primary" onClick={() => void router.navigate({ to: '/' })}>
        {t('state.home')}
      </Button>
    </EmptyState>
  );
}

/** A page that broke, or whose program could not be fetched (a new release replaced it). */
export function Broken({ error }: ErrorComponentProps): ReactNode {
  return <ErrorState error={error} retry={() => location.reload()} />;
}
