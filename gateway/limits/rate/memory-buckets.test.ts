import { bucketOfAddress } from './address.js';
import { memoryBuckets } from './memory-buckets.js';

let now = 0;
const buckets = memoryBuckets(() => now);
const take = (bucket: string, points: number) => buckets.take(bucket, points, 60);

beforeEach(() => {
  now += 60_000;
});

test('a bucket takes what fits, and refuses the rest without counting it', async () => {
  expect(await take('ann', 40)).toEqual({ fits: true, level: 40 });
  expect(await take('ann', 40)).toEqual({ fits: false, level: 40 });
  expect(await take('ann', 20)).toEqual({ fits: true, level: 60 });
});

test('it runs out with time, and never below nothing', async () => {
  await take('ann', 60);
  now += 10_000;
  expect(await take('ann', 11)).toEqual({ fits: false, level: 50 });
  expect(await take('ann', 10)).toEqual({ fits: true, level: 60 });
  now += 600_000;
  expect(await take('ann', 5)).toEqual({ fits: true, level: 5 });
});

test('each has their own', async () => {
  await take('ann', 60);
  expect(await take('ben', 60)).toMatchObject({ fits: true });
});

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['::ffff:10.1.2.3', '10.1.2.3'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:0:0:ffff::1', '2001:db8:0:0::/64'],
  ['2001:0db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('of %s strangers share the bucket of %s', (address, bucket) => {
  expect(bucketOfAddress(address)).toBe(bucket);
});
