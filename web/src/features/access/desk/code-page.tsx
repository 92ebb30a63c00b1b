import { i18n } from '@lingui/core';
import { Button, Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type Code, codePicturePaths, readCode } from '#contract/access/http.ts';
import { useAnswer } from '#web/desk-ui/asking.ts';
import { CopyButton } from '#web/desk-ui/copy-button.tsx';
import { BackIcon, DownloadIcon, PencilIcon, PowerIcon, PrinterIcon, RotateIcon } from '#web/desk-ui/icons.tsx';
import { Page } from '#web/desk-ui/page.tsx';
import { FailedState } from '#web/desk-ui/states.tsx';
import { RenameCodeDialog, RotateCodeDialog, SwitchCodeDialog } from './code-dialogs.tsx';
import { CodeDirectCall } from './code-direct-call.tsx';
import { useMe } from './me.tsx';
import { mayManage } from './member-rules.ts';
import { fileName, grouped, typingAddress } from './short-code-words.ts';

/** One code: its QR code, its short code, and what can be done with it. */
export function CodePage({ codeId }: { codeId: string }) {
  const answer = useAnswer(readCode, { params: { codeId } });
  return (
    <>
      <div className="crumb">
        <Link to="/codes">
          <BackIcon size={16} />
          {i18n._('Codes')}
        </Link>
      </div>
      {answer.state === 'loading' ? (
        <Page title={i18n._('Code')}>
          <Skeleton height={280} radius="lg" aria-label={i18n._('Loading')} />
        </Page>
      ) : answer.state === 'failed' ? (
        <FailedState answer={answer} />
      ) : (
        <OneCode code={answer.data} />
      )}
    </>
  );
}

/** The picture's address; the short code in it makes browsers fetch a rotated code anew. */
export const pictureOf = (code: Pick<Code, 'id' | 'shortCode'>, kind: keyof typeof codePicturePaths): string =>
  `${codePicturePaths[kind].replace(':codeId', code.id)}?of=${code.shortCode}`;

function OneCode({ code }: { code: Code }) {
  const manages = mayManage(useMe().member);
  const [dialog, setDialog] = useState<'rename' | 'rotate' | 'switch' | null>(null);
  const close = () => setDialog(null);
  return (
    <Page
      title={code.name}
      actions={
        manages ? (
          <>
            <Button variant="default" leftSection={<PencilIcon />} onClick={() => setDialog('rename')}>
              {i18n._('Rename')}
            </Button>
            <Button variant="default" leftSection={<RotateIcon />} onClick={() => setDialog('rotate')}>
              {i18n._('Rotate')}
            </Button>
            <Button variant="default" leftSection={<PowerIcon />} onClick={() => setDialog('switch')}>
              {code.enabled ? i18n._('Switch off') : i18n._('Switch on')}
            </Button>
          </>
        ) : undefined
      }
    >
      {code.enabled ? null : (
        <p className="callout">
          {i18n._('This code is switched off: nobody gets in with it. Its tickets stay here for you.')}
        </p>
      )}
      <div className="code-card">
        <figure className="qr" data-off={!code.enabled}>
          <img src={pictureOf(code, 'svg')} alt={i18n._('QR code of {name}', { name: code.name })} />
        </figure>
        <div className="code-facts">
          <div>
            <h2 className="fact-name">{i18n._('Short code')}</h2>
            <p className="short-code mono">{grouped(code.shortCode)}</p>
            <p className="muted small">
              {i18n._('Without a camera: open {address} and type it.', { address: typingAddress(code.link) })}
            </p>
          </div>
          <div>
            <h2 className="fact-name">{i18n._('Link')}</h2>
            <p className="small">
              <a className="link break" href={code.link} target="_blank" rel="noreferrer">
                {code.link}
              </a>
            </p>
          </div>
          <div className="code-deeds">
            <Button component="a" href={`/codes/${code.id}/label`} target="_blank" leftSection={<PrinterIcon />}>
              {i18n._('Print label')}
            </Button>
            <CopyButton text={code.link} label={i18n._('Copy link')} copied={i18n._('The link is copied.')} />
            {(['png', 'svg'] as const).map((kind) => (
              <Button
                key={kind}
                component="a"
                variant="default"
                href={pictureOf(code, kind)}
                download={fileName(code.name, kind)}
                leftSection={<DownloadIcon />}
                aria-label={i18n._('Download the QR code as {kind}', { kind: kind.toUpperCase() })}
              >
                {kind.toUpperCase()}
              </Button>
            ))}
          </div>
        </div>
      </div>
      <CodeDirectCall code={code} manages={manages} />
      <RenameCodeDialog code={code} opened={dialog === 'rename'} onClose={close} />
      <RotateCodeDialog code={code} opened={dialog === 'rotate'} onClose={close} />
      <SwitchCodeDialog code={code} opened={dialog === 'switch'} onClose={close} />
    </Page>
  );
}
