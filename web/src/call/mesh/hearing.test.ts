import { expect, it } from 'vitest';
import { CHANNEL_MESSAGE_LIMIT, type ChannelMessage, formatChannelMessage } from '#contract/call/index.ts';
import { createHearing } from './hearing.ts';

const hello: ChannelMessage = { kind: 'hello', version: 1 };
const good = formatChannelMessage(hello);

function setUp() {
  const told: string[] = [];
  let ms = 0;
  const hear = createHearing(
    () => ms,
    ({ why }) => told.push(why),
  );
  return {
    told,
    hear,
    wait: (by: number) => {
      ms += by;
    },
  };
}

it('hears what is of the contract, and says so once a second when something is not', () => {
  const { hear, told, wait } = setUp();
  expect(hear(good)).toEqual(hello);
  expect(told).toEqual([]);
  for (let i = 0; i < 500; i++) expect(hear('{"kind":"pointer"}')).toBeNull();
  expect(told).toEqual(['malformed']);
  expect(hear(good)).toEqual(hello);
  wait(1_000);
  expect(hear('x'.repeat(CHANNEL_MESSAGE_LIMIT + 1))).toBeNull();
  expect(told).toEqual(['malformed', 'malformed']);
});

it('does not answer a refusal with one: two pages never argue', () => {
  const { hear, told } = setUp();
  expect(hear('{"kind":"refused","why":"malformed"}')).toEqual({ kind: 'refused', why: 'malformed' });
  expect(told).toEqual([]);
});

it('is deaf to a flood, by number and by size, until the next second', () => {
  const { hear, told, wait } = setUp();
  const heard = Array.from({ length: 5_000 }, () => hear(good)).filter((one) => one !== null);
  expect(heard).toHaveLength(1_000);
  expect(told).toEqual(['too-many']);
  wait(1_000);
  expect(hear(good)).toEqual(hello);
  for (let i = 0; i < 40; i++) hear(`"${'x'.repeat(CHANNEL_MESSAGE_LIMIT - 2)}"`);
  expect(hear(good)).toBeNull();
  wait(1_000);
  expect(hear(good)).toEqual(hello);
});
