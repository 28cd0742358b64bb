import { examples, linkTo } from './examples.js';
import { keepToken, readToken } from './token.js';

const labels = {
  organizations: 'Organisations',
  people: 'People',
  spaces: 'Spaces',
  ideas: 'Ideas',
  conversations: 'Conversations',
  messages: 'Messages',
};
const query = `query Counts { ${Object.keys(labels)
  .map((name) => `${name}(first: 0) { totalCount }`)
  .join(' ')} }`;
const refreshMs = 5_000;

const status = document.getElementById('status');
document.getElementById('endpoint').textContent = `${location.origin}/graphql`;
document.getElementById('examples').append(...examples.map(exampleItem));
document.getElementById('token').value = readToken();
document.getElementById('token-form').addEventListener('submit', (event) => {
  event.preventDefault();
  keepToken(document.getElementById('token').value);
  refresh();
});
showCounts({});
refresh();
setInterval(() => document.visibilityState === 'visible' && refresh(), refreshMs);

async function refresh() {
  const token = readToken();
  if (!token) {
    status.textContent = 'Enter a token to see what is here: a hub shows nothing to strangers.';
    return;
  }
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
    });
    const { data, errors } = await response.json();
    status.textContent = errors ? errors[0].message : '';
    if (data) showCounts(data);
  } catch {
    status.textContent = 'The hub does not answer. It may be starting; this page keeps trying.';
  }
}

function showCounts(data) {
  document.getElementById('counts').replaceChildren(
    ...Object.entries(labels).map(([name, label]) => {
      const entry = document.createElement('div');
      entry.append(element('dt', label), element('dd', data[name]?.totalCount.toLocaleString() ?? '–'));
      return entry;
    }),
  );
}

function exampleItem(example) {
  const link = document.createElement('a');
  link.href = linkTo(example);
  link.append(element('strong', example.title), example.text);
  const item = document.createElement('li');
  item.append(link);
  return item;
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
