import type { GraphQLSchema } from 'graphql';
import { deadLetterResolver } from '#kernel/consumers/dead-letter.resolver.js';
import { positionResolver } from '#kernel/graphql/position.resolver.js';
import { buildSubgraph } from '#kernel/graphql/subgraph.js';
import { AccessTokenResolver } from './access-token/access-token.resolver.js';
import { PeopleActivityResolver } from './activity/people-activity.resolver.js';
import { ApiClientResolver } from './api-client/api-client.resolver.js';
import { AuditResolver } from './audit/audit.resolver.js';
import { ClientTokenResolver } from './client-token/client-token.resolver.js';
import { ConsentResolver } from './consent/consent.resolver.js';
import { ErasureResolver } from './erasure/erasure.resolver.js';
import { IdentityResolver } from './identity/identity.resolver.js';
import { InvitationResolver } from './invitation/invitation.resolver.js';
import {
  MembershipResolver,
  PersonMembershipsResolver,
  TeamMembersResolver,
} from './membership/membership.resolver.js';
import { foreignNodeTypes } from './node/foreign-node.type.js';
import { NodeResolver } from './node/node.resolver.js';
import { OrganizationResolver } from './organization/organization.resolver.js';
import { OrganizationAdministratorResolver } from './organization-administrator/organization-administrator.resolver.js';
import type { PeopleContext } from './people-context.js';
import { PersonResolver } from './person/person.resolver.js';
import { PersonReportResolver } from './person-report/person-report.resolver.js';
import { PersonPerspectivesResolver } from './perspective/perspective.resolver.js';
import { PersonalExportResolver } from './privacy/personal-export.resolver.js';
import { ProgramResolver } from './program/program.resolver.js';
import { ProgramType } from './program/program.type.js';
import { RateLimitResolver } from './rate-limit/rate-limit.resolver.js';
import { PeopleRecordsResolver } from './records/records.resolver.js';
import {
  OfferedSpaceResolver,
  SharedSpaceResolver,
  SharingAgreementResolver,
  SharingSignatureResolver,
} from './sharing-agreement/sharing-agreement.resolver.js';
import { PersonSpacesResolver, SpaceResolver } from './space/space.resolver.js';
import { SpaceMembershipResolver, SpaceMembersResolver } from './space-membership/space-membership.resolver.js';
import { SuspensionResolver } from './suspension/suspension.resolver.js';
import { TeamResolver } from './team/team.resolver.js';
import { CrossTeamConnectionResolver } from './team-tie/cross-team-connection.resolver.js';
import {
  TeamNetworkEdgeResolver,
  TeamNetworkNodeResolver,
  TeamNetworkResolver,
} from './team-tie/team-network.resolver.js';
import {
  OrganizationTiesResolver,
  TeamTieEvidenceResolver,
  TeamTieResolver,
  TeamTiesResolver,
} from './team-tie/team-tie.resolver.js';
import { DistanceResolver, PersonDistanceResolver } from './tie/distance.resolver.js';
import { PersonTiesResolver, TieResolver } from './tie/tie.resolver.js';
import { TieChangedResolver } from './tie/tie-changed.resolver.js';
import { ViewerResolver } from './viewer/viewer.resolver.js';
import { ViewerClaimsResolver } from './viewer/viewer-claims.resolver.js';

const PositionResolver = positionResolver('peoplePosition', 'the streams of people and spaces', 'people:read');

const DeadLetterResolver = deadLetterResolver('people');

/** The part of the graph this service answers for. */
export function buildPeopleSubgraph(): Promise<GraphQLSchema> {
  return buildSubgraph<PeopleContext>({
    resolvers: [
      ViewerResolver,
      RateLimitResolver,
      NodeResolver,
      OrganizationResolver,
      TeamResolver,
      MembershipResolver,
      PersonMembershipsResolver,
      TeamMembersResolver,
      PersonResolver,
      ProgramResolver,
      PersonPerspectivesResolver,
      PersonSpacesResolver,
      SpaceResolver,
      SpaceMembershipResolver,
      SpaceMembersResolver,
      InvitationResolver,
      OrganizationAdministratorResolver,
      SharingAgreementResolver,
      OfferedSpaceResolver,
      SharingSignatureResolver,
      SharedSpaceResolver,
      AccessTokenResolver,
      TieResolver,
      PersonTiesResolver,
      TieChangedResolver,
      TeamTieResolver,
      TeamTieEvidenceResolver,
      TeamTiesResolver,
      OrganizationTiesResolver,
      CrossTeamConnectionResolver,
      TeamNetworkResolver,
      TeamNetworkNodeResolver,
      TeamNetworkEdgeResolver,
      PersonDistanceResolver,
      DistanceResolver,
      ConsentResolver,
      ApiClientResolver,
      ClientTokenResolver,
      IdentityResolver,
      SuspensionResolver,
      PersonReportResolver,
      ViewerClaimsResolver,
      ErasureResolver,
      PersonalExportResolver,
      AuditResolver,
      PeopleRecordsResolver,
      PeopleActivityResolver,
      PositionResolver,
      DeadLetterResolver,
    ],
    orphanedTypes: [...foreignNodeTypes, ProgramType],
    references: {
      Organization: (key, ctx) => ctx.organizations.load(key),
      Team: (key, ctx) => ctx.teams.load(key),
      Person: (key, ctx) => ctx.people.load(key),
      Program: (key, ctx) => ctx.programs.load(key),
      Space: (key, ctx) => ctx.spaces.load(key),
    },
  });
}
