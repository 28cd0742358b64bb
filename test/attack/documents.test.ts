/** Every document that is meant to hurt, over every transport that takes documents. */
import { closeAll, signedIn } from '#test/wire/raw-socket.js';
import { dropAll, rawStream } from '#test/wire/raw-stream.js';
import { type AttackedHub, startAttackedHub } from './attacked-hub.js';
import { type DocumentAttack, documentAttacks } from './document-attacks.js';

let attacked: AttackedHub;

beforeAll(async () => {
  attacked = await startAttackedHub();
});
afterEach(async () => {
  await closeAll();
  await dropAll();
});
afterAll(() => attacked?.stop());

interface Refusal {
  readonly code?: unknown;
  readonly limit?: unknown;
}

const overHttp = async (query: string): Promise<Refusal> => {
  const { data, errors } = await attacked.mira.send(query);
  expect(data).toBeUndefined();
  return errors?.[0]?.extensions ?? {};
};
const byGet = async (query: string): Promise<Refusal> => {
  const headers = { 'apollo-require-preflight': 'true', authorization: `Bearer ${attacked.mira.token}` };
  const response = await fetch(`${attacked.url}/graphql?${new URLSearchParams({ query })}`, { headers });
  if (response.status === 431) return { code: 'HEADERS_TOO_LARGE' };
  return JSON.parse(await response.text()).errors[0].extensions;
};
const overWebSocket = async (query: string): Promise<Refusal> => {
  const socket = await signedIn(attacked.url, attacked.mira.token);
  socket.subscribe('1', query);
  const { payload } = await socket.take('error', '1');
  return (payload as { extensions: Refusal }[])[0]?.extensions ?? {};
};
const overEvents = async (query: string): Promise<Refusal> => {
  const stream = await rawStream(attacked.url, { query, token: attacked.mira.token });
  const [event] = await stream.atLeast(1);
  const { errors } = (event?.data ?? {}) as { errors?: { extensions: Refusal }[] };
  return errors?.[0]?.extensions ?? {};
};

const refusal = ({ code, limit }: DocumentAttack) => (limit ? { code, limit } : { code });

test.each(documentAttacks.map((attack) => [attack.name, attack] as const))(
  '%s is refused, and nobody else notices',
  async (_, attack) => {
    await attacked.beside(async () => {
      for (const send of [overHttp, overWebSocket, overEvents])
        expect(await send(attack.query)).toMatchObject(refusal(attack));
      const byAddress = await byGet(attack.query);
      if (byAddress.code !== 'HEADERS_TOO_LARGE' && !attack.query.startsWith('mutation'))
        expect(byAddress).toMatchObject(refusal(attack));
    });
  },
);

test('all of them, many times over, leave nothing behind', async () => {
  await attacked.beside(async () => {
    for (let round = 0; round < 5; round += 1)
      await Promise.all(documentAttacks.map(({ query }) => attacked.mira.send(`${query} # ${round}`)));
  });
  await attacked.forgotten();
});
