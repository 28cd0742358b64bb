// The token stays in this tab: a copy in local storage would outlive the session and be there for any script of this origin.
const key = 'weft-token';

export function readToken() {
  const fragment = new URLSearchParams(location.hash.slice(1)).get('token');
  if (fragment) {
    keepToken(fragment);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return sessionStorage.getItem(key) ?? '';
}

export function keepToken(token) {
  sessionStorage.setItem(key, token.trim());
}
