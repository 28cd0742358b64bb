import { type ConnectionLoader, connectionLoader } from '#kernel/connections/connection.js';
import type { RowLoader } from '#kernel/connections/row-loader.js';
import { handleMark } from '#kernel/privacy/handle-mark.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { ServiceInside } from '#kernel/runtime/service.js';
import type { AccessToken } from './access-token/access-token.entity.js';
import { accessTokenLoader } from './access-token/access-token.loader.js';
import type { ApiClient } from './api-client/api-client.entity.js';
import { apiClientLoader } from './api-client/api-client.loader.js';
import { type ConsentLoader, consentLoader } from './consent/consent.loader.js';
import type { Erasure } from './erasure/erasure.entity.js';
import { type ErasureReceiptLoader, erasureLoader, erasureReceiptLoader } from './erasure/erasure.loader.js';
import { signInMark } from './identity/erased-sign-in.js';
import type { Identity } from './identity/identity.entity.js';
import { identityLoader } from './identity/identity.loader.js';
import type { Subject } from './identity/identity.repository.js';
import { invitationLoader } from './invitation/invitation.loader.js';
import type { InvitationRow } from './invitation/invitation.repository.js';
import type { Membership } from './membership/membership.entity.js';
import { membershipLoader } from './membership/membership.loader.js';
import type { Organization } from './organization/organization.entity.js';
import { organizationLoader } from './organization/organization.loader.js';
import {
  type AdministratorsLoader,
  administratorsLoader,
} from './organization-administrator/organization-administrator.loader.js';
import type { Person } from './person/person.entity.js';
import { lookingTwice, personLoader } from './person/person.loader.js';
import type { PersonCase } from './person-report/person-case.js';
import {
  type PersonReportsLoader,
  personCaseLoader,
  personReportsLoader,
} from './person-report/person-report.loader.js';
import { type PerspectiveLoader, perspectiveLoader } from './perspective/perspective.loader.js';
import { type Program, programLoader } from './program/program.loader.js';
import type { SharingAgreement } from './sharing-agreement/sharing-agreement.entity.js';
import {
  type SignatureLoader,
  sharingAgreementLoader,
  signatureLoader,
} from './sharing-agreement/sharing-agreement.loader.js';
import type { Space } from './space/space.entity.js';
import { type ShowsPeopleLoader, showsPeopleLoader, spaceLoader } from './space/space.loader.js';
import type { SpaceMembership } from './space-membership/space-membership.entity.js';
import {
  spaceMembershipLoader,
  type ViewerRoleLoader,
  viewerRoleLoader,
} from './space-membership/space-membership.loader.js';
import type { Team } from './team/team.entity.js';
import { type TeamsOfPersonLoader, teamLoader, teamsOfPersonLoader } from './team/team.loader.js';
import type { TeamTie } from './team-tie/team-tie.js';
import { teamTieLoader } from './team-tie/team-tie.loader.js';
import { type TeamTieOriginsLoader, teamTieOriginsLoader } from './team-tie/team-tie-evidence.loader.js';
import { type TieLoader, tieLoader } from './tie/tie.loader.js';

/** What every resolver and domain function of this service is given. */
export interface PeopleContext extends RequestContext {
  readonly lists: ConnectionLoader;
  readonly organizations: RowLoader<Organization>;
  readonly teams: RowLoader<Team>;
  readonly teamsOfPerson: TeamsOfPersonLoader;
  readonly memberships: RowLoader<Membership>;
  readonly people: RowLoader<Person>;
  /** As `people`, without waiting for what was done a moment ago. */
  readonly peopleNow: RowLoader<Person>;
  readonly programs: RowLoader<Program>;
  readonly perspectives: PerspectiveLoader;
  readonly spaces: RowLoader<Space>;
  readonly showsPeople: ShowsPeopleLoader;
  readonly spaceMemberships: RowLoader<SpaceMembership>;
  readonly viewerRoles: ViewerRoleLoader;
  readonly invitations: RowLoader<InvitationRow>;
  readonly administratorsOf: AdministratorsLoader;
  readonly sharingAgreements: RowLoader<SharingAgreement>;
  readonly signatures: SignatureLoader;
  readonly ties: TieLoader;
  readonly teamTies: RowLoader<TeamTie>;
  readonly teamTieOrigins: TeamTieOriginsLoader;
  readonly consents: ConsentLoader;
  readonly accessTokens: RowLoader<AccessToken>;
  readonly apiClients: RowLoader<ApiClient>;
  readonly identities: RowLoader<Identity>;
  /** What stands for a handle in an event. */
  markHandle(handle: string): string;
  /** What is kept of a sign-in when its person is erased. */
  markSignIn(of: Subject): string;
  readonly personCases: RowLoader<PersonCase>;
  readonly personReports: PersonReportsLoader;
  readonly erasures: RowLoader<Erasure>;
  readonly erasureReceipts: ErasureReceiptLoader;
}

export function peopleContext(base: RequestContext, service: ServiceInside): PeopleContext {
  const { parts } = service;
  const peopleNow = personLoader(base);
  return {
    ...base,
    lists: connectionLoader(base),
    organizations: organizationLoader(base),
    teams: teamLoader(base),
    teamsOfPerson: teamsOfPersonLoader(base),
    memberships: membershipLoader(base),
    people: lookingTwice(peopleNow, base.viewer, service),
    peopleNow,
    programs: lookingTwice(programLoader(base), base.viewer, service),
    perspectives: perspectiveLoader(base),
    spaces: spaceLoader(base),
    showsPeople: showsPeopleLoader(base),
    spaceMemberships: spaceMembershipLoader(base),
    viewerRoles: viewerRoleLoader(base),
    invitations: invitationLoader(base),
    administratorsOf: administratorsLoader(base),
    sharingAgreements: sharingAgreementLoader(base),
    signatures: signatureLoader(base),
    ties: tieLoader(base),
    teamTies: teamTieLoader(base),
    teamTieOrigins: teamTieOriginsLoader(base),
    consents: consentLoader(base),
    accessTokens: accessTokenLoader(base),
    apiClients: apiClientLoader(base),
    identities: identityLoader(base),
    markHandle: (handle) => handleMark(parts.secret, handle),
    markSignIn: (of) => signInMark(parts.secret, of),
    personCases: personCaseLoader(base),
    personReports: personReportsLoader(base),
    erasures: erasureLoader(base),
    erasureReceipts: erasureReceiptLoader(base),
  };
}
