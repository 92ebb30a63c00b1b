import { describe, expect, it } from 'vitest';
import { type Candidate, chooseStage, cornerByKey, nearestCorner } from './stage.ts';

const expert: Candidate = { key: 'anna', own: false, as: 'expert', cameraOn: true };
const customer: Candidate = { key: 'own', own: true, as: 'codeUser', cameraOn: true };

describe('what is shown big', () => {
  it('is the customer’s camera, on both sides', () => {
    expect(chooseStage([customer, expert], null)).toEqual({ big: 'own', tiles: ['anna'] });
    const fromTheDesk = [
      { ...expert, key: 'own', own: true },
      { ...customer, key: 'jon', own: false },
    ];
    expect(chooseStage(fromTheDesk, null)).toEqual({ big: 'jon', tiles: ['own'] });
  });

  it('is the other side when the customer’s camera is off', () => {
    expect(chooseStage([{ ...customer, cameraOn: false }, expert], null).big).toBe('anna');
    expect(
      chooseStage(
        [customer, expert].map((one) => ({ ...one, cameraOn: false })),
        null,
      ).big,
    ).toBe('anna');
  });

  it('is one’s own picture while nobody else is there, and nothing when there is nothing', () => {
    expect(chooseStage([{ ...customer, cameraOn: false }], null)).toEqual({ big: 'own', tiles: [] });
    expect(chooseStage([], null)).toEqual({ big: null, tiles: [] });
  });

  it('is what was tapped, until that one goes', () => {
    expect(chooseStage([customer, expert], 'anna')).toEqual({ big: 'anna', tiles: ['own'] });
    expect(chooseStage([customer], 'anna')).toEqual({ big: 'own', tiles: [] });
  });
});

it('a tile that is let go rests in the nearest corner', () => {
  expect([nearestCorner(0.1, 0.2), nearestCorner(0.9, 0.2), nearestCorner(0.4, 0.6), nearestCorner(0.5, 0.5)]).toEqual([
    'top-left',
    'top-right',
    'bottom-left',
    'bottom-right',
  ]);
});

it('C7 arrow keys move a tile', () => {
  expect(cornerByKey('top-left', 'ArrowRight')).toBe('top-right');
  expect(cornerByKey('top-right', 'ArrowDown')).toBe('bottom-right');
  expect(cornerByKey('bottom-right', 'ArrowUp')).toBe('top-right');
  expect(cornerByKey('bottom-right', 'ArrowLeft')).toBe('bottom-left');
  expect(cornerByKey('top-left', 'Enter')).toBeNull();
});
