import { i18n } from '@lingui/core';
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { CheckIcon, CopyIcon } from './icons.tsx';
import { say, sayTrouble } from './notices.ts';

/** Copies a text and says so, on the button and to screen readers. */
export function CopyButton({
  text,
  label,
  copied,
  variant = 'default',
}: {
  text: string;
  label: string;
  copied: string;
  variant?: 'default' | 'filled';
}) {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), 2_000);
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <Button
      variant={variant}
      leftSection={done ? <CheckIcon /> : <CopyIcon />}
      onClick={() => {
        void copy(text).then((worked) => {
          setDone(worked);
          if (worked) say(copied);
          else sayTrouble(i18n._('The browser did not allow copying. Select the text and copy it by hand.'));
        });
      }}
    >
      {label}
    </Button>
  );
}

/** The clipboard needs a secure page; on plain http in the local network a hidden field does it. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    field.style.position = 'fixed';
    field.style.opacity = '0';
    (document.querySelector('[role="dialog"]') ?? document.body).append(field);
    field.select();
    const worked = document.execCommand('copy');
    field.remove();
    return worked;
  }
}
