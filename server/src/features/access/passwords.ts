import { hash, type Options, verify } from '@node-rs/argon2';
import { newSecret } from './secrets.ts';

/** OWASP's argon2id with 19 MiB and two passes: about 30 ms on a small server. Argon2id is the package's default. */
const cost: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let decoy: Promise<string> | null = null;

/** What is kept of a password. */
export const hashPassword = (password: string): Promise<string> => hash(password, cost);

/**
 * Whether this is the password. Without an account (`null`) it works just as long against a hash that nothing matches,
 * so that the time of the answer doesn't tell which e-mail addresses have one.
 */
export async function isPassword(kept: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword(newSecret());
  const right = await verify(kept ?? (await decoy), password);
  return right && kept !== null;
}

/** Makes the hash for unknown accounts beforehand: the first sign-in after a start is no slower than the others. */
export async function preparePasswords(): Promise<void> {
  decoy ??= hashPassword(newSecret());
  await decoy;
}
