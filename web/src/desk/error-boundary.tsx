import { i18n } from '@lingui/core';
import { Button } from '@mantine/core';
import { WarningIcon } from '#web/desk-ui/icons.tsx';
import { EmptyState } from '#web/desk-ui/states.tsx';

/** A page broke while it was drawn: the frame stays, the way on is said. */
export function BrokenPage({ reset }: { reset(): void }) {
  return (
    <div role="alert">
      <EmptyState
        level={1}
        icon={<WarningIcon size={24} />}
        title={i18n._('This page has stumbled')}
        action={
          <div className="row">
            <Button onClick={reset}>{i18n._('Try again')}</Button>
            <Button variant="default" onClick={() => window.location.assign('/')}>
              {i18n._('Go to tickets')}
            </Button>
          </div>
        }
      >
        {i18n._('That is our mistake. Nothing that you saved is lost.')}
      </EmptyState>
    </div>
  );
}
