import type { PostPush } from '../../ports/push-post.ts';

const PATIENCE_MS = 10_000;

/** By https, to the address that the browser was given; wherever that sends us on to is not asked. */
export const postPush: PostPush = async ({ endpoint, headers, body }) => {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const response = await fetch(endpoint, { method: 'POST', headers, body, redirect: 'manual', signal });
  await response.body?.cancel();
  return response.status;
};
