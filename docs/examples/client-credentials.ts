const { WEFT_URL = 'http://127.0.0.1:4000', CLIENT_ID = '', CLIENT_SECRET = '' } = process.env;

const answer = await fetch(`${WEFT_URL}/oauth/token`, {
  method: 'POST',
  headers: { authorization: `Basic ${btoa(`${CLIENT_ID}:${CLIENT_SECRET}`)}` },
  body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'ideas:read' }),
});
const { access_token: token, expires_in: seconds, error } = await answer.json();
if (error) throw new Error(`No token: ${error}`);
process.stdout.write(`A token for ${seconds} s\n`);

const ideas = await fetch(`${WEFT_URL}/graphql`, {
  method: 'POST',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  body: JSON.stringify({ query: '{ ideas { totalCount } }' }),
});
process.stdout.write(`${await ideas.text()}\n`);
