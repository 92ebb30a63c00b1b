import type { ReactNode } from 'react';
import { useTitle } from '#web/desk-ui/page.tsx';
import { LanguageSelect } from '#web/ui/language-select.tsx';
import { LogoMark } from '#web/ui/logo.tsx';

/** The frame of pages before signing in: one card in the middle. */
export function Gate({
  title,
  about,
  children,
  foot,
}: {
  title: string;
  about?: string;
  children?: ReactNode;
  foot?: ReactNode;
}) {
  useTitle(title);
  return (
    <main className="gate">
      <div className="gate-box">
        <header className="gate-head">
          <LogoMark size={44} />
          <h1>{title}</h1>
          {about === undefined ? null : <p>{about}</p>}
        </header>
        {children === undefined ? null : <div className="gate-card">{children}</div>}
        {foot === undefined ? null : <div className="gate-foot">{foot}</div>}
        <div className="gate-foot">
          <LanguageSelect />
        </div>
      </div>
    </main>
  );
}
