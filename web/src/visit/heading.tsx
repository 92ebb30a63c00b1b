import { type ReactNode, useEffect, useRef } from 'react';
import * as css from './ticket-list.module.css';

/** The heading of a screen. It takes the focus when the screen appears, so that those who hear the page know where they are. */
export function Heading({ children }: { readonly children: ReactNode }) {
  const element = useRef<HTMLHeadingElement>(null);
  useEffect(() => element.current?.focus({ preventScroll: true }), []);
  return (
    <h1 ref={element} tabIndex={-1} className={css.heading}>
      {children}
    </h1>
  );
}
