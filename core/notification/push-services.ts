/** Browsers' push services, as their makers name them. */
const services = ['fcm.googleapis.com', 'push.services.mozilla.com', 'push.apple.com', 'notify.windows.com'];

/**
 * Whether an endpoint belongs to a browser's push service. The server sends to addresses that pages name: without this, anybody could
 * have it knock at addresses inside of the organization's network.
 */
export function isPushService(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname, port, username } = new URL(endpoint);
  if (protocol !== 'https:' || port !== '' || username !== '') return false;
  return services.some((service) => hostname === service || hostname.endsWith(`.${service}`));
}
