import { type Column, columns, type World } from './world.js';

/**
 * Every root field and every type of the public schema, with who gets something from it in the world of `world.ts`. What is not
 * here fails the matrix: whoever adds a field says who may see it.
 */
export type Audience = readonly Column[];

const signedIn = columns.filter((column) => column !== 'anonymous');
const inside: Audience = ['member', 'outsider', 'moderator', 'administrator'];
export const inSpace: Audience = ['member', 'guest', 'partner', 'moderator', 'administrator'];
/** Who sees mira: those inside, and those to whom the space shows its people. */
const seeOwner: Audience = ['member', 'outsider', 'guest', 'partner', 'moderator', 'administrator'];
const moderators: Audience = ['moderator', 'administrator'];
const administrator: Audience = ['administrator'];
const nobody: Audience = [];

type Ids = World['ids'];

export interface QueryRule {
  readonly args?: (ids: Ids) => string;
  /** What is asked of the answer; `totalCount` for connections and nothing for scalars go without saying. */
  readonly select?: string;
  readonly found: Audience;
  /** Those who may ask, though there is nothing in this world. */
  readonly empty?: Audience;
  /** The code for all others; without one they find nothing. */
  readonly refused?: string;
  /** The code for who is not signed in, where it is another. */
  readonly unsigned?: string;
}

const byId = (name: keyof Ids, found: Audience): QueryRule => ({
  args: (ids) => `id: "${ids[name]}"`,
  select: 'id',
  found,
});
const page = 'nodes { id } pageInfo { hasNextPage }';
const emptyForAdministrators = {
  found: nobody,
  empty: administrator,
  refused: 'FORBIDDEN',
  unsigned: 'UNAUTHENTICATED',
} as const;
const forAdministrators = { found: administrator, refused: 'FORBIDDEN', unsigned: 'UNAUTHENTICATED' } as const;

export const queries: Readonly<Record<string, QueryRule>> = {
  viewer: { select: 'party', found: signedIn },
  node: { ...byId('idea', inSpace), select: '... on Idea { id }' },
  nodes: {
    args: ({ idea, message }) => `ids: ["${idea}", "${message}"]`,
    select: '... on Idea { id } ... on Message { id }',
    found: inSpace,
  },
  space: byId('space', inSpace),
  spaces: { args: () => 'filter: { nameContains: "Workshop" }', found: inSpace },
  challenge: byId('challenge', inSpace),
  challenges: { found: inSpace },
  idea: byId('idea', inSpace),
  ideas: { args: ({ challenge }) => `filter: { challenge: "${challenge}" }`, found: inSpace },
  searchIdeas: { args: () => 'query: "secret"', found: inSpace },
  contribution: byId('contribution', inSpace),
  conversation: byId('conversation', inSpace),
  conversations: { found: inSpace },
  message: byId('message', inSpace),
  messages: { found: inSpace },
  searchMessages: { args: () => 'query: "secret"', found: inSpace },
  ideaCases: { found: moderators },
  conversationCases: { found: nobody },
  personCases: { ...emptyForAdministrators, select: 'totalCount' },
  ownIdeaCases: { found: nobody },
  ownConversationCases: { found: nobody },
  person: byId('owner', seeOwner),
  personByHandle: { args: () => 'handle: "mira"', select: 'id', found: seeOwner },
  people: { args: () => 'filter: { nameContains: "Mira" }', found: seeOwner },
  organization: byId('birch', [...inside, 'partner']),
  organizations: { args: () => 'filter: { nameContains: "Birch" }', found: [...inside, 'partner'] },
  team: byId('team', seeOwner),
  teams: { found: seeOwner },
  invitation: byId('invitation', moderators),
  invitationByToken: { args: () => 'token: "weft_inv_unknown"', select: 'id', found: nobody },
  invitations: { found: moderators },
  sharingAgreement: byId('agreement', administrator),
  sharingAgreements: { found: administrator },
  apiClients: { found: nobody, empty: signedIn, refused: 'UNAUTHENTICATED' },
  identities: { found: nobody, empty: signedIn, refused: 'UNAUTHENTICATED' },
  suspendedPeople: { empty: administrator, found: nobody, refused: 'FORBIDDEN', unsigned: 'UNAUTHENTICATED' },
  scopes: { select: 'name', found: columns },
  rateLimit: { select: 'limit', found: columns },
  teamNetwork: { select: 'complete', found: columns },
  auditLog: { found: administrator },
  peopleDeadLetters: { select: 'type', ...emptyForAdministrators },
  ideasDeadLetters: { select: 'type', ...emptyForAdministrators },
  conversationsDeadLetters: { select: 'type', ...emptyForAdministrators },
  accessTokens: { found: signedIn, unsigned: 'UNAUTHENTICATED' },
  peoplePosition: { found: signedIn, unsigned: 'UNAUTHENTICATED' },
  ideasPosition: { found: signedIn, unsigned: 'UNAUTHENTICATED' },
  conversationsPosition: { found: signedIn, unsigned: 'UNAUTHENTICATED' },
  exportMyData: {
    select: 'id people { nodes { id } } ideas { nodes { id } } conversations { nodes { id } }',
    found: signedIn,
    unsigned: 'UNAUTHENTICATED',
  },
  erasure: byId('erasure', administrator),
  erasures: { found: administrator },
  peopleReferences: { args: () => 'source: "x", references: []', select: 'id', ...emptyForAdministrators },
  ideaReferences: { args: () => 'source: "x", references: []', select: 'id', ...emptyForAdministrators },
  conversationReferences: { args: () => 'source: "x", references: []', select: 'id', ...emptyForAdministrators },
  sourcePeople: { args: () => 'source: "x"', select: page, ...emptyForAdministrators },
  interactionRecords: { args: () => 'source: "x"', select: page, ...emptyForAdministrators },
  peopleRecords: { args: ({ owner }) => `ids: ["${owner}"]`, select: 'id', ...forAdministrators },
  ideaRecords: { args: ({ space }) => `space: "${space}"`, select: page, ...forAdministrators },
  conversationRecords: { args: ({ space }) => `space: "${space}"`, select: page, ...forAdministrators },
};

