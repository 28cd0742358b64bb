import { makeFrame } from './frame.js';
import { Ring } from './ring.js';
import { RingBudget } from './ring-budget.js';

function frame(number: number, text = '') {
  return makeFrame({ data: { text } }, `c${number}`, `c${number - 1}`);
}

function ringOf(frames: number, budget = new RingBudget()): Ring {
  const ring = new Ring(budget);
  ring.mark('c0');
  for (let number = 1; number <= frames; number += 1) ring.add(frame(number));
  return ring;
}

function cursorsAfter(ring: Ring, place: string) {
  return ring.after(place)?.map(({ cursor }) => cursor);
}

describe('a ring', () => {
  test('holds a place for near when all that came after it can be given at one time', () => {
    const ring = ringOf(0);
    for (let number = 1; number <= 4; number += 1) ring.add(frame(number, 'x'.repeat(60_000)));
    expect(['c1', 'c2', 'c3', 'c4', 'c9'].map((place) => ring.isNear(place))).toEqual([false, true, true, true, false]);
  });

  test('gives what lies behind the start, an event and a heartbeat', () => {
    const ring = ringOf(2);
    ring.mark('h2');
    ring.add(frame(3));
    expect(cursorsAfter(ring, 'c0')).toEqual(['c1', 'c2', 'c3']);
    expect(cursorsAfter(ring, 'c1')).toEqual(['c2', 'c3']);
    expect(cursorsAfter(ring, 'h2')).toEqual(['c3']);
    expect(cursorsAfter(ring, 'c3')).toEqual([]);
  });

  test('knows no place that it never had', () => {
    expect(ringOf(2).after('c9')).toBeUndefined();
  });

  test('forgets the oldest places when it is full, and gives nobody a part of what they missed', () => {
    const ring = ringOf(1_500);
    expect(ring.after('c499')).toBeUndefined();
    expect(ring.has('c499')).toBe(false);
    expect(cursorsAfter(ring, 'c500')).toHaveLength(1_000);
    expect(cursorsAfter(ring, 'c500')?.[0]).toBe('c501');
    expect(ring.newest).toBe(1_500);
  });

  test('knows whoever stands behind an event that is too large to keep', () => {
    const ring = ringOf(1);
    ring.add(frame(2, 'x'.repeat(5 * 1024 * 1024)));
    expect(ring.after('c1')).toBeUndefined();
    expect(cursorsAfter(ring, 'c2')).toEqual([]);
    ring.add(frame(3));
    expect(cursorsAfter(ring, 'c2')).toEqual(['c3']);
  });

  test('keeps an event however many heartbeats come after it', () => {
    const ring = ringOf(1);
    for (let number = 0; number < 5_000; number += 1) ring.mark(`h${number}`);
    ring.add(frame(2));
    expect(cursorsAfter(ring, 'c1')).toEqual(['c2']);
    expect(cursorsAfter(ring, 'h4999')).toEqual(['c2']);
    expect(ring.has('h1')).toBe(false);
  });

  test('keeps less when there are many', () => {
    const budget = new RingBudget(1024 * 1024);
    const others = Array.from({ length: 63 }, () => new Ring(budget));
    const ring = new Ring(budget);
    for (let number = 1; number <= 10; number += 1) ring.add(frame(number, 'x'.repeat(8 * 1024)));
    expect(cursorsAfter(ring, 'c9')).toEqual(['c10']);
    expect(ring.has('c2')).toBe(false);
    for (const other of others) other.close();
    for (let number = 11; number <= 20; number += 1) ring.add(frame(number, 'x'.repeat(8 * 1024)));
    expect(cursorsAfter(ring, 'c12')).toHaveLength(8);
  });
});
