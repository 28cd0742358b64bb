import { type IdKind, idPrefixes, isIdOf, kindOfId, mintId } from './id.js';

describe('an id', () => {
  test.each(Object.keys(idPrefixes) as IdKind[])('of a new %s names its type and nothing else', (kind) => {
    const id = mintId(kind);
    expect(kindOfId(id)).toBe(kind);
    expect(id).toMatch(new RegExp(`^${idPrefixes[kind]}_[0-9a-z]{26}$`));
  });

  test('is never minted twice, and later ones sort behind earlier ones as plain text', () => {
    const ids = Array.from({ length: 2_000 }, () => mintId('Idea'));
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });

  test('prefixes are all different, so that a type can be told from an id', () => {
    expect(new Set(Object.values(idPrefixes)).size).toBe(Object.keys(idPrefixes).length);
  });

  test.each([
    ['nothing', ''],
    ['a prefix alone', 'idea_'],
    ['an unknown type', 'dragon_01h455vb4pex5vsknk084sn02q'],
    ['a letter too few', 'idea_01h455vb4pex5vsknk084sn02'],
    ['more bits than a UUID has', 'idea_81h455vb4pex5vsknk084sn02q'],
    ['letters that Crockford left out', 'idea_01h455vb4pex5vsknk084sn0il'],
    ['upper case', 'idea_01H455VB4PEX5VSKNK084SN02Q'],
    ['something behind it', 'idea_01h455vb4pex5vsknk084sn02q\n'],
  ])('is not well formed with %s', (_, text) => {
    expect(kindOfId(text)).toBeUndefined();
  });

  test('of one type is not one of another', () => {
    expect(isIdOf('Person', mintId('Idea'))).toBe(false);
  });
});
