import { createUnionType, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionType } from '#kernel/graphql/connection.type.js';
import { NodeType } from '#kernel/graphql/node.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import { kindOfId } from '#kernel/ids/id.js';
import { OrganizationType } from '../organization/organization.type.js';
import { TeamType } from '../team/team.type.js';
import { type TeamTie, teamTieStandings } from './team-tie.js';

export const HomeTeamUnion = createUnionType({
  name: 'HomeTeam',
  description: 'From where people act: their team, or for people from outside their organisation.',
  types: () => [TeamType, OrganizationType] as const,
  resolveType: ({ id }) => (kindOfId(id) === 'Organization' ? OrganizationType : TeamType),
});

export const TeamTieStateEnum = teamTieStandings;

registerEnumType(TeamTieStateEnum, {
  name: 'TeamTieState',
  description: 'How two teams stand to each other.',
  valuesConfig: {
    FIRST_CONNECTION: { description: 'One pair of their people has a tie.' },
    CONNECTED: { description: 'At least two pairs have.' },
    RECIPROCATED: { description: 'A tie between them is mutual.' },
    REVIVED: { description: 'Their tie was dormant, and one pair has one again.' },
    AT_RISK: { description: 'The last active pair has been silent for 45 days.' },
    DORMANT: { description: 'Nothing happened between them for 90 days.' },
  },
});

@NeedsScope('people:read')
@ObjectType('TeamTie', {
  implements: NodeType,
  description: 'That people of two teams have ties. Whose ties these are it does not tell.',
})
export class TeamTieType extends NodeType {
  @Field(() => InstantScalar, { description: 'The first interaction of people who have a tie.' })
  since: Date;

  @Field(() => InstantScalar, { description: 'The last one.' })
  lastAt: Date;

  @Field(() => Int, { description: 'How many pairs of people there are or ever were between them, at least 1.' })
  pairs: number;
}

@ObjectType('TeamTieEvidence', {
  description: 'What the tie of two teams rests on, as far as you may see it.',
})
export class TeamTieEvidenceType {
  @Field(() => InstantScalar, { description: 'The first interaction.' })
  since: Date;

  @Field(() => InstantScalar, { description: 'The last one.' })
  lastAt: Date;
}

export const TeamTieConnection = connectionType<TeamTie>('TeamTie', () => TeamTieType, 'ties of teams');
