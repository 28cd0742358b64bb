/** Every kind of hub record, in the order in which a file can name all of them without a forward reference. */
export const recordKinds = [
  'organization',
  'team',
  'person',
  'space',
  'challenge',
  'idea',
  'contribution',
  'endorsement',
  'conversation',
  'message',
  'reaction',
  'interaction',
] as const;

export type RecordKind = (typeof recordKinds)[number];

/** The service that owns the rows of a kind, and so imports and exports them. */
export type RecordService = 'people' | 'ideas' | 'conversations';

export function serviceOf(kind: RecordKind): RecordService {
  return services[kind];
}

export function isRecordKind(value: unknown): value is RecordKind {
  return typeof value === 'string' && Object.hasOwn(services, value);
}

const services: Record<RecordKind, RecordService> = {
  organization: 'people',
  team: 'people',
  person: 'people',
  space: 'people',
  interaction: 'people',
  challenge: 'ideas',
  idea: 'ideas',
  contribution: 'ideas',
  endorsement: 'ideas',
  conversation: 'conversations',
  message: 'conversations',
  reaction: 'conversations',
};
