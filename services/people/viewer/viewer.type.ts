import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { PartyType } from '#kernel/graphql/party.type.js';

export const ViewerKindType = { PERSON: 'person', CLIENT: 'client' } as const;

registerEnumType(ViewerKindType, {
  name: 'ViewerKind',
  description: 'What asks.',
  valuesConfig: {
    PERSON: { description: 'A person, or a token that speaks for one.' },
    CLIENT: { description: 'An API client, for its organisation.' },
  },
});

@ObjectType('Viewer', { description: 'Who asks.' })
export class ViewerType {
  @Field(() => ViewerKindType, { description: 'What you are.' })
  kind: 'person' | 'client';

  @Field(() => PartyType, { description: 'On whose side you stand.' })
  party: string;
}

@ObjectType('Scope', {
  description: 'Something a token or an API client can be limited to. Descriptions of fields name the one they need.',
})
export class ScopeType {
  @Field(() => String, { description: 'Its name, for example ideas:read. Who may write may read.' })
  name: string;

  @Field(() => String, { description: 'What it opens.' })
  description: string;
}
