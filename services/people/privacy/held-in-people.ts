import { type Holding, holding } from '#kernel/privacy/holding.js';
import { kernelHoldings } from '#kernel/privacy/kernel-holdings.js';
import { accessHoldings } from './access-holdings.js';
import { reportHoldings } from './report-holdings.js';
import { tieHoldings } from './tie-holdings.js';

/** Everything people holds on a person. A test looks for what erasure takes away and is missing here. */
export const heldInPeople: readonly Holding[] = [
  holding('person', {
    table: 'person',
    of: ['id'],
    shows: ['id', 'name', 'handle', 'party', 'organization_id', 'skills', 'administrator', 'created_at', 'updated_at'],
  }),
  holding('perspective', {
    table: 'perspective',
    of: ['person_id'],
    id: 't.dimension',
    shows: ['dimension', 'value', 'declared_at'],
  }),
  holding('membership', {
    table: 'membership',
    of: ['person_id'],
    shows: ['id', 'team_id', 'began_at', 'ended_at'],
  }),
  holding('spaceMembership', {
    table: 'space_member',
    of: ['person_id'],
    shows: ['id', 'space_id', 'role', 'joined_at'],
  }),
  holding('appearance', { table: 'appearance', of: ['person_id'], id: 't.space_id', shows: ['space_id'] }),
  holding('invitation', {
    table: 'invitation',
    of: ['inviter_id', 'person_id'],
    shows: [
      ...['id', 'space_id', 'role', 'inviter_id', 'person_id', 'email', 'note', 'standing'],
      ...['created_at', 'expires_at', 'settled_at'],
    ],
  }),
  holding('organizationAdministrator', {
    table: 'organization_administrator',
    of: ['person_id'],
    id: 't.organization_id',
    shows: ['organization_id', 'appointed_at'],
  }),
  holding('sharingSignature', {
    table: 'sharing_signature',
    of: ['person_id'],
    id: `t.agreement_id || ' ' || t.organization_id`,
    shows: ['agreement_id', 'organization_id', 'signed_at'],
  }),
  holding('recordReference', {
    table: 'record_reference',
    of: ['id'],
    id: `t.source || ' ' || t.ref`,
    where: `t.id = viewer.id AND t.kind = 'person'`,
    shows: ['source', 'ref'],
  }),
  ...accessHoldings,
  ...reportHoldings,
  ...tieHoldings,
  ...kernelHoldings,
];
