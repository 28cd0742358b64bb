import { eventCatalogue } from '../events/catalogue.js';
import { auditedTypes, unauditedTypes } from './audited-types.js';

test('every event of the catalogue is audited, or left out of the audit log on purpose', () => {
  expect([...auditedTypes, ...unauditedTypes].sort()).toEqual(Object.keys(eventCatalogue).sort());
});
