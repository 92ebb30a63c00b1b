import { i18n } from '@lingui/core';
import { Button, Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type Code, readCode } from '#contract/access/http.ts';
import { useAnswer } from '#web/desk-ui/asking.ts';
import { BackIcon, PrinterIcon } from '#web/desk-ui/icons.tsx';
import { useTitle } from '#web/desk-ui/page.tsx';
import { FailedState } from '#web/desk-ui/states.tsx';
import { pictureOf } from './code-page.tsx';
import './label.css';
import { useMe } from './me.tsx';
import { grouped, typingAddress } from './short-code-words.ts';

/** The label that is stuck on the machine, at its real size: 100 × 62 mm. */
export function LabelPage({ codeId }: { codeId: string }) {
  const answer = useAnswer(readCode, { params: { codeId } });
  useTitle(answer.data === undefined ? i18n._('Label') : i18n._('Label of {name}', { name: answer.data.name }));
  return (
    <main className="label-page">
      <header className="label-bar">
        <Link to="/codes/$codeId" params={{ codeId }} className="back-link">
          <BackIcon size={16} />
          {i18n._('Back to the code')}
        </Link>
        <span className="grow" />
        <Button leftSection={<PrinterIcon />} onClick={() => window.print()} disabled={answer.state !== 'ready'}>
          {i18n._('Print')}
        </Button>
      </header>
      <h1 className="label-title">{i18n._('Label')}</h1>
      {answer.state === 'loading' ? <Skeleton width="100mm" height="62mm" aria-label={i18n._('Loading')} /> : null}
      {answer.state === 'failed' ? <FailedState answer={answer} /> : null}
      {answer.state === 'ready' ? <Label code={answer.data} /> : null}
      <p className="label-hint">
        {i18n._(
          'Prints on a label of 100 × 62 mm. On a normal sheet of paper: choose “actual size” and cut along the line.',
        )}
      </p>
      {answer.data?.enabled === false ? (
        <p className="label-hint">{i18n._('This code is switched off. The label works once it is switched on.')}</p>
      ) : null}
    </main>
  );
}

function Label({ code }: { code: Code }) {
  const { organization } = useMe();
  return (
    <section className="label" aria-label={i18n._('Label')}>
      <img className="label-qr" src={pictureOf(code, 'svg')} alt={i18n._('QR code of {name}', { name: code.name })} />
      <div className="label-text">
        <p className="label-organization">{organization.name}</p>
        <p className="label-machine">{code.name}</p>
        <p className="label-todo">{i18n._('Need help? Scan the code with your phone and show us.')}</p>
        <p className="label-typed">
          {i18n._('or type at {address}', { address: typingAddress(code.link) })}
          <span className="label-code mono">{grouped(code.shortCode)}</span>
        </p>
      </div>
    </section>
  );
}
