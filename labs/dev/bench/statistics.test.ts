import { expect, it } from 'vitest';
import { summarize } from './statistics.ts';

it.each([
  [[3, 1, 2], { median: 2, least: 1, most: 3, count: 3 }],
  [[4, 1, 2, 3], { median: 2.5, least: 1, most: 4, count: 4 }],
  [[7], { median: 7, least: 7, most: 7, count: 1 }],
  [[10, 9, 100], { median: 10, least: 9, most: 100, count: 3 }],
])('resume %j', (values, samples) => {
  expect(summarize(values)).toEqual(samples);
});