export interface NodeRule {
  /** The one in the world that is asked for by `node`; those without one cannot be. */
  readonly id?: keyof Ids;
  readonly found: Audience;
  /** Fields that whoever finds the thing may read. */
  readonly fields: string;
  /** Fields that only some of them find something in. */
  readonly limited?: Readonly<Record<string, Audience>>;
}

export const nodes: Readonly<Record<string, NodeRule>> = {
  Space: {
    id: 'space',
    found: inSpace,
    fields:
      'id name purpose visibility createdAt updatedAt isMember viewerRole owners sharedWith members ideas challenges conversations',
  },
  SpaceMembership: { id: 'spaceMembership', found: inSpace, fields: 'id role joinedAt person space' },
  Challenge: {
    id: 'challenge',
    found: inSpace,
    fields: 'id title body closesAt createdAt author program space ideas moderation',
  },
  Idea: {
    id: 'idea',
    found: inSpace,
    fields:
      'id title body stage tags revision createdAt updatedAt viewerEndorses authors program team participatingTeams space challenge ' +
      'buildsOn builtOnBy contributions endorsements revisions conversations',
    limited: { moderation: moderators },
  },
  Contribution: {
    id: 'contribution',
    found: inSpace,
    fields: 'id type body createdAt updatedAt author program idea replyTo replies moderation',
  },
  Conversation: {
    id: 'conversation',
    found: inSpace,
    fields: 'id title channel createdAt lastMessageAt messageCount opener program space idea messages moderation',
  },
  Message: {
    id: 'message',
    found: inSpace,
    fields:
      'id body createdAt editedAt removed author program conversation mentions replyTo replies reactions reactionCounts moderation',
  },
  Reaction: { found: inSpace, fields: 'id emoji createdAt person message' },
  Person: {
    id: 'owner',
    found: seeOwner,
    fields:
      'id name handle party skills createdAt updatedAt organization teams memberships perspectives spaces contributions endorsements messages ties',
    // Asked of this person and the member: what ties them is for the two of them, the way between them for the one it starts at.
    limited: { tieTo: ['member'], distanceTo: nobody },
  },
  Organization: {
    id: 'birch',
    found: [...inside, 'partner'],
    fields: 'id name relation domains createdAt updatedAt administrators people teams ties',
  },
  Team: {
    id: 'team',
    found: seeOwner,
    fields: 'id name purpose createdAt updatedAt organization parent children members ties',
  },
  TeamTie: {
    found: seeOwner,
    fields: 'id teams state strength pairs since lastAt crossesOrganizations evidence',
  },
  Membership: { id: 'membership', found: seeOwner, fields: 'id beganAt endedAt person team' },
  Invitation: {
    id: 'invitation',
    found: moderators,
    fields: 'id role state spaceName email note createdAt expiresAt settledAt space invitedBy person',
  },
  SharingAgreement: {
    id: 'agreement',
    found: administrator,
    fields: 'id state rights purpose proposedAt inForceAt revokedAt proposer organizations spaces signatures revokedBy',
  },
};

