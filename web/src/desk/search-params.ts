/** Reads `?a=1&b=x` as plain texts: what stands in the address bar is what a person would write. */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

/** Writes texts and numbers; empty values are left out. */
export function writeSearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    if (value === undefined || value === null || value === '') continue;
    params.set(key, String(value));
  }
  return params.size === 0 ? '' : `?${params}`;
}

/** Where to go after signing in: only addresses of this desk, never somebody else's site. */
export function safeReturn(to: unknown): string {
  if (typeof to !== 'string' || !isLocal(to) || !URL.canParse(to, 'http://desk.invalid')) return '/';
  const { host, pathname, search } = new URL(to, 'http://desk.invalid');
  // `/.//evil.example` is a path here, and comes out as `//evil.example`.
  return host === 'desk.invalid' && isLocal(pathname) ? `${pathname}${search}` : '/';
}

const isLocal = (address: string): boolean => /^\/(?![/\\])/.test(address);

/** Whether an address of this server is outside of the desk: a session or a code's page. */
export const isOwnPage = (path: string): boolean => /^\/(s|c)(\/|$|\?)/.test(path);
