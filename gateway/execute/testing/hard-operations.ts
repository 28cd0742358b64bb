/** Operations over the test shop that each need a feature executors get wrong. Named by that feature. */
export interface HardOperation {
  readonly source: string;
  readonly variables?: { readonly [name: string]: unknown };
}

export const hardOperations: { readonly [name: string]: HardOperation } = {
  'one subgraph': {
    source: '{ me { id displayName name { first last } role joined settings badges { label level } } }',
  },
  'aliases and arguments': {
    source:
      '{ a: me { x: friends(first: 1) { id } y: friends(first: 3) { n: displayName } } b: user(id: "u2") { id } }',
  },
  'entities in lists': { source: '{ topProducts(first: 6) { id reviews { body author { displayName role } } } }' },
  'interface object without its types': { source: '{ latestReview { product { id reviews { id } averageRating } } }' },
  'interface object with its types': {
    source: `{ reviews { product { __typename id title ... on Book { pages author { displayName } } ... on Gift { note } } } }`,
  },
  'entity interface through a subgraph that knows no types': {
    source: '{ topProducts(first: 6) { __typename averageRating bestReview { product { title } rating } } }',
  },
  'required fields': {
    source: '{ topProducts(first: 6) { ... on Furniture { shipping inStock stock } ... on Book { inStock } } }',
  },
  'required fields of people': { source: '{ users { greeting inbox karma keeps { city } } }' },
  'provided fields': { source: '{ reviews { knownAuthor { displayName } author { displayName } } }' },
  'overridden field': { source: '{ books { isbn location { city keeper { displayName } } } }' },
  'hidden keys': { source: '{ topProducts(first: 6) { ... on Furniture { warehouse { city capacity } } } }' },
  'hidden keys at the root': { source: '{ warehouses { city keeper { id displayName email } } }' },
  'unions across subgraphs': {
    source: `{ search(term: "abcdefg") { __typename ... on Book { title isbn } ... on User { displayName reviews { body } }
      ... on Company { label boss { displayName } } ... on Furniture { sku shipping } } }`,
  },
  'unions in interfaces': {
    source: `{ topProducts(first: 6) { maker { ... on User { displayName karma } ... on Company { id boss { email } } } } }`,
  },
  'interface of objects and entities': {
    source:
      '{ actors { __typename id displayName ... on User { karma manager { displayName } } ... on Bot { version owner { karma } } } }',
  },
  'interface across reviews': {
    source: `{ notes { id body ... on Review { rating author { displayName } } ... on Reply { at by { displayName } } }
      reviews { replies { id ... on Review { product { title } } ... on Reply { by { role } } } } }`,
  },
  'nested lists': {
    source: '{ shelf { id grid rows { id title averageRating ... on Gift { wraps { title averageRating } } } } }',
  },
  'value type of two subgraphs': { source: '{ status { ok accounts products } }' },
  'deep recursion': {
    source: '{ users { friends { friends { manager { friends { displayName reviews { product { title } } } } } } } }',
  },
  'fragments that overlap': {
    source: `query { me { ...A ...B friends { ...A } } }
      fragment A on User { id name { first } reviews { rating } }
      fragment B on User { name { last } reviews { body product { ...P } } }
      fragment P on Product { title ... on Book { author { ...A } } }`,
  },
  'the same key with different sub-selections by type': {
    source:
      '{ topProducts(first: 6) { ... on Book { related { id title } } ... on Furniture { related { price averageRating } } } }',
  },
  'one response key for fields of different type': {
    source:
      '{ search(term: "abcdefg") { ... on Book { x: pages } ... on User { x: karma } ... on Company { y: id } } }',
  },
  'conditions that are constant': {
    source:
      '{ me { id @skip(if: true) displayName @include(if: true) karma @include(if: false) inbox @skip(if: false) } }',
  },
  'conditions by variable, off': {
    source: `query ($on: Boolean!, $off: Boolean = false) { me { id karma @include(if: $on) ... @skip(if: $on) { greeting }
      ... on User @include(if: $off) { inbox } } topProducts @include(if: $on) { title } }`,
    variables: { on: false },
  },
  'conditions by variable, on': {
    source: `query ($on: Boolean!, $off: Boolean = false) { me { id karma @include(if: $on) ... @skip(if: $on) { greeting }
      ... on User @include(if: $off) { inbox } } topProducts @include(if: $on) { title } }`,
    variables: { on: true, off: true },
  },
  'everything left out': { source: '{ me @skip(if: true) { id } }' },
  'whole fetch under a condition': {
    source: 'query ($c: Boolean!) { users { id ... @include(if: $c) { reviews { body } karma } } }',
    variables: { c: true },
  },
  'variables in several subgraphs': {
    source: `query ($n: Int = 1, $cur: Currency, $f: UserFilter) { users(filter: $f) { friends(first: $n) { reviews(first: $n) { id } } }
      topProducts(first: $n) { price(currency: $cur) reviews(first: $n) { id } } }`,
    variables: { cur: 'USD', f: { ids: ['u1', 'u2'] } },
  },
  'lists and nulls in variables': {
    source:
      'query ($v: String, $l: [Int!]!) { a: echo(value: $v, list: $l) b: echo c: echo(value: null) d: echo(list: 5) }',
    variables: { v: null, l: 7 },
  },
  'type names everywhere': {
    source:
      '{ __typename me { __typename t: __typename friends { __typename } } search(term: "abc") { t: __typename } }',
  },
  'only the type name': { source: '{ __typename a: __typename }' },
  introspection: { source: '{ __type(name: "User") { name fields { name type { kind name ofType { name } } } } }' },
  'introspection with data': {
    source:
      'query ($n: String!) { me { id } t: __type(name: $n) { kind possibleTypes { name } } __schema { queryType { name } } }',
    variables: { n: 'Product' },
  },
  'keys that all objects inherit': {
    source: '{ constructor: me { toString: displayName valueOf: karma hasOwnProperty: manager { id } } }',
  },
  'entities that do not exist': {
    source: '{ reviews { id author { id email } } books { author { name { first } } } }',
  },
  'mutations in order': {
    source: `mutation { a: logAccounts(entry: "1") b: logReviews(entry: "2") c: logAccounts(entry: "3") d: logReviews(entry: "4") }`,
  },
  'mutation with entities': {
    source: `mutation { addReview(product: "p2", body: "New") { id author { displayName karma } product { title ... on Furniture { shipping } } } }`,
  },
  'mutation beside a failing one': {
    source:
      'mutation { a: renameUser(id: "u2", displayName: "Rob") { displayName karma } failAccounts { id } b: logReviews(entry: "x") }',
  },
  'field errors in a list': { source: '{ users { id secret } }' },
  'field errors in entities': { source: '{ reviews { id author { secret } } }' },
  'field errors in a non-null field of entities': {
    source: '{ reviews { id author { strictSecret } strictAuthor { id } } }',
  },
  'field errors in required places': { source: '{ users { strictSecret } }' },
  'failing reference': { source: '{ topProducts(first: 6) { reviews { author { displayName } } } }' },
  'failing root field': { source: '{ brokenUsers { id karma } me { id } }' },
  'failing entity of many': { source: '{ books { id copies } }' },
  'entity null among many': { source: '{ books { id inStock location { city } } }' },
};
