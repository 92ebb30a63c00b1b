import type { MadeFile } from './ledger-files.ts';

/** Lets the browser save what is behind an address, under its own or the server's name. */
export function saveFrom(address: string, name = ''): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  // Some browsers follow only links that are on the page.
  document.body.append(link);
  link.click();
  link.remove();
}

const FORGET_MS = 60_000;

/** Lets the browser save a file that the page has made. */
export function saveMade({ name, type, text }: MadeFile): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  saveFrom(address, name);
  setTimeout(() => URL.revokeObjectURL(address), FORGET_MS);
}
