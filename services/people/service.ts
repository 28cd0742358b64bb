import type { ServiceDefinition } from '#kernel/runtime/service.js';
import { AccessToken } from './access-token/access-token.entity.js';
import { ensureAdministrator } from './administrator/administrator.js';
import { ApiClient } from './api-client/api-client.entity.js';
import { auditChore } from './audit/audit-chore.js';
import { onAppearedInConversations } from './consumers/on-appeared-in-conversations.js';
import { onAppearedInIdeas } from './consumers/on-appeared-in-ideas.js';
import { onAudited } from './consumers/on-audited.js';
import { onErasureCompleted } from './consumers/on-erasure-completed.js';
import { onIdeaJoined } from './consumers/on-idea-joined.js';
import { onInteractionRecorded } from './consumers/on-interaction-recorded.js';
import { onMessageAddressed } from './consumers/on-message-addressed.js';
import { Identity } from './identity/identity.entity.js';
import { Interaction } from './interaction/interaction.entity.js';
import { Invitation } from './invitation/invitation.entity.js';
import { Membership } from './membership/membership.entity.js';
import { appearancesOfPeople } from './migrations/2026-11-21-appearances.js';
import { auditTables } from './migrations/2026-11-21-audit.js';
import { erasureOfPeople } from './migrations/2026-11-21-erasure.js';
import { erasureOfCreators } from './migrations/2026-11-21-erasure-of-creators.js';
import { kernelOfPeople, peopleTables } from './migrations/2026-11-21-first.js';
import { identityTables } from './migrations/2026-11-21-identity.js';
import { invitationsOfPeople } from './migrations/2026-11-21-invitations.js';
import { originsOfPeople } from './migrations/2026-11-21-origins.js';
import { rateBucketsOfPeople } from './migrations/2026-11-21-rate-buckets.js';
import { sharingOfPeople } from './migrations/2026-11-21-sharing.js';
import { teamNetworks } from './migrations/2026-11-21-team-networks.js';
import { tieTables } from './migrations/2026-11-21-ties.js';
import { clientTokensOfPeople } from './migrations/2026-11-22-client-tokens.js';
import { erasedSignIns } from './migrations/2026-11-22-erased-sign-ins.js';
import { personReports } from './migrations/2026-11-22-person-reports.js';
import { Organization } from './organization/organization.entity.js';
import { type PeopleContext, peopleContext } from './people-context.js';
import { Person } from './person/person.entity.js';
import { Perspective } from './perspective/perspective.entity.js';
import { SharingAgreement } from './sharing-agreement/sharing-agreement.entity.js';
import { Space } from './space/space.entity.js';
import { SpaceMembership } from './space-membership/space-membership.entity.js';
import { buildPeopleSubgraph } from './subgraph.js';
import { Team } from './team/team.entity.js';
import { tieChores } from './tie/tie-chores.js';

/** Who is here: people, their organisations and teams, the spaces they share, and the tokens they come in with. */
export const people: ServiceDefinition<PeopleContext> = {
  name: 'people',
  entities: [
    AccessToken,
    ApiClient,
    Identity,
    Interaction,
    Invitation,
    Membership,
    Organization,
    Person,
    Perspective,
    SharingAgreement,
    Space,
    SpaceMembership,
    Team,
  ],
  migrations: (rolePrefix) => [
    kernelOfPeople(rolePrefix),
    peopleTables,
    sharingOfPeople,
    invitationsOfPeople,
    appearancesOfPeople,
    tieTables,
    teamNetworks,
    identityTables,
    erasureOfPeople,
    originsOfPeople(rolePrefix),
    auditTables,
    erasureOfCreators,
    rateBucketsOfPeople,
    clientTokensOfPeople,
    erasedSignIns,
    personReports,
  ],
  buildSchema: buildPeopleSubgraph,
  consumers: [
    onAppearedInIdeas,
    onAppearedInConversations,
    onIdeaJoined,
    onMessageAddressed,
    onInteractionRecorded,
    onErasureCompleted('ideas'),
    onErasureCompleted('conversations'),
    onAudited('people'),
    onAudited('ideas'),
    onAudited('conversations'),
  ],
  chores: [...tieChores, auditChore],
  context: peopleContext,
  prepare: ensureAdministrator,
};
