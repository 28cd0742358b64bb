import { request } from 'undici';

/** One request; its answer as text. */
export async function post(url: string, token: string, body: string): Promise<string> {
  const answer = await request(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${token}` },
    body,
  });
  return answer.body.text();
}
