import { ArgsType, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { StreamArgs, StreamEvent } from '#kernel/graphql/stream.type.js';
import { SpaceRoleType } from '../space-membership/space-membership.type.js';
import { type PeopleActivityFilter, type PeopleActivityKind, peopleActivityKinds } from './people-activity.js';

export const PeopleActivityKindEnum = Object.fromEntries(
  Object.values(peopleActivityKinds).map((kind) => [kind, kind]),
) as {
  [Kind in PeopleActivityKind]: Kind;
};

registerEnumType(PeopleActivityKindEnum, {
  name: 'PeopleActivityKind',
  description: 'What happened to a person, a team, an organisation or a space.',
  valuesConfig: {
    ORGANIZATION_REGISTERED: { description: 'An organisation became known to the hub.' },
    ORGANIZATION_REVISED: { description: 'Facts of an organisation changed: see "changed".' },
    PERSON_REGISTERED: { description: 'A person became known to the hub.' },
    PERSON_REVISED: { description: 'Facts of a person changed: see "changed".' },
    TEAM_FORMED: { description: 'A team was formed.' },
    TEAM_REVISED: { description: 'Facts of a team changed: see "changed".' },
    MEMBERSHIP_BEGAN: { description: 'A person joined a team: see "person" and "team".' },
    MEMBERSHIP_ENDED: { description: 'A person left a team: see "person" and "team".' },
    SPACE_OPENED: { description: 'A space was opened.' },
    SPACE_REVISED: { description: 'Facts of a space changed: see "changed".' },
    SPACE_MEMBER_ADDED: { description: 'A person became a member of a space, or got another role: see "role".' },
    SPACE_MEMBER_REMOVED: { description: 'A person is no longer a member of a space.' },
  },
});

@ArgsType()
export class PeopleActivityArgs extends StreamArgs implements PeopleActivityFilter {
  @Field(() => ID, { nullable: true, description: 'Only what happens to this space and its members.' })
  space?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Only what happens to this organisation, its people and its teams, and to the facts of spaces it owns. An event ' +
      'counts for the organisation that holds from it on.',
  })
  organization?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only what happens to this team, and who joins or leaves it.' })
  team?: string | null;
}

@ObjectType('PeopleActivity', { description: 'Something happened to a person, a team, an organisation or a space.' })
export class PeopleActivityType extends StreamEvent {
  @Field(() => PeopleActivityKindEnum, { description: 'What happened.' })
  kind: PeopleActivityKind;

  @Field(() => ID, {
    nullable: true,
    description:
      'Id of the person who came into a space or left it, also where "person" is null because you see them nowhere else; ' +
      'null for the kinds that are not about a member of a space.',
  })
  personId: string | null;

  @Field(() => SpaceRoleType, { nullable: true, description: 'As what; only for SPACE_MEMBER_ADDED.' })
  role: string | null;

  @Field(() => [String], {
    description:
      'Names of the fields that changed, only for the kinds that end in REVISED; empty otherwise. Of a change that an ' +
      'import made it is the one word "import".',
  })
  changed: readonly string[];
}
