/** The believable organization of `npm start -- --demo`. Times are hours before now. */
export const organization = 'Nordwerk Service';
export const password = 'sightglass-demo';

export const experts = [
  { name: 'Anna Weber', email: 'anna@nordwerk.example', role: 'admin' },
  { name: 'Tomasz Nowak', email: 'tomasz@nordwerk.example', role: 'expert' },
] as const;
export type ExpertIndex = 0 | 1;

export const machines = [
  { name: 'Packaging line 3, Hall B', user: 'Maria (night shift)' },
  { name: 'Chiller KX-200, roof', user: 'Hassan' },
  { name: 'Bottle labeller L4', user: 'Jo Lindqvist' },
] as const;

/** Who says it: a member by index, or the machine's code user. */
export type Line = { readonly hoursAgo: number; readonly by: ExpertIndex | 'customer'; readonly text: string };

export interface Case {
  readonly machine: 0 | 1 | 2;
  readonly subject: string;
  readonly lines: readonly [Line, ...Line[]];
  readonly assignee: ExpertIndex | null;
  readonly status: 'open' | 'in-progress' | 'waiting' | 'resolved';
  /** A session that took place, in hours before now, and how long it lasted. */
  readonly session?: {
    readonly hoursAgo: number;
    readonly minutes: number;
    readonly said: readonly Omit<Line, 'hoursAgo'>[];
  };
  /** A session that waits right now. */
  readonly waiting?: boolean;
}

export const cases: readonly Case[] = [
  {
    machine: 0,
    subject: 'Film tears at the sealing bar',
    lines: [
      { hoursAgo: 76, by: 'customer', text: 'The film tears every twenty packs or so, always on the left side.' },
      {
        hoursAgo: 75.6,
        by: 0,
        text: 'Thank you, Maria. Is the sealing bar clean, and what does the display say for its temperature?',
      },
      { hoursAgo: 75.2, by: 'customer', text: 'Clean. 182 degrees, it used to be 165.' },
      {
        hoursAgo: 75,
        by: 0,
        text: 'That is too hot. Let us look at the sensor together, I am starting a video session.',
      },
      { hoursAgo: 73.8, by: 0, text: 'Sensor plug was loose. A new clip is on its way to you, order 4471.' },
    ],
    assignee: 0,
    status: 'resolved',
    session: {
      hoursAgo: 74.7,
      minutes: 14,
      said: [
        { by: 'customer', text: 'You can see the plug there on the right' },
        { by: 0, text: 'Push it in until it clicks. Yes, that one.' },
      ],
    },
  },
  {
    machine: 1,
    subject: 'Alarm E17, low pressure',
    lines: [
      {
        hoursAgo: 26,
        by: 'customer',
        text: 'E17 since this morning. I reset it twice, it comes back after about ten minutes.',
      },
      { hoursAgo: 25.5, by: 1, text: 'Please send me the reading of the left gauge while it runs.' },
      { hoursAgo: 25.1, by: 'customer', text: '1.9 bar, and there is frost on the thin pipe.' },
      { hoursAgo: 3, by: 1, text: 'I would like to see the expansion valve. Are you at the chiller this afternoon?' },
    ],
    assignee: 1,
    status: 'in-progress',
    waiting: true,
  },
  {
    machine: 2,
    subject: 'Labels sit 3 mm too low after the format change',
    lines: [
      {
        hoursAgo: 5,
        by: 'customer',
        text: 'We changed to the 0.33 bottles, now all labels are too low. Where is the height set?',
      },
      { hoursAgo: 1.2, by: 'customer', text: 'We need to start again at two o’clock.' },
    ],
    assignee: null,
    status: 'open',
  },
  {
    machine: 0,
    subject: 'Squeaking at the infeed belt',
    lines: [
      { hoursAgo: 220, by: 'customer', text: 'The belt squeaks when it starts, then it is gone.' },
      {
        hoursAgo: 219,
        by: 1,
        text: 'Tension is probably too low. The manual, page 41, shows how. Tell me if it stays.',
      },
    ],
    assignee: 1,
    status: 'waiting',
  },
];

/** A session that a customer has asked for; hours before and after now. */
export interface Asked {
  readonly machine: 0 | 1 | 2;
  readonly subject: string;
  readonly words: string;
  readonly hoursAgo: number;
  readonly wishedInHours: number | null;
  /** Who has agreed to that time; null waits in the inbox. */
  readonly agreedBy: ExpertIndex | null;
}

export const asked: readonly Asked[] = [
  {
    machine: 2,
    subject: 'Set up the new label size',
    words: 'We change to 80 mm labels tomorrow and have not done it before.',
    hoursAgo: 20,
    wishedInHours: 26,
    agreedBy: 1,
  },
  {
    machine: 1,
    subject: 'Refilling glycol: which valve first?',
    words: 'I stand in front of it and would like to show you.',
    hoursAgo: 0.3,
    wishedInHours: null,
    agreedBy: null,
  },
];
