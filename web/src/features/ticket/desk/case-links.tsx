import { i18n } from '@lingui/core';
import { Button } from '@mantine/core';
import { casePdfPath } from '#contract/report/http.ts';
import { DownloadIcon, PrinterIcon } from '#web/desk-ui/icons.tsx';

/** A7: the ticket's whole case on paper, saved or printed. */
export function CaseLinks({ ticketId }: { ticketId: string }) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const asked = new URLSearchParams({ language: i18n.locale, timeZone });
  const address = `${casePdfPath.replace(':ticketId', ticketId)}?${asked}`;
  const look = { component: 'a', variant: 'default', size: 'sm' } as const;
  return (
    <div className="case-links">
      <Button {...look} href={`${address}&download`} download leftSection={<DownloadIcon size={18} />}>
        {i18n._('Save as PDF')}
      </Button>
      <Button
        {...look}
        href={`${address}&print`}
        target="_blank"
        rel="noreferrer"
        leftSection={<PrinterIcon size={18} />}
      >
        {i18n._('Print')}
      </Button>
    </div>
  );
}
