/**
 * The part of a network address that belongs to one subscriber, so that one person can't count as many: an IPv4
 * address as it is, of an IPv6 address the first 64 bits.
 */
export function addressGroup(address: string): string {
  const plain = address.split('%')[0] ?? '';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped !== undefined) return mapped;
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const parts = groupsOf(head);
  if (tail !== undefined) {
    const missing = 8 - parts.length - groupsOf(tail).length;
    parts.push(...Array.from({ length: Math.max(missing, 0) }, () => '0'), ...groupsOf(tail));
  }
  return `${parts
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

const groupsOf = (text: string): string[] => text.split(':').filter((part) => part !== '');
