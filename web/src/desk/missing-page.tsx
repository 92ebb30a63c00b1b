import { i18n } from '@lingui/core';
import { Link } from '@tanstack/react-router';
import { SearchIcon } from '#web/desk-ui/icons.tsx';
import { useTitle } from '#web/desk-ui/page.tsx';
import { EmptyState } from '#web/desk-ui/states.tsx';

/** No such address. */
export function MissingPage() {
  useTitle(i18n._('Not found'));
  return (
    <main>
      <EmptyState
        level={1}
        icon={<SearchIcon size={24} />}
        title={i18n._('There is no such page')}
        action={
          <Link to="/tickets" className="link">
            {i18n._('Go to tickets')}
          </Link>
        }
      >
        {i18n._('The address may be mistyped, or what was here has been removed.')}
      </EmptyState>
    </main>
  );
}
