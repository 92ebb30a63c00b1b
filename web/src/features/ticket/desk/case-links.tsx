import { i18n } from '@lingui/core';
import { ActionIcon, Tooltip } from '@mantine/core';
import { casePdfPath } from '#contract/report/http.ts';
import { DownloadIcon, PrinterIcon } from '#web/desk-ui/icons.tsx';

/** A7: the ticket's whole case on paper, saved or printed. */
export function CaseLinks({ ticketId }: { ticketId: string }) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const asked = new URLSearchParams({ language: i18n.locale, timeZone });
  const address = `${casePdfPath.replace(':ticketId', ticketId)}?${asked}`;
  return (
    <>
      <Tooltip label={i18n._('Save as PDF')}>
        <ActionIcon
          component="a"
          variant="subtle"
          color="gray"
          href={`${address}&download`}
          download
          aria-label={i18n._('Save as PDF')}
        >
          <DownloadIcon />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={i18n._('Print')}>
        <ActionIcon
          component="a"
          variant="subtle"
          color="gray"
          href={`${address}&print`}
          target="_blank"
          rel="noreferrer"
          aria-label={i18n._('Print')}
        >
          <PrinterIcon />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
