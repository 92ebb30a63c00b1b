/** One line of the command palette. */
export interface Command {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  /** Small print at the end of the line. */
  readonly hint?: string;
  /** Other words people may type for it. */
  readonly also?: string;
}

/** Lower case, without accents: what typing is compared with. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();

/** How well a command answers what was typed; 0 means not at all. Every typed word must begin a word of it. */
export function rankOf(command: Pick<Command, 'label' | 'also'>, typed: string): number {
  const asked = plain(typed).split(/\s+/).filter(Boolean);
  if (asked.length === 0) return 1;
  const label = plain(command.label);
  const words = label.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const others = plain(command.also ?? '')
    .split(/\s+/)
    .filter(Boolean);
  let rank = label.startsWith(asked.join(' ')) ? 4 : 1;
  for (const one of asked) {
    if (words.some((word) => word.startsWith(one))) rank += 2;
    else if (others.some((word) => word.startsWith(one))) rank += 1;
    else if (label.includes(one)) rank += 0.5;
    else return 0;
  }
  return rank;
}

/** The commands that answer what was typed, best first inside their groups; groups keep their order. */
export function matching<C extends Command>(commands: readonly C[], typed: string): readonly C[] {
  const groups = [...new Set(commands.map((command) => command.group))];
  const ranked = commands
    .map((command, order) => ({ command, order, rank: rankOf(command, typed) }))
    .filter(({ rank }) => rank > 0);
  return ranked
    .sort(
      (a, b) =>
        groups.indexOf(a.command.group) - groups.indexOf(b.command.group) || b.rank - a.rank || a.order - b.order,
    )
    .map(({ command }) => command);
}

/** The line that arrow keys lead to; the list goes round. */
export function stepped(at: number, by: 1 | -1, count: number): number {
  return count === 0 ? 0 : (at + by + count) % count;
}