/** Types that exist only as part of something above, and are seen with it. Pages, payloads and their entries go without saying. */
export const parts: Readonly<Record<string, string>> = {
  ApiClient: 'id name organization creator scopes spaces createdAt expiresAt lastUsedAt revokedAt',
  AuditEntry: 'id at action service actor actorId subject spaceId requestId address details',
  ConversationCase:
    'id state content space openedAt movedAt reason hiddenAt hiddenBy appeal decision decidedBy reportCount reports',
  DeadLetter: 'event type consumer error attempts firstFailedAt nextAttemptAt',
  PersonDistance: 'hops explanation sharedContactCount sharedContacts sharedTeams',
  TeamNetwork: 'complete nodes edges',
  TeamNetworkEdge: 'between tie weight',
  TeamNetworkNode: 'id team connections',
  Consent: 'ties changedAt',
  Identity: 'id issuer subject email person createdAt linkedAt',
  RateLimit: 'cost limit remaining resetAt',
  Scope: 'name description',
  Tie: 'person state mutuality strength given received firstAt lastAt since',
  TeamTieEvidence: 'interactions ideas conversations since lastAt',
  AccessToken: 'id name scopes createdAt expiresAt revokedAt lastUsedAt person',
  Endorsement: 'changedAt idea person',
  Erasure: 'id personId askedAt completedAt receipts pending',
  ErasureReceipt: 'service completedAt',
  ExportedRecord: 'id record',
  IdeaCase:
    'id state content space openedAt movedAt reason hiddenAt hiddenBy appeal decision decidedBy reportCount reports',
  IdeaRevision: 'revision title body tags createdAt editor',
  ModerationReport: 'reason note createdAt reporter',
  OfferedSpace: 'name space',
  PersonalExport: 'id people ideas conversations',
  PersonalRecord: 'kind id json',
  PersonCase: 'id state person openedAt decidedAt decision decidedBy reporterCount reports',
  Program: 'id name organization',
  Perspective: 'dimension value declaredAt',
  ReactionCount: 'emoji count viewerReacted',
  RecordOutcome: 'result id field reason',
  RecordReference: 'kind ref id',
  SharingSignature: 'organization person signedAt',
  Viewer: 'kind administrator party person organization scopes spaces consent',
};

/** A stream tells of what happens in the workshop to these; what it says is of the types above. */
export const subscriptions: Readonly<
  Record<string, { readonly told: Audience; readonly of: string; readonly fields: string }>
> = {
  contributionAdded: { told: inSpace, of: 'ContributionAdded', fields: 'cursor time actor contribution' },
  ideaActivity: {
    told: inSpace,
    of: 'IdeaActivity',
    fields: 'cursor time actor kind idea ideaId contribution contributionId stageFrom stageTo revision changed',
  },
  messagePosted: { told: inSpace, of: 'MessagePosted', fields: 'cursor time actor message' },
  conversationActivity: {
    told: inSpace,
    of: 'ConversationActivity',
    fields: 'cursor time actor kind conversation conversationId message messageId emoji changed',
  },
  // Of these nothing of the workshop is told to anybody: ties are one's own, teams are of the directory (tie-streams.test.ts).
  tieChanged: { told: nobody, of: 'TieChanged', fields: 'cursor time kind tie' },
  crossTeamConnectionMade: {
    told: nobody,
    of: 'CrossTeamConnection',
    fields: 'cursor time kind teams people tie idea conversation firstEver crossesOrganizations',
  },
  peopleActivity: {
    told: inSpace,
    of: 'PeopleActivity',
    fields: 'cursor time actor kind person personId team organization space role changed',
  },
};
