import { ArgsType, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { PartyKind } from '#kernel/auth/viewer.js';
import { PartyType } from '#kernel/graphql/party.type.js';
import { StreamArgs, StreamEvent } from '#kernel/graphql/stream.type.js';
import type { ConnectionKind, CrossTeamConnectionFilter } from './cross-team-connection.js';

export const ConnectionKindEnum = {
  FIRST_CONNECTION: 'FIRST_CONNECTION',
  CONNECTED: 'CONNECTED',
  RECIPROCATED: 'RECIPROCATED',
  REVIVED: 'REVIVED',
  AT_RISK: 'AT_RISK',
  DORMANT: 'DORMANT',
} as const satisfies { [Kind in ConnectionKind]: Kind };

registerEnumType(ConnectionKindEnum, {
  name: 'ConnectionKind',
  description: 'What happened between two teams.',
  valuesConfig: {
    FIRST_CONNECTION: { description: 'The first tie ever between people of both.' },
    CONNECTED: { description: 'A second pair of people has a tie.' },
    RECIPROCATED: { description: 'A tie between them became mutual.' },
    REVIVED: { description: 'They have a tie again after it was dormant.' },
    AT_RISK: { description: 'The last active pair has been silent for 45 days.' },
    DORMANT: { description: 'Nothing happened for 90 days.' },
  },
});

@ArgsType()
export class CrossTeamConnectionArgs extends StreamArgs implements CrossTeamConnectionFilter {
  @Field(() => [ID], {
    nullable: true,
    description: 'Only connections of one of these teams, or of one of these organisations of people from outside.',
  })
  teams?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Only connections of a team of one of these organisations.' })
  organizations?: string[] | null;

  @Field(() => [PartyType], {
    nullable: true,
    description: 'Only connections of which one side is of one of these parties.',
  })
  partyKinds?: PartyKind[] | null;

  @Field(() => [ConnectionKindEnum], {
    nullable: true,
    description: 'Only these kinds; FIRST_CONNECTION, CONNECTED, RECIPROCATED and REVIVED when left out.',
  })
  kinds?: ConnectionKind[] | null;

  @Field(() => [ID], { nullable: true, description: 'Only connections that grew from what happened in these spaces.' })
  spaces?: string[] | null;
}

@ObjectType('CrossTeamConnection', { description: 'Two teams have begun, or ceased, to work together.' })
export class CrossTeamConnectionType extends StreamEvent {
  @Field(() => ConnectionKindEnum, { description: 'What happened.' })
  kind: ConnectionKind;
}
