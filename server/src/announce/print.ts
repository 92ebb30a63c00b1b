import QRCode from 'qrcode';

/** What a started server tells the person who started it. */
export type News = {
  /** Where this computer's browser goes. */
  local: string;
  /** Where phones and other computers go; null when there is no network or https is off. */
  phone: string | null;
  /** The phone's address has our own certificate, about which phones warn. */
  selfSigned: boolean;
  /** Full address of the one-time set-up page, on an empty database. */
  setup: string | null;
  demo: DemoNews | null;
};

/** What `--demo` made. */
export type DemoNews = {
  logins: readonly { name: string; email: string; password: string }[];
  /** A code's page for a customer's phone. */
  codeName: string;
  codeUrl: string;
};

/** The lines that are printed once the server is ready. */
export async function newsLines(news: News, inTerminal: boolean): Promise<string[]> {
  return [
    '',
    `  Sightglass is ready.  On this computer:  ${news.local}`,
    ...(await phoneLines(news, inTerminal)),
    ...setupLines(news.setup),
    ...(news.demo === null ? [] : await demoLines(news.demo, inTerminal)),
    '',
    '  Ctrl-C stops it.',
    '',
  ];
}

async function phoneLines(news: News, inTerminal: boolean): Promise<string[]> {
  if (news.phone === null) return ['', '  No address for phones: this computer is in no network, or https is off.'];
  const warning = [
    '  The phone will say "Your connection is not private", because this server made its certificate itself.',
    `  Android: tap Advanced, then "Continue to ${new URL(news.phone).hostname}".`,
    '  iPhone: tap Show Details, then "visit this website". Once per phone.',
  ];
  return [
    '',
    `  Phones in the same network:  ${news.phone}`,
    ...(news.selfSigned ? warning : []),
    '',
    ...(await qrLines(news.phone, inTerminal)),
  ];
}

function setupLines(setup: string | null): string[] {
  if (setup === null) return [];
  return ['  Nobody is signed up yet. Set up your organization here (works once):', '', `  ${setup}`];
}

async function demoLines(demo: DemoNews, inTerminal: boolean): Promise<string[]> {
  return [
    '  Demo logins:',
    ...demo.logins.map((login) => `    ${login.name}:  ${login.email}  password ${login.password}`),
    '',
    `  The customer's side (code "${demo.codeName}"):  ${demo.codeUrl}`,
    '',
    ...(await qrLines(demo.codeUrl, inTerminal)),
  ];
}

/** Half-block characters; in a terminal with its colours set, so that it scans on dark and on light ones. */
async function qrLines(text: string, inTerminal: boolean): Promise<string[]> {
  const drawn = inTerminal
    ? await QRCode.toString(text, { type: 'terminal', small: true })
    : await QRCode.toString(text, { type: 'utf8' });
  return drawn.split('\n').map((line) => (line === '' ? '' : `  ${line}`));
}
